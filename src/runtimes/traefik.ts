import { read } from '../fact';
import { closedWhileLoading, configuredServer, exitWithinMargin } from './common-facts';
import type { RuntimeFacts } from './runtime';

const DOCKERFILE = 'traefik/traefik Dockerfile@03490d64';
const ENTRY_POINTS = 'traefik/traefik pkg/config/static/entrypoints.go and static_config.go v3.7, DefaultGraceTimeout';
const LIFECYCLE = 'doc.traefik.io, EntryPoints, transport.lifeCycle';
const PING = 'doc.traefik.io, Ping; traefik/traefik pkg/ping/ping.go v3.7';

export const traefik: RuntimeFacts = {
  id: 'traefik',
  title: 'Traefik',
  kind: 'web',
  ...configuredServer('Traefik', DOCKERFILE, 'drainEndpoint', 'gauges', 'backgroundTasks'),
  port: read(80, DOCKERFILE, '2026-11'),
  bindAddress: read({ address: '::' }, 'doc.traefik.io, EntryPoints, address'),
  readinessPath: read('/ping', PING),
  livenessPath: read('/ping', PING),
  probePort: read(8080, `${PING}: the entry point traefik, with --ping`),
  images: read(
    [
      {
        repository: 'traefik',
        tagIsVersion: true,
        port: 80,
        needsRoot: true,
        insteadOfRoot:
          'let its entry point listen above 1023, as --entryPoints.web.address=:8000 does, and give that as port',
      },
    ],
    DOCKERFILE,
    '2026-11',
  ),
  commands: read(['traefik'], DOCKERFILE, '2026-11'),
  pid1: read('traefik: the entrypoint of the image ends with exec', 'traefik/traefik-library-image entrypoint.sh'),
  tools: read(
    ['sh', 'sleep', 'touch', 'rm', 'date', 'wget'],
    `${DOCKERFILE}: Alpine, with the wget of busybox`,
    '2026-11',
  ),
  writablePaths: read(['/tmp'], DOCKERFILE, '2026-11'),
  checkedVersion: read('3.7', ENTRY_POINTS),
  whileLoading: closedWhileLoading(LIFECYCLE),
  webSockets: read(
    'cut',
    `${LIFECYCLE}; pkg.go.dev/net/http, Server.Shutdown: hijacked connections are not waited for`,
  ),
  endlessStreams: read('waited-for', LIFECYCLE),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', LIFECYCLE),
        bound: read(
          { seconds: 10, configuredBy: 'transport.lifeCycle.graceTimeOut of each entry point' },
          ENTRY_POINTS,
        ),
        exitSeconds: exitWithinMargin,
        newRequests: read('refused', `${LIFECYCLE}: after requestAcceptGraceTimeout, which is 0 by default`),
        readiness: read('refused', `${LIFECYCLE}: after requestAcceptGraceTimeout, which is 0 by default`),
      },
    },
  ],
  notes: [
    read(
      'With requestAcceptGraceTimeout Traefik goes on serving after SIGTERM and answers 503 on /ping meanwhile; graceTimeOut begins after it.',
      `${LIFECYCLE}; ${PING}`,
    ),
    read(
      'Static configuration comes from a file, from flags or from the environment, never from two of them, so the library cannot set the timeout: its flag holds the name of the entry point.',
      'doc.traefik.io, Configuration Introduction',
    ),
  ],
};
