import { read, unverified } from '../fact';
import { closedWhileLoading, configuredServer, exitWithinMargin } from './common-facts';
import type { RuntimeFacts } from './runtime';

const IMAGE = 'jetty/jetty.docker eclipse-temurin/12.0/jdk25/docker-entrypoint.sh@5aaedc67';
const MODULE = 'jetty/jetty.project graceful.mod 12.0 (jetty.server.stopTimeout=5000)';
const HANDLERS =
  'eclipse.dev/jetty/javadoc/jetty-12 GracefulHandler; jetty-9 StatisticsHandler; jetty-users mailing list msg09673: connectors track no requests';

/** The standalone server; the one inside Spring Boot is Spring Boot's business. */
export const jetty: RuntimeFacts = {
  id: 'jetty',
  title: 'Eclipse Jetty',
  kind: 'web',
  ...configuredServer('Jetty', IMAGE, 'readinessPath', 'livenessPath', 'drainEndpoint', 'gauges'),
  port: read(8080, 'jetty.org/docs, operations guide, module http: jetty.http.port'),
  bindAddress: read({ address: '::' }, 'jetty.org/docs, operations guide, module http: jetty.http.host'),
  images: read([{ repository: 'jetty', tagIsVersion: true }], IMAGE, '2026-11'),
  commands: read(['jetty.sh run'], IMAGE, '2026-11'),
  pid1: read('java: the entrypoint starts it with exec, and the JVM handles SIGTERM', IMAGE, '2026-11'),
  tools: read(['sh', 'sleep', 'touch', 'rm', 'date'], IMAGE, '2026-11'),
  writablePaths: read(['/tmp'], `${IMAGE}: TMPDIR is a folder of it`, '2026-11'),
  whileLoading: closedWhileLoading(
    'jetty.org/docs, operations guide, deploy: the connectors open after the first deployment',
  ),
  webSockets: unverified(
    'closed',
    'org.eclipse.jetty.websocket SessionTracker is a Graceful component; nobody measured it',
  ),
  endlessStreams: read('cut', HANDLERS, '2026-11'),
  backgroundTasks: unverified('cut', 'threads of the application get no time; nobody measured it'),
  versions: [
    {
      sigterm: {
        inFlight: read('aborts', HANDLERS, '2026-11'),
        bound: read(
          { seconds: 0, configuredBy: 'jetty.server.stopTimeout, with the module graceful' },
          MODULE,
          '2026-11',
        ),
        exitSeconds: exitWithinMargin,
        newRequests: read('refused', HANDLERS, '2026-11'),
        readiness: read('refused', HANDLERS, '2026-11'),
      },
    },
  ],
  notes: [
    read(
      'Only with a GracefulHandler (12, module graceful) or a StatisticsHandler (up to 11) does Jetty wait for requests, for jetty.server.stopTimeout: 5 s by default. Late requests on open connections get 503 then.',
      `${MODULE}; ${HANDLERS}; apache/gravitino#13913`,
      '2026-11',
    ),
  ],
};
