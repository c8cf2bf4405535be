import type { Container } from '../manifest/container';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const acceleratorsNotAsParallelism: WorkloadRule = {
  id: 'accelerators-not-as-parallelism',
  title: 'the server splits its model over another number of accelerators than the pod has',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'With fewer accelerators than the server asks for it ends at its start, so no new pod ever serves and a rollout hangs; with more, ' +
    'the others stand idle, and a replacement waits for machines that it does not need.',
  remedy: 'Make the limit of accelerators the product of tensor, pipeline and data parallelism.',
  sources: [
    'https://docs.vllm.ai/en/latest/serving/parallelism_scaling/ (--tensor-parallel-size, --pipeline-parallel-size)',
    'https://docs.sglang.ai/advanced_features/server_arguments.html (--tp-size, --pp-size, --dp-size)',
    'https://huggingface.co/docs/text-generation-inference/reference/launcher (--num-shard)',
  ],
  judge({ server, servesModel, workload }) {
    if (!server || !servesModel) return notApplicable('the server loads no model, as far as one can tell');
    let limit = 0;
    for (const count of server.accelerators.values()) limit = Math.max(limit, count);
    if (limit === 0) return notApplicable('the container of the server has no accelerators; see accelerator-missing');
    const wanted = parallelismOf(server);
    if (!wanted) return notApplicable('no flag says over how many accelerators the model is split');
    const { text, count } = wanted;
    if (count === limit) return pass(`${text} = ${count} accelerators, limit ${limit}`);
    const group = Number(
      workload.source.json.kind === 'LeaderWorkerSet' ? workload.spec('leaderWorkerTemplate', 'size') : 1,
    );
    if (count === limit * group)
      return pass(`${text} = ${count} accelerators in a group of ${group} pods with ${limit} each`);
    if (group > 1 || SEVERAL_NODES.test(textOf(server))) {
      return notApplicable('the model is split over several pods');
    }
    const short = count > limit;
    return violation({
      message: short
        ? `${text} needs ${count} accelerators, the container has ${limit}: the server ends at its start`
        : `${text} uses ${count} accelerators, the container holds ${limit}: ${limit - count} stand idle`,
      arithmetic: `${text} = ${count}; limit ${limit}`,
      fix: `set the limit to ${count}, or the parallelism to ${limit}`,
      container: server.name,
      field: 'resources.limits',
    });
  },
};

const SEVERAL_NODES = /ray start|--nnodes|--dist-init-addr|multi-node|--data-parallel-address|LWS_GROUP_SIZE/;
const FACTORS: readonly RegExp[] = [
  /(?:^|\s)(?:--tensor-parallel-size|--tensor-parallel|--tp-size|--tp|-tp|--num-shard)[=\s]+"?(\d+)/,
  /(?:^|\s)(?:--pipeline-parallel-size|--pp-size|-pp)[=\s]+"?(\d+)/,
];

function parallelismOf(container: Container): { readonly text: string; readonly count: number } | undefined {
  const text = textOf(container);
  const given = FACTORS.flatMap((factor) => factor.exec(text) ?? []).filter((_, index) => index % 2 === 1);
  const shards = given.length === 0 ? container.env.get('NUM_SHARD') : undefined;
  const numbers = shards === undefined ? given : [shards];
  if (numbers.length === 0) return undefined;
  const count = numbers.reduce((product, number) => product * Number(number), 1);
  if (!Number.isInteger(count) || count <= 0) return undefined;
  return { text: `parallelism ${numbers.join(' x ')}`, count };
}

function textOf({ command = [], args = [] }: Container): string {
  return [...command, ...args].join(' ');
}
