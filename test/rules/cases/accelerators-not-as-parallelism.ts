import { type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf } from './manifests';

const serving = (gpus: number, args: readonly string[], changes: Changes = {}) =>
  deploymentOf({
    image: 'vllm/vllm-openai:v0.32.0',
    args,
    resources: { limits: { 'nvidia.com/gpu': gpus } },
    ...changes,
  });

export const cases: RuleCases = {
  rule: 'accelerators-not-as-parallelism',
  violation: [
    withCompanions(
      'too few',
      serving(1, ['--tensor-parallel-size', '2']),
      'parallelism 2 needs 2 accelerators, the container has 1: the server ends at its start',
      'set the limit to 2',
    ),
    withCompanions(
      'too many',
      serving(8, ['--tensor-parallel-size=2', '--pipeline-parallel-size=2']),
      'parallelism 2 x 2 uses 4 accelerators, the container holds 8: 4 stand idle',
    ),
    withCompanions(
      'in a script',
      serving(1, [], { command: ['sh', '-c', 'exec vllm serve model --tp 4'] }),
      'needs 4 accelerators',
    ),
    withCompanions(
      'by a variable',
      serving(1, [], { env: [{ name: 'NUM_SHARD', value: '2' }] }),
      'needs 2 accelerators',
    ),
  ],
  pass: [
    withCompanions(
      'as many',
      serving(4, ['--tensor-parallel-size', '2', '--pipeline-parallel-size', '2']),
      '2 x 2 = 4 accelerators, limit 4',
    ),
  ],
  notApplicable: [
    withCompanions('no model', deployment(), 'loads no model'),
    withCompanions('no flag', serving(2, []), 'no flag'),
    withCompanions('several nodes', serving(8, ['--tp', '16', '--nnodes', '2']), 'several pods'),
    withCompanions(
      'no limit',
      deploymentOf({ image: 'vllm/vllm-openai:v0.32.0', args: ['--tp', '2'] }),
      'see accelerator-missing',
    ),
  ],
};
