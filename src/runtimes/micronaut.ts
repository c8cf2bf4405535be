import { read, unverified } from '../fact';
import { builtIntoAnImage, closedWhileLoading, exitWithinMargin, onlyInOwnImages } from './common-facts';
import type { RuntimeFacts, SigtermBehaviour } from './runtime';

const GRACEFUL =
  'docs.micronaut.io/4.9.0/api and 5.0.0/api, io.micronaut.runtime.graceful.GracefulShutdownConfiguration: since 4.9.0';
const HEALTH = 'docs.micronaut.io, The Health Endpoint';
const UNWATCHED = 'nobody ran it';
const timeout = { env: 'MICRONAUT_LIFECYCLE_GRACEFUL_SHUTDOWN_GRACE_PERIOD', format: 'java-duration' } as const;

const immediate: SigtermBehaviour = {
  inFlight: read('aborts', GRACEFUL, '2026-11'),
  bound: read({ seconds: 0 }, GRACEFUL, '2026-11'),
  exitSeconds: exitWithinMargin,
  newRequests: unverified('refused', UNWATCHED),
  readiness: unverified('refused', UNWATCHED),
};

const gracefulBySwitch: SigtermBehaviour = {
  ...immediate,
  drainSwitch: read(
    { setting: { env: 'MICRONAUT_LIFECYCLE_GRACEFUL_SHUTDOWN_ENABLED', format: 'keyword' }, on: 'true' } as const,
    GRACEFUL,
    '2026-11',
  ),
  bound: read({ seconds: 15, setting: timeout }, GRACEFUL, '2026-11'),
  readiness: unverified('unchanged', UNWATCHED),
};

export const micronaut: RuntimeFacts = {
  id: 'micronaut',
  title: 'Micronaut',
  kind: 'web',
  ...builtIntoAnImage('Micronaut'),
  port: read(8080, 'docs.micronaut.io, Server Configuration, micronaut.server.port'),
  bindAddress: unverified(
    { address: '::', setting: { env: 'MICRONAUT_SERVER_HOST', format: 'keyword' } } as const,
    'docs.micronaut.io, Server Configuration, micronaut.server.host: all interfaces where it is not set',
  ),
  readinessPath: read('/health/readiness', HEALTH),
  livenessPath: read('/health/liveness', HEALTH),
  images: onlyInOwnImages('Micronaut'),
  writablePaths: read(['/tmp'], 'docs.micronaut.io, Server Configuration, micronaut.server.multipart.location'),
  checkedVersion: read('5.0', GRACEFUL, '2026-11'),
  whileLoading: closedWhileLoading('docs.micronaut.io, Server Configuration: the embedded server starts last'),
  webSockets: unverified('unknown', UNWATCHED),
  endlessStreams: unverified('waited-for', `${GRACEFUL}; ${UNWATCHED}`),
  backgroundTasks: read('waited-for', 'docs.micronaut.io, GracefulShutdownCapable: ExecutorFactory is one', '2026-11'),
  versions: [{ sigterm: immediate }, { from: '4.9.0', sigterm: gracefulBySwitch }],
  // The variables mean nothing to an older version, which then aborts: no version, no trust in the switch.
  whenUnknown: immediate,
  notes: [read('The two probe paths need the dependency micronaut-management.', HEALTH)],
};
