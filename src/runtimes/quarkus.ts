import { read, unverified } from '../fact';
import { builtIntoAnImage, closedWhileLoading, exitWithinMargin, onlyInOwnImages } from './common-facts';
import type { RuntimeFacts } from './runtime';

const SHUTDOWN =
  'quarkusio/quarkus core/runtime/src/main/java/io/quarkus/runtime/shutdown/ShutdownConfig.java@5459cd46';
const FILTER =
  'quarkusio/quarkus extensions/vertx-http/runtime/src/main/java/io/quarkus/vertx/http/runtime/filters/GracefulShutdownFilter.java@0f08e870';
const HEALTH = 'quarkus.io/guides/smallrye-health';
const setting = { env: 'QUARKUS_SHUTDOWN_TIMEOUT', format: 'java-duration' } as const;

export const quarkus: RuntimeFacts = {
  id: 'quarkus',
  title: 'Quarkus',
  kind: 'web',
  ...builtIntoAnImage('Quarkus'),
  port: read(8080, 'quarkus.io/guides/http-reference, quarkus.http.port'),
  bindAddress: read(
    { address: '0.0.0.0' },
    'quarkus.io/guides/http-reference, quarkus.http.host: localhost in development and tests',
  ),
  readinessPath: read('/q/health/ready', HEALTH),
  livenessPath: read('/q/health/live', HEALTH),
  images: onlyInOwnImages('Quarkus'),
  commands: read(
    ['java -jar quarkus-run.jar', 'java ... -jar quarkus-run.jar'],
    'quarkus.io/guides/maven-tooling, fast-jar',
  ),
  writablePaths: read(['/tmp'], 'quarkus.io/guides/vertx-reference, quarkus.vertx.cache-directory'),
  whileLoading: closedWhileLoading('quarkus.io/guides/http-reference: the port opens when the application has started'),
  webSockets: unverified('unknown', `${FILTER} counts HTTP requests only; nobody measured it`),
  endlessStreams: read('waited-for', FILTER, '2026-11'),
  backgroundTasks: unverified('unknown', 'the executor and the scheduler decide; nobody measured it'),
  versions: [
    {
      sigterm: {
        inFlight: read('aborts', `${SHUTDOWN}: without a timeout the application exits immediately`),
        drainSwitch: read({ setting, on: 1 }, SHUTDOWN),
        bound: read({ seconds: 0, setting }, SHUTDOWN),
        exitSeconds: exitWithinMargin,
        newRequests: read('served', `${FILTER}: handled as before, with Connection: close`, '2026-11'),
        readiness: read('unchanged', `${FILTER}: 503 needs quarkus.shutdown.delay`, '2026-11'),
      },
    },
  ],
  notes: [
    read(
      'quarkus.shutdown.delay turns readiness to 503 and goes on serving, before the timeout begins; it needs quarkus.shutdown.delay-enabled at build time.',
      SHUTDOWN,
    ),
    read(
      'The two probe paths need the extension quarkus-smallrye-health, and are on port 9000 with quarkus.management.enabled.',
      HEALTH,
    ),
  ],
};
