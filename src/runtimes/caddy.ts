import { read } from '../fact';
import { closedWhileLoading, configuredServer, exitWithinMargin } from './common-facts';
import type { RuntimeFacts } from './runtime';

const DOCKERFILE = 'caddyserver/caddy-docker 2.10/alpine/Dockerfile@1660dc8c';
const APP = 'caddyserver/caddy modules/caddyhttp/app.go v2.11';
const SIGNALS = 'caddyserver/caddy sigtrap_posix.go v2.11';
const STREAMS = 'caddyserver.com/docs/caddyfile/directives/reverse_proxy, stream_close_delay';

export const caddy: RuntimeFacts = {
  id: 'caddy',
  title: 'Caddy',
  kind: 'web',
  ...configuredServer('Caddy', DOCKERFILE, 'readinessPath', 'livenessPath', 'gauges', 'backgroundTasks'),
  port: read(80, DOCKERFILE, '2026-11'),
  bindAddress: read({ address: '::' }, 'caddyserver.com/docs/caddyfile/directives/bind: all interfaces'),
  images: read(
    [
      {
        repository: 'caddy',
        tagIsVersion: true,
        port: 80,
        needsRoot: true,
        insteadOfRoot: 'let the Caddyfile serve a port above 1023 (http_port) and give that as port',
      },
    ],
    `${DOCKERFILE}; caddyserver/caddy-docker#466`,
    '2026-11',
  ),
  capability: read('NET_BIND_SERVICE', `${DOCKERFILE}: setcap; caddyserver/caddy-docker#466`, '2026-11'),
  commands: read(['caddy run'], DOCKERFILE, '2026-11'),
  pid1: read('caddy: the image has no entrypoint', DOCKERFILE, '2026-11'),
  tools: read(
    ['sh', 'sleep', 'touch', 'rm', 'date', 'wget'],
    `${DOCKERFILE}: Alpine, with the wget of busybox`,
    '2026-11',
  ),
  writablePaths: read(['/config', '/data'], DOCKERFILE, '2026-11'),
  checkedVersion: read('2.11', `${APP}; ${SIGNALS}`),
  whileLoading: closedWhileLoading(APP),
  drainEndpoint: read(
    { method: 'POST', path: '/stop', port: 2019 } as const,
    'caddyserver.com/docs/api: ends the process gracefully',
  ),
  webSockets: read('closed', `${STREAMS}: closed at once unless it is set`, '2026-11'),
  endlessStreams: read('waited-for', `${APP}; pkg.go.dev/net/http, Server.Shutdown`),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', SIGNALS),
        bound: read({ configuredBy: 'grace_period' }, `${APP}: the default, 0, is eternal`),
        cutsStreams: read(false, APP),
        exitSeconds: exitWithinMargin,
        newRequests: read('refused', `${APP}: after shutdown_delay, which is 0 by default`),
        readiness: read('refused', `${APP}: after shutdown_delay, which is 0 by default`),
      },
    },
  ],
  notes: [
    read('SIGQUIT ends Caddy at once; with nginx it is the graceful one.', SIGNALS),
    read(
      'With shutdown_delay Caddy goes on serving, and {http.shutting_down} lets a health path answer 503 meanwhile.',
      `${APP}; caddyserver.com/docs/caddyfile/options`,
    ),
    read(
      'The binary of the image has the file capability cap_net_bind_service: where all capabilities are dropped, it does not start ("operation not permitted"), whatever its port.',
      'caddyserver/caddy-docker#396 and #466',
      '2026-11',
    ),
  ],
};
