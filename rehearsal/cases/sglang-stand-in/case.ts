import type { ProofCase } from '../../case';

export const sglangStandIn: ProofCase = {
  name: 'sglang-stand-in',
  number: 9,
  title: 'A stand-in for SGLang 0.5.23: it drains without a bound',
  about:
    'This is not SGLang, of which no build runs without an accelerator: `rehearsal/cases/sglang-stand-in/app/launch_server.py` takes ' +
    "SIGTERM as SGLang's source has it, and generates nothing. Nothing but SIGKILL bounds its drain, so the grace period alone decides " +
    'what is cut: streams of 36 s outlive one of 30 s. Clients that keep their connection and send without a pause are not in this case: ' +
    'they would be served until SIGKILL.',
  deployment: 'qwen',
  naive: 'a grace period of 30 s, no preStop',
  requests: ['POST /v1/completions {"prompt":"Hello","max_tokens":144,"stream":true}:stream=[DONE]'],
  requestsPerSecond: 2,
  disturbances: ['rollout', 'eviction', 'delete'],
  flags: ['--timeout-seconds', '60'],
  server: async (stage) =>
    `a stand-in on Python ${await stage.tell('python3', '-c', 'import platform; print(platform.python_version())')}`,
};
