import { read } from '../fact';
import { closedWhileLoading, configured, exitWithinMargin } from './common-facts';
import type { RuntimeFacts } from './runtime';

const DOCKERFILE = 'docker-library/haproxy 3.4/alpine/Dockerfile@0b6d0e8c';
const MANAGEMENT = 'haproxy/haproxy doc/management.txt 3.x, 4. Stopping and restarting HAProxy';
const CONFIGURATION = 'haproxy/haproxy doc/configuration.txt 3.x, hard-stop-after';
const STOP_SIGNAL = `${MANAGEMENT}; STOPSIGNAL SIGUSR1 in ${DOCKERFILE}`;

export const haProxy: RuntimeFacts = {
  id: 'haproxy',
  title: 'HAProxy',
  kind: 'web',
  ...configured(
    'HAProxy',
    'port',
    'bindAddress',
    'readinessPath',
    'livenessPath',
    'drainEndpoint',
    'gauges',
    'backgroundTasks',
  ),
  images: read([{ repository: 'haproxy', tagIsVersion: true, runAsUser: 99 }], DOCKERFILE, '2026-11'),
  commands: read(['haproxy'], DOCKERFILE, '2026-11'),
  onlyInImages: read(true, `${STOP_SIGNAL}; any other image gets SIGTERM, the hard stop`, '2026-11'),
  stopSignal: read('SIGUSR1', STOP_SIGNAL, '2026-11'),
  pid1: read(
    'haproxy, its master process: the entrypoint ends with exec and adds -W -db',
    'docker-library/haproxy docker-entrypoint.sh',
  ),
  tools: read(['sh', 'sleep', 'touch', 'rm', 'date'], DOCKERFILE, '2026-11'),
  writablePaths: read([], `${DOCKERFILE}: a socket or a state file is where the configuration puts it`, '2026-11'),
  checkedVersion: read('3.4', DOCKERFILE, '2026-11'),
  whileLoading: closedWhileLoading(MANAGEMENT),
  webSockets: read('waited-for', CONFIGURATION),
  endlessStreams: read('waited-for', CONFIGURATION),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', STOP_SIGNAL),
        bound: read({ configuredBy: 'hard-stop-after' }, `${CONFIGURATION}: has no default`),
        cutsStreams: read(false, MANAGEMENT),
        exitSeconds: exitWithinMargin,
        newRequests: read('refused', `${MANAGEMENT}: the soft stop unbinds the listeners`),
        readiness: read('refused', `${MANAGEMENT}: the soft stop unbinds the listeners`),
      },
    },
  ],
  notes: [
    read(
      'SIGTERM is the hard stop: it closes all connections. Only images with STOPSIGNAL SIGUSR1 drain.',
      STOP_SIGNAL,
    ),
    read(
      'A health path needs monitor-uri in a frontend; with monitor fail if { stopping } it answers 503 from the soft stop on, on connections that are still open.',
      'haproxy/haproxy doc/configuration.txt 3.x, monitor-uri, monitor fail, stopping',
    ),
  ],
};
