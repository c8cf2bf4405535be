import { read, unverified } from '../fact';
import { closedWhileLoading, configured, exitWithinMargin } from './common-facts';
import type { RuntimeFacts } from './runtime';

const DOCKERFILE = 'docker-library/httpd 2.4/Dockerfile@f3b7fd9c';
const PHP_DOCKERFILE = 'docker-library/php Dockerfile-linux.template, variant apache';
const MPM = 'httpd.apache.org/docs/2.4/mod/mpm_common.html, GracefulShutdownTimeout';
const STOPPING = 'httpd.apache.org/docs/2.4/stopping.html';
const STOP_SIGNAL = `${STOPPING}: WINCH is graceful-stop; STOPSIGNAL SIGWINCH in ${DOCKERFILE}`;

const root = {
  port: 80,
  needsRoot: true,
  insteadOfRoot: 'let its configuration listen on a port above 1023 and give that as port',
} as const;

export const httpd: RuntimeFacts = {
  id: 'httpd',
  title: 'Apache httpd',
  kind: 'web',
  ...configured('Apache httpd', 'readinessPath', 'livenessPath', 'drainEndpoint', 'gauges', 'backgroundTasks'),
  port: read(80, DOCKERFILE, '2026-11'),
  bindAddress: read({ address: '::' }, 'httpd.apache.org/docs/2.4/mod/mpm_common.html, Listen'),
  images: read(
    [
      { repository: 'httpd', tagIsVersion: true, ...root },
      { repository: 'php', tagIsVersion: false, tagWord: 'apache', ...root },
    ],
    `${DOCKERFILE}; ${PHP_DOCKERFILE}`,
    '2026-11',
  ),
  commands: read(['httpd', 'httpd-foreground', 'apache2-foreground'], `${DOCKERFILE}; ${PHP_DOCKERFILE}`, '2026-11'),
  onlyInImages: read(true, `${STOP_SIGNAL}; any other image gets SIGTERM, which stops now`, '2026-11'),
  stopSignal: read('SIGWINCH', STOP_SIGNAL, '2026-11'),
  pid1: read('httpd: the start script ends with exec', 'docker-library/httpd 2.4/httpd-foreground'),
  tools: read(['sh', 'sleep', 'touch', 'rm', 'date'], DOCKERFILE, '2026-11'),
  writablePaths: read(
    ['/usr/local/apache2/logs', '/tmp'],
    `${DOCKERFILE}: the pid file; the logs go to stdout`,
    '2026-11',
  ),
  checkedVersion: read('2.4', MPM),
  whileLoading: closedWhileLoading(STOPPING),
  webSockets: unverified('waited-for', `${STOPPING}; nobody measured a proxied WebSocket`),
  endlessStreams: read('waited-for', MPM),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', STOP_SIGNAL),
        bound: read({ configuredBy: 'GracefulShutdownTimeout' }, `${MPM}: 0, its default, waits indefinitely`),
        cutsStreams: read(false, STOPPING),
        exitSeconds: exitWithinMargin,
        newRequests: read('refused', `${STOPPING}: the parent closes its ports first`),
        readiness: read('refused', `${STOPPING}: the parent closes its ports first`),
      },
    },
  ],
  notes: [
    read(
      'SIGTERM stops now and cuts what is in flight: only images with STOPSIGNAL SIGWINCH drain, as the official one and php:*-apache do.',
      STOP_SIGNAL,
    ),
    read('httpd has no health path of its own: the configuration must answer the probes.', DOCKERFILE),
  ],
};
