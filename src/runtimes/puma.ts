import { read, unverified } from '../fact';
import { builtIntoAnImage, exitWithinMargin, onlyInOwnImages } from './common-facts';
import type { RuntimeFacts } from './runtime';

const CONFIGURATION = 'puma/puma lib/puma/configuration.rb and const.rb 8';
const SERVER = 'puma/puma lib/puma/server.rb@0004bb5b, handle_servers() and graceful_shutdown()';
const KUBERNETES = 'puma/puma docs/kubernetes.md';
const APPLICATION = "the application's own code decides; nobody measured it";

export const puma: RuntimeFacts = {
  id: 'puma',
  title: 'Puma',
  kind: 'web',
  ...builtIntoAnImage('Puma', 'readinessPath', 'livenessPath'),
  port: read(9292, `${CONFIGURATION}; Rails listens on 3000`),
  bindAddress: unverified({ address: '0.0.0.0' }, `${CONFIGURATION}; rails server listens on localhost in development`),
  images: onlyInOwnImages('Puma'),
  commands: read(['puma', 'bundle exec puma'], 'puma/puma README.md'),
  writablePaths: unverified(
    ['/tmp'],
    'puma/puma lib/puma/client.rb: a large request body goes to a temporary file; Rails writes tmp/ and log/ of the application too',
  ),
  checkedVersion: read('8.0', CONFIGURATION),
  pid1: read('a CMD in shell form, as in the sample of its guide, makes sh PID 1; use the exec form', KUBERNETES),
  whileLoading: unverified(
    { readiness: 'none', liveness: 'none' },
    'puma/puma docs/architecture.md: with preload_app! the port opens after loading, otherwise a connection waits in its backlog',
  ),
  webSockets: unverified('unknown', `a hijacked connection is not counted (Action Cable); ${APPLICATION}`),
  endlessStreams: read('waited-for', SERVER, '2026-11'),
  backgroundTasks: unverified('unknown', APPLICATION),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', SERVER, '2026-11'),
        bound: read(
          { seconds: 30, configuredBy: 'worker_shutdown_timeout' },
          `${CONFIGURATION}: in cluster mode; a single process waits without a bound (force_shutdown_after)`,
        ),
        exitSeconds: exitWithinMargin,
        newRequests: read(
          'failed',
          `${SERVER}: in cluster mode the master holds the port while workers drain, so a connection waits for nobody`,
          '2026-11',
        ),
        readiness: unverified('refused', `${SERVER}: unanswered, or refused`, '2026-11'),
      },
    },
  ],
  notes: [
    read('Its own guide advises a preStop sleep.', KUBERNETES),
    read(
      'Connections that wait in the backlog at SIGTERM are dropped, unless drain_on_shutdown is set.',
      SERVER,
      '2026-11',
    ),
    read(
      '/up, which Rails has from 7.1 on, is a path of the application, not of Puma.',
      'guides.rubyonrails.org, 7.1 release notes',
    ),
  ],
};
