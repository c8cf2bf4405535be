import { read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import { noSuchApi } from './no-such-api';
import type { RuntimeFacts } from './runtime';

const ARCHITECTURE = 'docs.nvidia.com/nim/large-language-models/2.1.4/reference/architecture.html';
const ENVIRONMENT = 'docs.nvidia.com/nim/large-language-models/2.0.12/reference/environment-variables.html';
const CONFIGURATION = 'docs.nvidia.com/nim/large-language-models/1.10.0/configuration.html';
const SILENT = `${ARCHITECTURE} does not say; taken as vLLM, its backend, without --shutdown-timeout`;

/** NVIDIA NIM for LLMs: vLLM or SGLang behind a thin proxy in one container. */
export const nim: RuntimeFacts = {
  id: 'nim',
  title: 'NVIDIA NIM',
  kind: 'inference',
  stopSignal: stopsOnSigterm('NIM'),
  without: nothingSaidOf('NIM', 'tools', 'drainEndpoint'),
  port: read(8000, ENVIRONMENT, '2026-11'),
  portSetting: read({ env: 'NIM_SERVER_PORT', format: 'count' }, ENVIRONMENT, '2026-11'),
  bindAddress: unverified({ address: '0.0.0.0' }, `${ENVIRONMENT}: published with -p and no other setting`),
  readinessPath: read('/v1/health/ready', `${ARCHITECTURE}: passed on to the backend`),
  livenessPath: read('/v1/health/live', `${ARCHITECTURE}: answered by the proxy at once`),
  whileLoading: unverified({ readiness: '503', liveness: 'ok' }, `${ARCHITECTURE}: the proxy answers; nobody tried`),
  images: unverified([], 'nvcr.io/nim: one repository for each model, which no list can hold'),
  commands: unverified([], `${ARCHITECTURE}: the entrypoint of the image, which has no name in the documentation`),
  pid1: unverified('not known', `${ARCHITECTURE} does not say`),
  acceleratorImages: unverified(true, 'docs.nvidia.com/nim lists NVIDIA GPUs alone; nobody tried it without one'),
  sharedMemory: read(true, `${CONFIGURATION}: --shm-size=16GB for several GPUs without NVLink`, '2026-11'),
  coldStart: unverified('minutes: the model is fetched into the cache first', CONFIGURATION),
  writablePaths: read(['/opt/nim/.cache', '/tmp'], `${ENVIRONMENT}: NIM_CACHE_PATH`, '2026-11'),
  gauges: read(
    { path: '/v1/metrics', names: ['vllm:num_requests_running', 'vllm:num_requests_waiting'] },
    `${ARCHITECTURE}: the gauges of the backend; with SGLang they are others, and the hook waits to its deadline`,
  ),
  webSockets: noSuchApi(ARCHITECTURE),
  endlessStreams: unverified('cut', SILENT),
  backgroundTasks: noSuchApi(ARCHITECTURE),
  versions: [
    {
      sigterm: {
        inFlight: unverified('aborts', SILENT),
        bound: unverified({ seconds: 0, hangsAtBound: true }, SILENT),
        cutsStreams: unverified(true, SILENT),
        exitSeconds: unverified(0, SILENT),
        newRequests: unverified('failed', SILENT),
        readiness: unverified('unchanged', SILENT),
      },
    },
  ],
  notes: [
    unverified(
      'What SIGTERM does is documented nowhere, so preStop holds until the last request is done. Whoever has seen a NIM drain can say so with InferenceEngine.custom.',
      SILENT,
    ),
    read(
      'The documentation of other NIMs points liveness at the readiness path; do not do that here, it restarts a server that loads.',
      'docs.nvidia.com/nim/maxine, Kubernetes deployment',
    ),
  ],
};
