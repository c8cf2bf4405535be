import { measured, read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import { noSuchApi } from './no-such-api';
import type { RuntimeFacts } from './runtime';

const RUN = 'run: llama-server build 11434, 2 streams and 1 other request in flight, two runs';
const SERVER = 'ggml-org/llama.cpp tools/server/server.cpp@00d69466';
const README = 'ggml-org/llama.cpp tools/server/README.md@00d69466';
const DOCKERFILE = 'ggml-org/llama.cpp .devops/cuda.Dockerfile@00d69466';

/** `llama-server`: SIGTERM stops the loop that computes, and what is in flight hangs. */
export const llamaCpp: RuntimeFacts = {
  id: 'llama-cpp',
  title: 'llama.cpp server',
  kind: 'inference',
  stopSignal: stopsOnSigterm('llama.cpp'),
  without: nothingSaidOf('llama.cpp', 'drainEndpoint'),
  port: read(8080, README),
  portSetting: read({ flag: '--port', env: 'LLAMA_ARG_PORT', format: 'count' }, README),
  bindAddress: read(
    { address: '127.0.0.1', setting: { flag: '--host', env: 'LLAMA_ARG_HOST', format: 'keyword' }, needed: '0.0.0.0' },
    `${README}; the image sets LLAMA_ARG_HOST=0.0.0.0 (${DOCKERFILE})`,
  ),
  readinessPath: measured('/health', RUN),
  livenessPath: read('/health', `${README}: it looks at the process, not at the load`),
  whileLoading: measured({ readiness: '503', liveness: '503' }, `${RUN}: "Loading model", as new requests get`),
  images: read(
    [
      { repository: 'ghcr.io/ggml-org/llama.cpp', tagIsVersion: false, tagWord: 'server' },
      { repository: 'ghcr.io/ggerganov/llama.cpp', tagIsVersion: false, tagWord: 'server' },
    ],
    'ggml-org/llama.cpp docs/docker.md@00d69466',
  ),
  commands: read(['llama-server'], DOCKERFILE),
  tools: read(['sh', 'sleep', 'touch', 'rm', 'date', 'curl'], `${DOCKERFILE}: ubuntu with curl; the server target`),
  pid1: read('llama-server itself', DOCKERFILE),
  sharedMemory: unverified(false, `${README}: one process; nobody tried`),
  coldStart: unverified('seconds to minutes: the file is mapped and copied to the accelerator', README),
  writablePaths: unverified(['/root/.cache', '/tmp'], `${README}: LLAMA_CACHE by its default`),
  gauges: measured(
    {
      path: '/metrics',
      names: ['llamacpp:requests_processing', 'llamacpp:requests_deferred'],
      neededFlag: '--metrics',
    },
    RUN,
  ),
  webSockets: noSuchApi(README),
  endlessStreams: measured('cut', `${RUN}: one cut at once, one after 30 s`),
  backgroundTasks: noSuchApi(README),
  versions: [
    {
      sigterm: {
        inFlight: measured('aborts', RUN),
        bound: measured({ seconds: 0, hangsAtBound: true }, `${RUN}: never gone by itself`),
        cutsStreams: measured(true, RUN),
        exitSeconds: measured(0, `${RUN}: gone 1.1 s after the clients hung up`),
        newRequests: measured('refused', RUN),
        readiness: measured('refused', RUN),
      },
    },
  ],
  notes: [
    measured('With one request in flight the process does not end by itself: only SIGKILL ends it.', RUN),
    measured(
      'SIGTERM while the model loads is lost: the server becomes ready and serves until SIGKILL.',
      'run: llama-server build 11434, SIGTERM 0.3 s after its start',
    ),
    measured('A second SIGTERM ends it at once, with exit code 1.', 'run: llama-server build 11434, two SIGTERMs'),
    read('The handler ends the task loop; no slot is waited for.', `${SERVER}: ctx_server.terminate()`),
  ],
};
