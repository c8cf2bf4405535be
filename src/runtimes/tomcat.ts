import { read, unverified } from '../fact';
import { configuredServer, exitWithinMargin } from './common-facts';
import type { RuntimeFacts } from './runtime';

const DOCKERFILE = 'docker-library/tomcat 11.0/jdk21/temurin-noble/Dockerfile@0e603fcb';
const SERVICE = 'tomcat.apache.org/tomcat-8.5-doc to tomcat-11.0-doc/config/service.html, gracefulStopAwaitMillis';
const CONTEXT = 'tomcat.apache.org/tomcat-11.0-doc/config/context.html, unloadDelay';

/** The standalone server; the one inside Spring Boot is Spring Boot's business. */
export const tomcat: RuntimeFacts = {
  id: 'tomcat',
  title: 'Apache Tomcat',
  kind: 'web',
  ...configuredServer('Tomcat', DOCKERFILE, 'readinessPath', 'livenessPath', 'drainEndpoint', 'gauges'),
  port: read(8080, DOCKERFILE, '2026-11'),
  bindAddress: read({ address: '::' }, 'tomcat.apache.org/tomcat-11.0-doc/config/http.html, address'),
  images: read([{ repository: 'tomcat', tagIsVersion: true }], DOCKERFILE, '2026-11'),
  commands: read(['catalina.sh run'], DOCKERFILE, '2026-11'),
  pid1: read('java: catalina.sh run ends with exec, and the JVM handles SIGTERM', DOCKERFILE, '2026-11'),
  tools: read(['sh', 'sleep', 'touch', 'rm', 'date'], DOCKERFILE, '2026-11'),
  writablePaths: read(
    ['/usr/local/tomcat/logs', '/usr/local/tomcat/temp', '/usr/local/tomcat/work', '/tmp'],
    `${DOCKERFILE}; a WAR file is unpacked into webapps unless unpackWARs is false`,
    '2026-11',
  ),
  checkedVersion: read('11.0', `${SERVICE}; ${DOCKERFILE}`, '2026-11'),
  whileLoading: read(
    { readiness: 'none', liveness: 'none' },
    'tomcat.apache.org/tomcat-11.0-doc/config/http.html, bindOnInit: the port is bound before the applications are loaded, so a connection waits',
    '2026-11',
  ),
  webSockets: unverified('closed', 'apache/tomcat WsServerContainer.destroy() with 1001; nobody measured it'),
  endlessStreams: read('cut', SERVICE),
  backgroundTasks: unverified('cut', 'threads of the application get no time; nobody measured it'),
  versions: [
    {
      sigterm: {
        inFlight: read('aborts', `${SERVICE}: 0 by default; ${CONTEXT}: 2 s`, '2026-11'),
        bound: read({ seconds: 0, configuredBy: 'gracefulStopAwaitMillis' }, SERVICE, '2026-11'),
        exitSeconds: exitWithinMargin,
        newRequests: read('refused', SERVICE, '2026-11'),
        readiness: read('refused', SERVICE, '2026-11'),
      },
    },
  ],
  notes: [
    read(
      'gracefulStopAwaitMillis counts only for connectors with bindOnInit="false", which is not their default; both stand in server.xml.',
      SERVICE,
      '2026-11',
    ),
    read(
      'On a paused connector an idle kept-alive connection is closed without an answer, and a half-read request gets 503.',
      'apache/tomcat java/org/apache/coyote/http11/Http11Processor.java 11.0.x',
    ),
  ],
};
