import type { Kubectl } from '../../../src/rehearsal/kubectl';
import type { ProofCase } from '../../case';
import { advertise, allNodes, openNodes, withdraw } from '../../nodes';
import type { Stage } from '../../stage';

const ACCELERATOR = 'proof.example.com/gpu';
const REPLICAS = 2;
const HOME = 'CDK8S_GRACEFUL_VLLM_HOME';
const MODEL = 'CDK8S_GRACEFUL_VLLM_MODEL';
const VERSIONS = `from importlib.metadata import version as v; print(f"vLLM {v('vllm')}, uvicorn {v('uvicorn')}")`;

/** Every token of it was generated: one that is cut may end with an error and `[DONE]`, but not for its length. */
const LAST_WORDS =
  '"finish_reason":"length","stop_reason":null,"prompt_token_ids":null,"token_ids":null}]}\n\ndata: [DONE]';

function stream(tokens: number): string {
  const body = { model: 'm', prompt: 'Hello', max_tokens: tokens, ignore_eos: true, stream: true };
  return `POST /v1/completions ${JSON.stringify(body)}:stream=${LAST_WORDS}`;
}

export const vllm: ProofCase = {
  name: 'vllm',
  number: 5,
  title: 'vLLM 0.32, streams of 10 to 30 s, no accelerator to spare',
  about:
    'A real vLLM on the CPU, with a small model of random weights. The nodes advertise two accelerators that they do not have, one ' +
    'for each replica: in a rollout every new pod waits until an old one has ended. So the naive manifest has `maxSurge: 0`, as ' +
    'people write it whose first rollout has waited for ever ' +
    '([rollout-waits-for-accelerator](rules.md#rollout-waits-for-accelerator)). A stream is whole when its last token says ' +
    'that all were generated: one that is cut may end with an error and `[DONE]`, in an answer of 200.',
  deployment: 'llm',
  naive: 'a grace period of 30 s, no preStop',
  requests: [350, 500, 700].map(stream),
  requestsPerSecond: 0.1,
  disturbances: ['rollout', 'eviction', 'delete'],
  flags: ['--clients', '3', '--timeout-seconds', '155', '--settle-seconds', '900'],
  missing: missingVariable,
  nodeFolders: () => ({ '/opt/vllm': process.env[HOME] ?? '', '/opt/model': process.env[MODEL] ?? '' }),
  prepare: advertiseAccelerators,
  restore: withdrawAccelerators,
  server: async (stage) =>
    (await stage.tell(`${process.env[HOME]}/bin/python`, '-c', VERSIONS)).split('\n').at(-1) ?? '',
};

function missingVariable(): string | undefined {
  if (!process.env[HOME]) return `${HOME} does not say where the nodes have a vLLM 0.32 that needs no GPU`;
  if (!process.env[MODEL]) return `${MODEL} does not say where the nodes have a model for vLLM`;
  return undefined;
}

async function advertiseAccelerators({ kubectl }: Stage): Promise<void> {
  const nodes = await openNodes(kubectl);
  const counts = new Map<string, number>();
  for (let each = 0; each < REPLICAS; each++) {
    const node = nodes[each % nodes.length] ?? nodes[0];
    counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  for (const [node, count] of counts) await advertise(kubectl, node, ACCELERATOR, count);
}

async function withdrawAccelerators(kubectl: Kubectl): Promise<void> {
  for (const node of await allNodes(kubectl)) await withdraw(kubectl, node, ACCELERATOR);
}
