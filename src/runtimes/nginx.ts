import { measured, read } from '../fact';
import { closedWhileLoading, configured, exitWithinMargin } from './common-facts';
import type { RuntimeFacts } from './runtime';

const OFFICIAL_DEBIAN = 'nginx/docker-nginx mainline/debian/Dockerfile@14585c6f';
const OFFICIAL_ALPINE =
  'nginx/docker-nginx mainline/alpine/Dockerfile@120635b2 and stable/alpine-slim/Dockerfile@08108358';
const UNPRIVILEGED = 'nginx/docker-nginx unprivileged/mainline/debian/Dockerfile@2af07cca';
const UNPRIVILEGED_README = 'nginxinc/docker-nginx-unprivileged README.md@02606e8f';
const CONTROL = 'nginx.org/en/docs/control.html: QUIT is the graceful shutdown';
const STOP_SIGNAL = `${CONTROL}; STOPSIGNAL SIGQUIT in ${OFFICIAL_DEBIAN} and ${UNPRIVILEGED}`;

const root = {
  tagIsVersion: true,
  port: 80,
  needsRoot: true,
  insteadOfRoot: 'use an image that needs no root, such as nginxinc/nginx-unprivileged, which listens on 8080',
} as const;
const unprivileged = { tagIsVersion: true, runAsUser: 101 } as const;

export const nginx: RuntimeFacts = {
  id: 'nginx',
  title: 'nginx',
  kind: 'web',
  ...configured('nginx', 'readinessPath', 'livenessPath', 'drainEndpoint', 'gauges', 'backgroundTasks'),
  port: read(8080, `${UNPRIVILEGED}; the official image listens on 80 and needs root for it`, '2026-11'),
  images: read(
    [
      { repository: 'nginx', ...root },
      { repository: 'public.ecr.aws/nginx/nginx', ...root },
      { repository: 'nginxinc/nginx-unprivileged', ...unprivileged },
      { repository: 'public.ecr.aws/nginx/nginx-unprivileged', ...unprivileged },
      { repository: 'ghcr.io/nginxinc/nginx-unprivileged', ...unprivileged },
    ],
    `${OFFICIAL_DEBIAN}; nginx/docker-nginx sync-awsecr.sh; ${UNPRIVILEGED_README}`,
    '2026-11',
  ),
  bindAddress: read({ address: '0.0.0.0' }, 'nginx.org/en/docs/http/ngx_http_core_module.html, listen'),
  commands: read(['nginx'], OFFICIAL_DEBIAN, '2026-11'),
  stopSignal: read('SIGQUIT', STOP_SIGNAL, '2026-11'),
  pid1: read(
    'nginx, its master process: the entrypoint ends with exec',
    'nginx/docker-nginx entrypoint/docker-entrypoint.sh',
  ),
  whileLoading: closedWhileLoading(CONTROL),
  webSockets: read('waited-for', 'nginx.org/en/docs/ngx_core_module.html: worker_shutdown_timeout'),
  endlessStreams: read('waited-for', 'nginx.org/en/docs/ngx_core_module.html: worker_shutdown_timeout'),
  onlyInImages: read(true, `${STOP_SIGNAL}; any other image gets SIGTERM, the fast shutdown`, '2026-11'),
  // The -slim variants on Alpine have no curl, those on Debian no wget.
  tools: read(['sh', 'sleep', 'touch', 'rm', 'date'], `${OFFICIAL_DEBIAN}; ${OFFICIAL_ALPINE}`, '2026-11'),
  writablePaths: read(['/var/cache/nginx', '/run', '/tmp'], `${OFFICIAL_DEBIAN}; ${UNPRIVILEGED}`, '2026-11'),
  checkedVersion: read('1.31', `${CONTROL}; ${OFFICIAL_ALPINE} (1.31.5)`, '2026-11'),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', STOP_SIGNAL),
        bound: read(
          { configuredBy: 'worker_shutdown_timeout' },
          'nginx.org/en/docs/ngx_core_module.html: worker_shutdown_timeout has no default',
        ),
        cutsStreams: read(false, CONTROL),
        exitSeconds: exitWithinMargin,
        newRequests: read('refused', CONTROL),
        readiness: read('refused', CONTROL),
      },
    },
  ],
  notes: [
    read(
      'Only images that set STOPSIGNAL SIGQUIT drain: the official and the unprivileged ones do. In any other image Kubernetes sends SIGTERM, the fast shutdown, which cuts what is in flight.',
      STOP_SIGNAL,
    ),
    measured(
      'SIGQUIT closes idle kept-alive connections, and a request that is on its way to one meets a reset. A preStop as long as keepalive_time (1.19.10) and the longest request avoids it: no new connection comes after the deletion, and every older one ends with an answer.',
      'run: npm run rehearse -- --case nginx (nginx 1.22.1), with and without keepalive_time',
      '2026-11',
    ),
    read(
      'A proxied WebSocket or endless stream keeps its worker until SIGKILL, unless the configuration sets worker_shutdown_timeout.',
      'nginx.org/en/docs/ngx_core_module.html: worker_shutdown_timeout',
    ),
    read(
      'With a read-only root file system the entrypoint cannot render templates into /etc/nginx/conf.d; mount an emptyDir there to use them.',
      'nginx/docker-nginx entrypoint/20-envsubst-on-templates.sh',
      '2026-11',
    ),
    read('nginx has no health path of its own: the configuration must answer the probes.', OFFICIAL_DEBIAN, '2026-11'),
  ],
};
