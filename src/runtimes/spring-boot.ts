import { measured, read, unverified } from '../fact';
import { builtIntoAnImage, closedWhileLoading, onlyInOwnImages } from './common-facts';
import type { RuntimeFacts, SigtermBehaviour } from './runtime';

const SERVER_PROPERTIES =
  'spring-projects/spring-boot ServerProperties.java, branches 2.2.x to 4.1.x; docs.spring.io/spring-boot reference, Graceful Shutdown';
const LIFECYCLE_PROPERTIES = 'spring-projects/spring-boot LifecycleProperties.java, branches 2.3.x to 4.1.x';
const PROBES = 'docs.spring.io/spring-boot reference, Actuator, Kubernetes Probes';

/**
 * A property by its variable, and by what else is mostly used for it: the variable with dashes as underscores, which Spring still reads
 * (spring-projects/spring-boot SystemEnvironmentPropertyMapper.java@0128fc4b, convertLegacyName), a flag, a Java property.
 */
const property = (name: string) => {
  const upper = name.replaceAll('.', '_').toUpperCase();
  return {
    env: upper.replaceAll('-', ''),
    others: [...(name.includes('-') ? [upper.replaceAll('-', '_')] : []), `--${name}`, `-D${name}`],
  };
};
const SWITCH = { ...property('server.shutdown'), format: 'keyword' } as const;
const TIMEOUT = { ...property('spring.lifecycle.timeout-per-shutdown-phase'), format: 'spring-duration' } as const;

const phaseTimeout = read(
  {
    seconds: 30,
    setting: TIMEOUT,
    perPhase: true,
  } as const,
  LIFECYCLE_PROPERTIES,
);

const noMoreThanTheMargin = unverified(
  0,
  'no report of a long exit after the last phase was found; nobody measured it',
);

/** Without server.shutdown=graceful, and before it existed. */
const immediate: SigtermBehaviour = {
  inFlight: read('aborts', SERVER_PROPERTIES),
  bound: read({ seconds: 0 }, SERVER_PROPERTIES),
  exitSeconds: noMoreThanTheMargin,
  newRequests: read('refused', SERVER_PROPERTIES),
  readiness: read('refused', SERVER_PROPERTIES),
};

/** From 3.4 on server.shutdown=graceful is the default. */
const gracefulByDefault: SigtermBehaviour = {
  inFlight: read('drains', SERVER_PROPERTIES),
  drainSwitch: read({ setting: SWITCH, on: 'graceful', byDefault: true } as const, SERVER_PROPERTIES),
  bound: phaseTimeout,
  cutsStreams: unverified(
    false,
    'apache/tomcat StandardWrapper counts asynchronous requests as in progress; other servers unread',
  ),
  exitSeconds: noMoreThanTheMargin,
  newRequests: read('refused', SERVER_PROPERTIES),
  readiness: read('refused', SERVER_PROPERTIES),
};

const gracefulBySwitch: SigtermBehaviour = {
  ...gracefulByDefault,
  inFlight: read('aborts', SERVER_PROPERTIES),
  drainSwitch: read({ setting: SWITCH, on: 'graceful' } as const, SERVER_PROPERTIES),
};

export const springBoot: RuntimeFacts = {
  id: 'spring-boot',
  title: 'Spring Boot',
  kind: 'web',
  ...builtIntoAnImage('Spring Boot'),
  port: read(8080, 'docs.spring.io/spring-boot common application properties, server.port'),
  readinessPath: read('/actuator/health/readiness', PROBES),
  livenessPath: read('/actuator/health/liveness', PROBES),
  bindAddress: read({ address: '::' }, 'docs.spring.io/spring-boot common application properties, server.address'),
  images: onlyInOwnImages('Spring Boot'),
  commands: read(
    [
      'java org.springframework.boot.loader.launch.JarLauncher',
      'java ... org.springframework.boot.loader.launch.JarLauncher',
      'java org.springframework.boot.loader.JarLauncher',
      'java ... org.springframework.boot.loader.JarLauncher',
    ],
    'docs.spring.io/spring-boot 2.7, 3.1 and 3.2 reference, Efficient Container Images: layertools and launchers',
  ),
  pid1: read(
    'the JVM handles SIGTERM as PID 1; behind sh -c without exec it never gets it',
    'docs.spring.io/spring-boot reference, Efficient Container Images; openjdk.org, Runtime.addShutdownHook',
  ),
  whileLoading: closedWhileLoading(`${PROBES}: the port opens late, readiness is 503 until the runners are done`),
  webSockets: read(
    'cut',
    'spring-projects/spring-boot GracefulShutdown.java (Tomcat), branch 3.5.x; apache/tomcat StandardWrapper.java 11.0',
  ),
  endlessStreams: unverified(
    'waited-for',
    'apache/tomcat StandardWrapper counts asynchronous requests; other servers unread',
  ),
  backgroundTasks: read(
    'unknown',
    'docs.spring.io/spring-boot reference, Task Execution: spring.task.execution.shutdown.await-termination is false by default',
  ),
  writablePaths: read(
    ['/tmp'],
    'docs.spring.io/spring-boot common application properties, server.tomcat.basedir: a temporary directory',
  ),
  minimumVersion: read('2.3.0', SERVER_PROPERTIES),
  checkedVersion: read('4.1', SERVER_PROPERTIES),
  env: read(
    { MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED: 'true', SERVER_SHUTDOWN: 'graceful' },
    `${PROBES}; ${SERVER_PROPERTIES}`,
  ),
  versions: [
    { sigterm: immediate },
    { from: '2.3.0', sigterm: gracefulBySwitch },
    { from: '3.4.0', sigterm: gracefulByDefault },
  ],
  // The switch that 2.3-3.3 need is the default of every later version, so setting it harms none.
  whenUnknown: gracefulBySwitch,
  notes: [
    measured(
      "In 3.3 a streaming response on the application's task executor is waited for in a phase of its own, before the port closes: until then new requests are served, and the timeout counts once for each of the two phases.",
      'run: Spring Boot 3.3.13 with Tomcat, a StreamingResponseBody in flight, phase timeout 2 s: cut after 4 s; 3.5.7: after 2 s',
    ),
    read(
      'From 3.1 on the web server stops 1024 phases after the beans of the default phase: those are stopped first, each phase for up to the timeout, while the connector still accepts requests. Count one timeout for each phase that takes its time.',
      'spring-projects/spring-boot WebServerGracefulShutdownLifecycle.java, branches 2.7.x and 3.1.x',
    ),
    read(
      'The readiness state turns to refusing traffic before anything else stops.',
      'spring-projects/spring-boot ServletWebServerApplicationContext.java doClose(), branch 3.5.x',
    ),
    read(
      'At the timeout the requests still in flight are cut and the shutdown goes on.',
      'spring-projects/spring-boot GracefulShutdown.java (Tomcat), branch 3.5.x',
    ),
    measured(
      'Once the connector has stopped, Tomcat resets the next request on each kept-alive connection. A bean of the default phase, which stops before the web server, can have every answer say Connection: close for a while: rehearsal/cases/spring-boot.',
      'run: npm run rehearse -- --case spring-boot (Spring Boot 3.5.0) without GOODBYE_SECONDS; apache/tomcat Http11Processor.java 11.0',
      '2026-11',
    ),
    read(
      'WebSockets and work handed to @Async are not counted as requests in flight.',
      'spring-projects/spring-boot GracefulShutdown.java (Tomcat), branch 3.5.x; apache/tomcat StandardWrapper.java 11.0',
    ),
    read(
      'Undertow (up to 3.x) accepts new connections during the shutdown and answers 503; the other servers close the listener.',
      'docs.spring.io/spring-boot 3.5 reference, Graceful Shutdown',
    ),
    read(
      'The two probe paths need spring-boot-starter-actuator, on the port of management.server.port where that is set.',
      PROBES,
    ),
  ],
};
