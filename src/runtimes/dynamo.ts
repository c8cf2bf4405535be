import { read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import type { RuntimeFacts } from './runtime';

const SHUTDOWN = 'docs.nvidia.com/dynamo, Graceful Shutdown Architecture, 1.3 to 1.5';
const FRONTEND = 'ai-dynamo/dynamo lib/llm/src/http/service/service_v2.rs';
const METRICS = 'docs.nvidia.com/dynamo/v1.4.0/reference/observability/metrics-catalog';
const ENVIRONMENT = 'docs.nvidia.com/dynamo/latest/user-guides/observability-local/metrics';

/** The frontend of NVIDIA Dynamo, which takes the requests; workers have no port that a Service names. */
export const dynamo: RuntimeFacts = {
  id: 'dynamo',
  title: 'Dynamo frontend',
  kind: 'inference',
  stopSignal: stopsOnSigterm('Dynamo'),
  without: nothingSaidOf('Dynamo', 'tools', 'drainEndpoint'),
  port: read(8000, ENVIRONMENT, '2026-11'),
  portSetting: read({ flag: '--http-port', env: 'DYN_HTTP_PORT', format: 'count' }, ENVIRONMENT, '2026-11'),
  bindAddress: unverified({ address: '0.0.0.0' }, `${FRONTEND}; the default was not checked`),
  readinessPath: read('/health', `${SHUTDOWN}: 503 while it drains`),
  livenessPath: read('/live', `${SHUTDOWN}: 200 while it drains`),
  whileLoading: unverified({ readiness: 'ok', liveness: 'ok' }, `${FRONTEND}: it loads no model; nobody tried`),
  images: unverified([], 'nvcr.io/nvidia/ai-dynamo/*-runtime: the same images run frontends and workers'),
  commands: read(['python -m dynamo.frontend'], ENVIRONMENT, '2026-11'),
  pid1: unverified('python, where it is the command', ENVIRONMENT),
  sharedMemory: unverified(false, 'it holds no model; nobody tried'),
  coldStart: unverified('seconds', 'it loads no model; nobody measured it'),
  writablePaths: unverified(['/tmp'], 'the cache of tokenizers by its default; nobody looked'),
  checkedVersion: read('1.5', SHUTDOWN),
  gauges: read({ path: '/metrics', names: ['dynamo_frontend_inflight_requests'] }, METRICS, '2026-11'),
  webSockets: read('waited-for', `${SHUTDOWN}: /v1/realtime sessions go on to the timeout`, '2026-11'),
  endlessStreams: read('waited-for', `${SHUTDOWN}: admitted bodies go on to the timeout`, '2026-11'),
  backgroundTasks: unverified('unknown', SHUTDOWN),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', SHUTDOWN),
        bound: read(
          { seconds: 5, setting: { env: 'DYN_HTTP_GRACEFUL_SHUTDOWN_TIMEOUT_SECS', format: 'seconds' } } as const,
          `${FRONTEND} get_graceful_shutdown_timeout; ${SHUTDOWN}`,
          '2026-11',
        ),
        cutsStreams: read(false, `${SHUTDOWN}: bodies that were admitted go on`, '2026-11'),
        exitSeconds: unverified(0, `${SHUTDOWN}; nobody measured it`),
        newRequests: read('failed', `${SHUTDOWN}: 503`),
        readiness: read('503', SHUTDOWN),
      },
    },
  ],
  notes: [
    read(
      'The default of 5 s cuts every longer generation; the library sets it to the longest request.',
      `${FRONTEND} get_graceful_shutdown_timeout`,
    ),
    read(
      'Workers wait DYN_GRACEFUL_SHUTDOWN_GRACE_PERIOD_SECS (5 s) and up to DYN_RUNTIME_GRACEFUL_SHUTDOWN_TIMEOUT_SECS (900 s), but the operator gives them a grace period of 60 s.',
      SHUTDOWN,
    ),
    read(
      'Past the first of them workers of 1.5.1 cancel what is unfinished and rely on the frontend to move it, which is off unless --migration-limit is set.',
      SHUTDOWN,
    ),
  ],
};
