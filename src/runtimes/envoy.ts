import { read, unverified } from '../fact';
import { closedWhileLoading, configuredServer, exitWithinMargin } from './common-facts';
import type { RuntimeFacts } from './runtime';

const DOCKERFILE = 'envoyproxy/envoy distribution/docker/Dockerfile-envoy@0252c88f';
const SERVER = 'envoyproxy/envoy source/server/server.cc, listenForSignal(ENVOY_SIGTERM)';
const DRAINING = 'envoyproxy/envoy docs/root/intro/arch_overview/operations/draining.rst';
const ADMIN = 'envoyproxy/envoy docs/root/operations/admin.rst';

export const envoy: RuntimeFacts = {
  id: 'envoy',
  title: 'Envoy',
  kind: 'web',
  ...configuredServer('Envoy', DOCKERFILE, 'gauges', 'backgroundTasks'),
  port: read(10000, DOCKERFILE, '2026-11'),
  bindAddress: unverified(
    { address: '0.0.0.0' },
    'envoyproxy/envoy configs/envoyproxy_io_proxy.yaml; any other configuration says it',
  ),
  readinessPath: read('/ready', ADMIN),
  livenessPath: read('/server_info', ADMIN),
  probePort: read(9901, `${ADMIN}: the admin interface, where the configuration opens it`),
  images: read(
    [
      { repository: 'envoyproxy/envoy', tagIsVersion: true },
      { repository: 'envoyproxy/envoy', tagIsVersion: true, tagWord: 'distroless', tools: [] },
      { repository: 'envoyproxy/envoy-distroless', tagIsVersion: true, tools: [] },
    ],
    DOCKERFILE,
    '2026-11',
  ),
  commands: read(['envoy'], DOCKERFILE, '2026-11'),
  pid1: read('envoy: the entrypoint ends with exec', DOCKERFILE, '2026-11'),
  tools: read(['sh', 'sleep', 'touch', 'rm', 'date'], DOCKERFILE, '2026-11'),
  writablePaths: read([], `${DOCKERFILE}; its own files are in /dev/shm`, '2026-11'),
  whileLoading: closedWhileLoading(`${ADMIN}, /ready: 503 until the configuration is loaded; the listeners open then`),
  drainEndpoint: read({ method: 'POST', path: '/drain_listeners?graceful', port: 9901 } as const, ADMIN),
  webSockets: read('cut', SERVER),
  endlessStreams: read('cut', SERVER),
  versions: [
    {
      sigterm: {
        inFlight: read('aborts', `${SERVER}; ${DRAINING}: no drain at SIGTERM`),
        bound: read({ seconds: 0 }, SERVER),
        exitSeconds: exitWithinMargin,
        newRequests: read('refused', SERVER),
        readiness: read('refused', SERVER),
      },
    },
  ],
  notes: [
    read(
      'SIGTERM ends Envoy at once. What drains is the admin interface: POST /healthcheck/fail, or /drain_listeners?graceful, which closes the listeners after --drain-time-s. preStop.httpGet cannot call it: it sends GET.',
      `${SERVER}; ${DRAINING}; ${ADMIN}`,
    ),
    unverified('--drain-time-s is 600 s unless given.', 'envoyproxy/envoy docs/root/operations/cli.rst'),
    read('The image has no curl and no wget; the distroless one has no shell either.', DOCKERFILE, '2026-11'),
  ],
};
