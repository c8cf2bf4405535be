import { type Fact, measured, read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import type { RuntimeFacts, SigtermBehaviour } from './runtime';
import { compareVersions, parseVersion } from './version';

const RUN_017 = 'run: vLLM 0.17.1 (CPU build) with uvicorn 0.42.0 and 0.44.0';
const RUN_018 = 'run: vLLM 0.18.1 (CPU build) with uvicorn 0.42.0 and 0.44.0';
const RUN_027 = 'run: vLLM 0.27.1 (CPU build) with uvicorn 0.52.1';
const RUN_032 = 'run: vLLM 0.32.0 (CPU build) with uvicorn 0.54.0';
const RUNS = `${RUN_017}; ${RUN_018}; ${RUN_027}; ${RUN_032}`;
const FLAG_SOURCE = 'vllm-project/vllm vllm/config/vllm.py shutdown_timeout; pull request #36666 (0.18.0)';
const DOCKERFILE = 'vllm-project/vllm docker/Dockerfile@0000977e';

const FIRST_WITH_FLAG = '0.18.0';
const FIRST_WITH_OPEN_PORT = '0.27.0';

const shutdownTimeout = { flag: '--shutdown-timeout', format: 'seconds' } as const;

const brokenBySeveralServers = measured(
  { setting: { flag: '--api-server-count', format: 'count' }, above: 1 } as const,
  `${RUN_032}, --shutdown-timeout 60 --api-server-count 2; older versions not run`,
);

/** Up to 0.17 the engine goes first and the requests with it. */
const abortsAlways: SigtermBehaviour = {
  inFlight: measured('aborts', RUN_017),
  bound: measured({ seconds: 0, hangsAtBound: true }, RUN_017),
  cutsStreams: measured(true, RUN_017),
  exitSeconds: measured(0, `${RUN_017}: gone 0.7 s after the last client hung up`),
  newRequests: measured('refused', RUN_017),
  readiness: measured('refused', RUN_017),
};

/** 0.18 to 0.26: uvicorn's own handler closes the port at once, whatever the engine does. */
const drainsBehindClosedPort: SigtermBehaviour = {
  inFlight: measured('aborts', RUN_018),
  drainSwitch: measured({ setting: shutdownTimeout, on: 1 }, `${RUN_018}, --shutdown-timeout 60; ${FLAG_SOURCE}`),
  drainBrokenBy: { ...brokenBySeveralServers, evidence: 'unverified' },
  // Zero is the flag's default; the flag bounds the engine, and a stream that is longer never ends.
  bound: measured({ seconds: 0, setting: shutdownTimeout, hangsAtBound: true }, `${RUN_018}, --shutdown-timeout 5`),
  cutsStreams: unverified(
    true,
    `${RUN_018}: complete with 0.42.0, cut with 0.44.0; which uvicorn an image of 0.18 to 0.26 holds is not known`,
  ),
  exitSeconds: measured(4, `${RUN_018}: 3.7 s after the last stream`),
  newRequests: measured('refused', RUN_018),
  readiness: measured('refused', RUN_018),
};

/**
 * From 0.27 on the port stays open during the drain, /health stays 200, and late requests get HTTP 500. Without the
 * flag the port closes at once, as before.
 */
const drainsBehindOpenPort: SigtermBehaviour = {
  inFlight: measured('aborts', RUN_032),
  drainSwitch: measured({ setting: shutdownTimeout, on: 1 }, `${RUN_032}, --shutdown-timeout 60; ${FLAG_SOURCE}`),
  drainBrokenBy: brokenBySeveralServers,
  bound: measured({ seconds: 0, setting: shutdownTimeout, hangsAtBound: true }, `${RUN_032}, --shutdown-timeout 5`),
  cutsStreams: measured(false, `${RUN_032}, --shutdown-timeout 60`),
  exitSeconds: measured(14, `${RUN_032}, --shutdown-timeout 60: 14 s after the last stream, two runs`),
  newRequests: measured('failed', `${RUN_027}; ${RUN_032}`),
  readiness: measured('unchanged', `${RUN_027}; ${RUN_032}`),
};

export const vllm: RuntimeFacts = {
  id: 'vllm',
  title: 'vLLM',
  kind: 'inference',
  stopSignal: stopsOnSigterm('vLLM'),
  without: nothingSaidOf('vLLM', 'drainEndpoint'),
  port: read(8000, 'docs.vllm.ai, vllm serve, --port'),
  portSetting: read({ flag: '--port', format: 'count' }, 'docs.vllm.ai, vllm serve, --port'),
  bindAddress: read(
    { address: '0.0.0.0', setting: { flag: '--host', format: 'keyword' }, needed: '0.0.0.0' },
    'docs.vllm.ai, vllm serve, --host: none by default, which is every address',
  ),
  httpServer: measured('uvicorn', RUNS),
  readinessPath: measured('/health', RUNS),
  livenessPath: read(
    '/health',
    'vllm-project/vllm entrypoints/serve/instrumentator/health.py@98b137c6: 503 only when the engine is dead',
  ),
  whileLoading: read(
    { readiness: 'refused', liveness: 'refused' },
    'vllm-project/vllm entrypoints/openai/api_server.py setup_server: the port is bound first, uvicorn listens after the engine',
  ),
  images: read([{ repository: 'vllm/vllm-openai', tagIsVersion: true }], DOCKERFILE),
  commands: read(
    ['vllm serve', 'python -m vllm.entrypoints.openai.api_server'],
    `${DOCKERFILE}: the module until the middle of 2025, vllm serve since`,
  ),
  pid1: read('vllm itself, unless a shell starts it without exec', DOCKERFILE),
  acceleratorImages: read(true, `${DOCKERFILE}: CUDA`),
  sharedMemory: read(
    true,
    'vllm-project/vllm docs/deployment/k8s.md@051f9b87: an emptyDir in memory of 2 GiB, 8 GiB for AMD',
  ),
  coldStart: read(
    'minutes: charts give it 10 min (production-stack, KServe)',
    'vllm-project/production-stack helm@a6c01db0; kserve/kserve config/llmisvcconfig@aaac4e294',
  ),
  tools: read(['sh', 'sleep', 'touch', 'rm', 'date', 'curl', 'python3'], DOCKERFILE, '2026-11'),
  writablePaths: unverified(
    ['/root/.cache', '/root/.config', '/root/.triton', '/tmp'],
    'vllm-project/vllm vllm/envs.py VLLM_CACHE_ROOT and VLLM_CONFIG_ROOT; the caches of Hugging Face, Triton and PyTorch by their defaults',
    '2026-11',
  ),
  checkedVersion: measured('0.32', RUN_032),
  gauges: measured({ path: '/metrics', names: ['vllm:num_requests_running', 'vllm:num_requests_waiting'] }, RUNS),
  webSockets: unverified('unknown', 'docs.vllm.ai, Realtime API; what SIGTERM does to a session was not tried'),
  endlessStreams: measured('cut', `${RUNS}: cut or left hanging; with --shutdown-timeout at its end`),
  backgroundTasks: unverified('unknown', 'docs.vllm.ai, Responses API with background=true; nobody tried'),
  versions: [
    { sigterm: abortsAlways },
    { from: FIRST_WITH_FLAG, sigterm: drainsBehindClosedPort },
    { from: FIRST_WITH_OPEN_PORT, sigterm: drainsBehindOpenPort },
  ],
  // A version before 0.18 does not know the flag, so it cannot be relied on; the rest is the worst of all versions.
  whenUnknown: {
    ...abortsAlways,
    exitSeconds: drainsBehindOpenPort.exitSeconds,
    newRequests: drainsBehindOpenPort.newRequests,
    readiness: drainsBehindOpenPort.readiness,
  },
  notes: [
    measured(
      'Without --shutdown-timeout what is in flight is cut, aborted or left hanging, and with one unfinished stream the process does not end by itself.',
      RUNS,
    ),
    measured(
      '--shutdown-timeout bounds the engine, not the process: a stream that is longer stops at the bound and its connection hangs until SIGKILL.',
      `${RUN_018} and ${RUN_032}, --shutdown-timeout 5`,
    ),
    measured(
      'With --api-server-count above 1 nothing is drained, whatever --shutdown-timeout says, and a TCP probe stays green.',
      `${RUN_032}, --api-server-count 2`,
    ),
    measured(
      'SIGTERM before the server is ready is lost: it becomes ready and serves until SIGKILL, so the pod holds its accelerator for the whole grace period.',
      `${RUN_017}; ${RUN_018}; ${RUN_032}`,
    ),
    measured('With nothing in flight the process ends after 1.4 s without the flag, after 11 s with it.', RUN_032),
    measured(
      'From 0.27 on the metrics have vllm:num_requests_waiting_by_reason too: match the gauges by their exact name.',
      `${RUN_027}; ${RUN_032}`,
    ),
  ],
};

/** The first version whose server loads ASGI middleware by --middleware, for what the library mounts. */
export const firstWithMiddleware = read(
  '0.3.0',
  'vllm-project/vllm pull request #1106 and issue #10832; the first release with it was not tried, 0.32.0 was run with it',
  '2026-11',
);

/**
 * Whether the uvicorn in the image of this version is known to let streams finish after SIGTERM, without which the
 * drain by --shutdown-timeout cuts them: uvicorn 0.43.0 and 0.44.0 end every stream at once.
 */
export function uvicornLetsStreamsFinish(version: string | undefined): Fact<boolean> {
  const exact = version === undefined ? undefined : parseVersion(version);
  if (exact === undefined || compareVersions(exact, FIRST_WITH_FLAG) < 0) return streamsAreCutBefore018;
  return compareVersions(exact, FIRST_WITH_OPEN_PORT) < 0 ? streamsAreUncertain : streamsFinish;
}

const streamsAreCutBefore018 = measured(false, `${RUN_017}: no stream outlived SIGTERM with either`);

const streamsAreUncertain = unverified(
  false,
  `${RUN_018}: complete with 0.42.0, cut with 0.44.0; vLLM 0.19.1 resolves to uvicorn 0.44.0 at its release date`,
);

const streamsFinish = measured(true, `${RUN_032}, --shutdown-timeout 60; 0.27.1 comes with uvicorn 0.52.1`);
