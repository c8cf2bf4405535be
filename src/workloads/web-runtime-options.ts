import type { Duration } from 'cdk8s';

export interface SpringBootOptions {
  /** The version of Spring Boot, not of the application: it decides whether the shutdown is graceful by default. */
  readonly version: string;

  /**
   * Shutdown phases that take their time, the web server's own included. Each may take as long as the longest request.
   *
   * @default 1
   * @see https://docs.spring.io/spring-boot/reference/web/graceful-shutdown.html
   */
  readonly shutdownPhases?: number;
}

export interface UvicornOptions {
  /**
   * The version of uvicorn: 0.43.0 and 0.44.0 cut every streaming response at SIGTERM.
   *
   * @default - not known: preStop holds for the longest request.
   */
  readonly version?: string;
}

export interface FastApiOptions {
  /**
   * The version of uvicorn under the application.
   *
   * @default - not known, which is safe only with the readiness flag or without streaming responses.
   */
  readonly uvicornVersion?: string;

  /**
   * The application follows the readiness-flag contract: its lifespan takes SIGTERM, answers 503 on the readiness path but
   * keeps serving for `CDK8S_GRACEFUL_QUIET_SECONDS`, and then calls uvicorn's own handler. `examples/` holds such an
   * application. A handler that is installed with `signal.signal` at import does nothing, since uvicorn replaces it.
   *
   * @default false
   */
  readonly readinessFlag?: boolean;
}

export interface NginxOptions {
  /**
   * The image sets `STOPSIGNAL SIGQUIT`, so that nginx drains.
   *
   * @default - known for the official and the unprivileged images; not relied on in any other.
   */
  readonly stopsOnSigquit?: boolean;

  /**
   * `worker_shutdown_timeout`, as the configuration sets it: after it nginx closes what is still open.
   *
   * @default - not set: nginx waits as long as it takes.
   */
  readonly workerShutdownTimeout?: Duration;
}

export interface NodeHttpOptions {
  /**
   * On SIGTERM the application closes the listener, answers every response with `Connection: close`, closes idle connections
   * after as long as its clients pause, and ends when all is done; `rehearsal/cases/node` holds such an application. Without
   * the header a client that keeps its connection busy holds the server until SIGKILL, and loses the request that is in flight
   * then. `server.close()` closes idle connections at once, and a request on its way to one is reset. Node.js does nothing by
   * itself: as PID 1 it ignores the signal.
   *
   * @default false - preStop holds for the longest request, which is safe whatever the application does.
   */
  readonly drainsOnSigterm?: boolean;
}

export interface FastifyOptions {
  /**
   * The application calls `fastify.close()` on SIGTERM and ends when that is done. `fastify start` does so too, but ends the
   * process after `FASTIFY_CLOSE_GRACE_DELAY` (500 ms), which must then be the longest request or more.
   *
   * @default false - preStop holds for the longest request, which is safe whatever the application does.
   */
  readonly closesOnSigterm?: boolean;
}

export interface NestJsOptions {
  /**
   * The application calls `app.enableShutdownHooks()`. As PID 1 it should also pass `useProcessExit`, or close whatever
   * else keeps Node.js alive: the signal that NestJS sends itself at the end does nothing there.
   *
   * @default false - preStop holds for the longest request, which is safe whatever the application does.
   */
  readonly shutdownHooks?: boolean;
}

export interface GoHttpOptions {
  /**
   * On SIGTERM the program calls `Server.Shutdown`, and `main` waits until that has returned.
   *
   * @default false - preStop holds for the longest request, which is safe whatever the program does.
   */
  readonly drainsOnSigterm?: boolean;

  /**
   * The timeout of the context that is passed to `Shutdown`.
   *
   * @default - without a timeout.
   */
  readonly shutdownTimeout?: Duration;
}

export interface AspNetCoreOptions {
  /** The version of .NET: up to 6 the host waits 5 s for requests in flight unless told otherwise, later 30 s. */
  readonly version: string;
}

export interface MicronautOptions {
  /** The version of Micronaut: the graceful shutdown is there from 4.9.0 on. */
  readonly version: string;
}

export interface HypercornOptions {
  /**
   * `graceful_timeout`, as the configuration file of the application sets it. `--graceful-timeout` in `args` is read from there.
   *
   * @default - 3 s: where the longest request takes longer, preStop holds for it.
   */
  readonly gracefulTimeout?: Duration;
}

export interface PumaOptions {
  /**
   * `worker_shutdown_timeout`, as the configuration file sets it; for a single process without workers `force_shutdown_after`,
   * or the longest request where that is not set either.
   *
   * @default - 30 s, that of a cluster: where the longest request takes longer, preStop holds for it.
   */
  readonly workerShutdownTimeout?: Duration;
}

export interface PhpFpmOptions {
  /**
   * `process_control_timeout`, as a file of `php-fpm.d` sets it. The image must have `STOPSIGNAL SIGQUIT`, as the official one has.
   *
   * @default - 0: PHP-FPM cuts what is in flight, so preStop holds for the longest request.
   */
  readonly processControlTimeout?: Duration;
}

export interface ApacheHttpdOptions {
  /**
   * The image sets `STOPSIGNAL SIGWINCH`, so that httpd drains.
   *
   * @default - known for the official image and `php:*-apache`; not relied on in any other.
   */
  readonly stopsOnSigwinch?: boolean;

  /**
   * `GracefulShutdownTimeout`, as the configuration sets it.
   *
   * @default - not set: httpd waits as long as it takes.
   */
  readonly gracefulShutdownTimeout?: Duration;
}

export interface HaProxyOptions {
  /**
   * The image sets `STOPSIGNAL SIGUSR1`, so that HAProxy stops softly.
   *
   * @default - known for the official image; not relied on in any other.
   */
  readonly stopsOnSigusr1?: boolean;

  /**
   * `hard-stop-after`, as the configuration sets it.
   *
   * @default - not set: HAProxy waits as long as it takes.
   */
  readonly hardStopAfter?: Duration;
}

export interface CaddyOptions {
  /**
   * `grace_period`, as the configuration sets it.
   *
   * @default - not set: Caddy waits as long as it takes.
   */
  readonly gracePeriod?: Duration;
}

export interface TraefikOptions {
  /**
   * `transport.lifeCycle.graceTimeOut` of the entry points, as the static configuration sets it.
   *
   * @default - 10 s: where the longest request takes longer, preStop holds for it.
   */
  readonly graceTimeOut?: Duration;
}

export interface TomcatOptions {
  /**
   * `gracefulStopAwaitMillis` of the Service in `server.xml`, whose connectors have `bindOnInit="false"`.
   *
   * @default - 0: Tomcat cuts what is in flight, so preStop holds for the longest request.
   */
  readonly gracefulStopAwait?: Duration;
}

export interface JettyOptions {
  /**
   * `jetty.server.stopTimeout`, in a Jetty with the module `graceful` (12), or a `StatisticsHandler` (up to 11).
   *
   * @default - there is none: Jetty cuts what is in flight, so preStop holds for the longest request.
   */
  readonly stopTimeout?: Duration;
}
