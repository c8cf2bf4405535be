import { measured, read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import type { RuntimeFacts } from './runtime';

const RUN = 'run: BentoML 1.4.39, an ASGI application with server-sent events';
const SERVING = 'bentoml/BentoML src/bentoml/serving.py 1.4.38';
const CONTAINER = 'bentoml/BentoML src/bentoml/_internal/container/frontend/dockerfile 1.4.38';

/** BentoML: a parent process holds the socket, workers under uvicorn serve. */
export const bentoMl: RuntimeFacts = {
  id: 'bentoml',
  title: 'BentoML',
  kind: 'inference',
  stopSignal: stopsOnSigterm('BentoML'),
  without: nothingSaidOf('BentoML', 'tools', 'drainEndpoint'),
  port: measured(3000, RUN),
  bindAddress: read(
    { address: '0.0.0.0' },
    'bentoml/BentoML src/bentoml/_internal/configuration/v2/default_configuration.yaml 1.4.39, http.host',
    '2026-11',
  ),
  httpServer: read('uvicorn', SERVING),
  readinessPath: read('/readyz', SERVING),
  livenessPath: read('/livez', SERVING),
  whileLoading: unverified({ readiness: '503', liveness: 'none' }, `${SERVING}: nobody tried`),
  images: unverified([], 'a bento is built into its own image'),
  commands: read(['bentoml serve'], CONTAINER),
  pid1: read('bentoml: entrypoint.sh ends in exec', CONTAINER),
  sharedMemory: unverified(true, 'models of PyTorch may need it; nobody tried'),
  coldStart: unverified('as long as the constructor of the service takes', SERVING),
  writablePaths: unverified(['/home/bentoml', '/tmp'], `${CONTAINER}: BENTOML_HOME`),
  checkedVersion: measured('1.4', RUN),
  gauges: measured({ path: '/metrics', names: ['bentoml_service_request_in_progress'] }, RUN),
  webSockets: unverified('unknown', `${SERVING}: as its uvicorn does; nobody tried`),
  endlessStreams: measured('waited-for', `${RUN}: without --timeout-graceful-shutdown they are waited for`),
  backgroundTasks: unverified('unknown', `${SERVING}: tasks of a service; nobody tried`),
  versions: [
    {
      sigterm: {
        inFlight: measured('drains', RUN),
        bound: measured(
          { setting: { flag: '--timeout-graceful-shutdown', format: 'seconds' } } as const,
          `${RUN}, with and without --timeout-graceful-shutdown 5; the parent waits 86400 s (${SERVING})`,
        ),
        cutsStreams: unverified(
          true,
          `${RUN} and uvicorn 0.54.0: complete; with 0.44.0 cut; which one an image holds is not known`,
        ),
        exitSeconds: measured(0, `${RUN}: gone 1.3 s after the last stream`),
        newRequests: measured('failed', `${RUN}: connections are accepted and get no answer`),
        readiness: measured('refused', `${RUN}: a probe gets no answer, and fails`),
      },
    },
  ],
  notes: [
    measured('The socket stays open during the drain: a TCP probe is green while nothing is served.', RUN),
    measured(
      'At --timeout-graceful-shutdown, which the help does not show, streams are cut and other requests get 500.',
      `${RUN}, --timeout-graceful-shutdown 5`,
    ),
  ],
};
