import { measured, read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import type { RuntimeFacts } from './runtime';

const RUN = 'run: Ray Serve 2.60.0, head and driver in one container, serve.run(blocking=True)';
const CONSTANTS = 'ray-project/ray python/ray/serve/_private/constants.py 2.60';
const SCHEMA = 'ray-project/ray python/ray/serve/schema.py HTTPOptionsSchema';
const PROXY = 'ray-project/ray python/ray/serve/_private/proxy.py 2.60';
const MONITORING = 'docs.ray.io/en/master/serve/monitoring.html';

/** Ray Serve with its cluster in the one container. Under KubeRay other rules hold. */
export const rayServe: RuntimeFacts = {
  id: 'ray-serve',
  title: 'Ray Serve',
  kind: 'inference',
  stopSignal: stopsOnSigterm('Ray Serve'),
  without: nothingSaidOf('Ray Serve', 'tools', 'drainEndpoint', 'gauges'),
  port: read(8000, SCHEMA, '2026-11'),
  bindAddress: read(
    { address: '0.0.0.0' },
    `${SCHEMA}: of a config file; HTTPOptions of a program listen on 127.0.0.1`,
    '2026-11',
  ),
  readinessPath: read('/-/healthz', `${PROXY}: 503 "This node is being drained."`),
  livenessPath: read('/-/healthz', PROXY),
  whileLoading: unverified({ readiness: 'refused', liveness: 'refused' }, `${PROXY}: nobody tried`),
  images: unverified([], 'rayproject/ray runs any program of Ray, so its images are not certain to run Serve'),
  commands: read(['serve run'], 'docs.ray.io/en/master/serve/api/cli.html', '2026-11'),
  pid1: measured('the Python driver', RUN),
  sharedMemory: unverified(true, 'docs.ray.io, Object Store: it lives in /dev/shm; not looked up again'),
  coldStart: unverified('the cluster in seconds, then as long as the replicas load', 'docs.ray.io; nobody measured it'),
  writablePaths: read(['/tmp'], 'docs.ray.io, Logging directory structure: the session folder is below it'),
  checkedVersion: measured('2.60', RUN),
  webSockets: unverified('cut', `${RUN}: as requests are; nobody tried`),
  endlessStreams: measured('cut', `${RUN}: after 1.0 s, without a last chunk`),
  backgroundTasks: unverified('cut', `${RUN}: the cluster goes with the driver; nobody tried`),
  versions: [
    {
      sigterm: {
        inFlight: measured('aborts', `${RUN}: graceful_shutdown_timeout_s did not count`),
        bound: measured({ seconds: 0 }, `${RUN}: gone after 4.4 s with exit code 15`),
        cutsStreams: measured(true, RUN),
        exitSeconds: measured(0, `${RUN}: gone after 4.4 s`),
        newRequests: measured('refused', `${RUN}: served for 0.6 s, reset, refused from 1.2 s on`),
        readiness: measured('refused', RUN),
      },
    },
  ],
  notes: [
    read(
      'graceful_shutdown_timeout_s (20 s) and graceful_shutdown_wait_loop_s (2 s) hold when the controller stops a replica, as in an upgrade of the application.',
      CONSTANTS,
    ),
    measured('They do not hold when the pod gets SIGTERM: everything is cut within a second or so.', RUN),
    read(
      'ray_serve_num_ongoing_http_requests is on the metrics port of the Ray node, which is another one at each start unless the team sets it: state it with InferenceEngine.custom and metricsPort to wait for it.',
      MONITORING,
      '2026-11',
    ),
    unverified(
      'With KubeRay the replicas run in other pods, behind ray start --block: what SIGTERM does there is not known.',
      'ray-project/kuberay; nobody tried',
    ),
  ],
};
