import { read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import { noSuchApi } from './no-such-api';
import type { RuntimeFacts } from './runtime';

const SERVER = 'InternLM/lmdeploy lmdeploy/serve/openai/api_server.py v0.16.0';
const LAUNCH = 'InternLM/lmdeploy lmdeploy/serve/openai/launch_server.py v0.16.0';
const CLI = 'InternLM/lmdeploy lmdeploy/cli/serve.py and utils.py v0.16.0';
const MANIFEST = 'InternLM/lmdeploy k8s/deployment.yaml v0.16.0';

export const lmDeploy: RuntimeFacts = {
  id: 'lmdeploy',
  title: 'LMDeploy',
  kind: 'inference',
  stopSignal: stopsOnSigterm('LMDeploy'),
  without: nothingSaidOf('LMDeploy', 'drainEndpoint'),
  port: read(23333, CLI),
  portSetting: read({ flag: '--server-port', format: 'count' }, CLI),
  bindAddress: read(
    { address: '0.0.0.0', setting: { flag: '--server-name', format: 'keyword' }, needed: '0.0.0.0' },
    CLI,
  ),
  httpServer: read('uvicorn', SERVER),
  readinessPath: read('/health', `${SERVER}: 503 where the engine is not healthy`),
  livenessPath: read('/health', SERVER),
  whileLoading: unverified(
    { readiness: 'refused', liveness: 'refused' },
    `${SERVER}: the engine is made before uvicorn`,
  ),
  images: read([{ repository: 'openmmlab/lmdeploy', tagIsVersion: true }], MANIFEST),
  commands: read(['lmdeploy serve api_server'], CLI),
  tools: unverified(
    ['sh', 'sleep', 'touch', 'rm', 'date', 'python3'],
    'InternLM/lmdeploy docker/Dockerfile v0.16.0: an Ubuntu base with Python; nobody looked for curl',
  ),
  pid1: read('lmdeploy, a Python program, where it is the command', MANIFEST),
  acceleratorImages: unverified(
    true,
    'InternLM/lmdeploy docker/Dockerfile v0.16.0: a CUDA base; nobody tried it without a GPU',
  ),
  sharedMemory: read(true, `${MANIFEST}: an emptyDir in memory at /dev/shm`),
  coldStart: read('minutes: the readiness probe of the manifest begins after 400 s', MANIFEST),
  writablePaths: unverified(['/root/.cache', '/tmp'], 'the cache of Hugging Face by its default'),
  checkedVersion: read('0.16', SERVER),
  gauges: read(
    { path: '/metrics', names: ['lmdeploy:num_requests_running', 'lmdeploy:num_requests_waiting'] },
    `${CLI}: on unless --disable-metrics`,
    '2026-11',
  ),
  webSockets: noSuchApi(SERVER),
  endlessStreams: unverified('unknown', `${SERVER}: as its uvicorn does`),
  backgroundTasks: noSuchApi(SERVER),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', `${SERVER}: uvicorn.run; the engine is closed after it`),
        drainBrokenBy: read(
          { setting: { flag: '--dp', format: 'count' }, above: 1 } as const,
          `${LAUNCH}: the children get SIGTERM, 15 s, and SIGKILL`,
        ),
        bound: read({}, `${SERVER}: no timeout_graceful_shutdown`),
        cutsStreams: unverified(
          true,
          `${SERVER}: uvicorn 0.43 and 0.44 cut them; which one an image holds is not known`,
        ),
        exitSeconds: unverified(0, `${SERVER}: the engine is closed after the last request; nobody measured it`),
        newRequests: read('refused', `${SERVER}: uvicorn closes the listener at once`),
        readiness: read('refused', `${SERVER}: uvicorn closes the listener at once`),
      },
    },
  ],
  notes: [
    read('With --dp above 1 every child gets 15 s after SIGTERM, then SIGKILL, and nothing changes that.', LAUNCH),
    read(
      'The manifest of the project probes with a TCP connection; the port is open as long as the process lives.',
      MANIFEST,
    ),
    read('GET /terminate sends the process SIGTERM, and only with --allow-terminate-by-client.', SERVER),
    unverified(
      'Older releases had metrics only with --enable-metrics: without them the hook waits to its deadline.',
      'InternLM/lmdeploy documentation, Production Metrics; the release of the change was not looked up',
    ),
  ],
};
