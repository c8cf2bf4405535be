import type { Duration } from 'cdk8s';
import type { Intent } from '../manifest/intent';
import { runtime } from '../runtimes';
import type { RuntimeFacts } from '../runtimes/runtime';
import { type CustomRuntimeOptions, customSpec } from './custom-runtime';
import type { RuntimeSpec } from './runtime-spec';
import type {
  ApacheHttpdOptions,
  AspNetCoreOptions,
  CaddyOptions,
  FastApiOptions,
  FastifyOptions,
  GoHttpOptions,
  HaProxyOptions,
  HypercornOptions,
  JettyOptions,
  MicronautOptions,
  NestJsOptions,
  NginxOptions,
  NodeHttpOptions,
  PhpFpmOptions,
  PumaOptions,
  SpringBootOptions,
  TomcatOptions,
  TraefikOptions,
  UvicornOptions,
} from './web-runtime-options';

/** The server program in the container of a web service, and how it takes SIGTERM. */
export class WebRuntime {
  /**
   * Spring Boot from 2.3 on. `server.shutdown=graceful` and the phase timeout are set through the environment, the phase
   * timeout to the longest request.
   */
  public static springBoot(options: SpringBootOptions): WebRuntime {
    return WebRuntime.known('spring-boot', {
      version: options.version,
      intent: { shutdownPhases: options.shutdownPhases },
    });
  }

  /** Any ASGI application under uvicorn, which `UVICORN_HOST` lets listen on 0.0.0.0 unless its command line says otherwise. */
  public static uvicorn(options: UvicornOptions = {}): WebRuntime {
    return WebRuntime.known('uvicorn', { version: options.version });
  }

  /** A FastAPI application under uvicorn, with or without a readiness flag. `UVICORN_HOST` lets it listen on 0.0.0.0. */
  public static fastApi(options: FastApiOptions = {}): WebRuntime {
    return WebRuntime.known('fast-api', { version: options.uvicornVersion, readinessFlag: options.readinessFlag });
  }

  /**
   * nginx. The official and the unprivileged images set `STOPSIGNAL SIGQUIT`, with which it drains; in any other image SIGTERM
   * is its fast shutdown, and preStop holds for the longest request unless `stopsOnSigquit` says otherwise.
   *
   * @see https://nginx.org/en/docs/control.html
   */
  public static nginx(options: NginxOptions = {}): WebRuntime {
    return WebRuntime.known('nginx', { intent: drainsIf(options.stopsOnSigquit, options.workerShutdownTimeout) });
  }

  /**
   * A Node.js program with the `http` module, or any framework above it.
   *
   * @see https://nodejs.org/api/http.html#serverclosecallback
   */
  public static nodeHttp(options: NodeHttpOptions = {}): WebRuntime {
    return WebRuntime.known('node-http', { intent: drainsIf(options.drainsOnSigterm) });
  }

  /**
   * An Express application.
   *
   * @see https://expressjs.com/en/advanced/healthcheck-graceful-shutdown.html
   */
  public static express(options: NodeHttpOptions = {}): WebRuntime {
    return WebRuntime.known('express', { intent: drainsIf(options.drainsOnSigterm) });
  }

  /**
   * A Fastify application. It must listen on 0.0.0.0: without a host Fastify listens on localhost.
   *
   * @see https://fastify.dev/docs/latest/Reference/Server/#close
   */
  public static fastify(options: FastifyOptions = {}): WebRuntime {
    return WebRuntime.known('fastify', { intent: drainsIf(options.closesOnSigterm) });
  }

  /**
   * A NestJS application.
   *
   * @see https://docs.nestjs.com/fundamentals/lifecycle-events#application-shutdown
   */
  public static nestJs(options: NestJsOptions = {}): WebRuntime {
    return WebRuntime.known('nest-js', { intent: drainsIf(options.shutdownHooks) });
  }

  /**
   * A Go program with `net/http`, or any framework above it.
   *
   * @see https://pkg.go.dev/net/http#Server.Shutdown
   */
  public static goHttp(options: GoHttpOptions = {}): WebRuntime {
    return WebRuntime.known('go-http', { intent: drainsIf(options.drainsOnSigterm, options.shutdownTimeout) });
  }

  /**
   * ASP.NET Core from .NET 6 on. The timeout of its host is set to the longest request through the environment.
   *
   * @see https://learn.microsoft.com/aspnet/core/fundamentals/host/generic-host
   */
  public static aspNetCore(options: AspNetCoreOptions): WebRuntime {
    return WebRuntime.known('aspnet-core', { version: options.version });
  }

  /**
   * Any WSGI or ASGI application under gunicorn. Its `graceful_timeout` is set to the longest request through
   * `GUNICORN_CMD_ARGS`, which a flag on its command line overrides. It must listen on 0.0.0.0.
   *
   * @see https://docs.gunicorn.org/en/stable/settings.html#graceful-timeout
   */
  public static gunicorn(): WebRuntime {
    return WebRuntime.known('gunicorn', {});
  }

  /**
   * Any ASGI application under hypercorn. It must listen on 0.0.0.0.
   *
   * @see https://hypercorn.readthedocs.io/en/latest/how_to_guides/configuring.html
   */
  public static hypercorn(options: HypercornOptions = {}): WebRuntime {
    return WebRuntime.known('hypercorn', { intent: boundedBy(options.gracefulTimeout) });
  }

  /**
   * A Quarkus application. `quarkus.shutdown.timeout` is set to the longest request through the environment.
   *
   * @see https://quarkus.io/guides/lifecycle#graceful-shutdown
   */
  public static quarkus(): WebRuntime {
    return WebRuntime.known('quarkus', {});
  }

  /**
   * A Micronaut application. From 4.9 on its graceful shutdown is turned on through the environment, with the longest request
   * as its grace period; before that preStop holds for the longest request.
   *
   * @see https://docs.micronaut.io/latest/guide/
   */
  public static micronaut(options: MicronautOptions): WebRuntime {
    return WebRuntime.known('micronaut', { version: options.version });
  }

  /**
   * A standalone Apache Tomcat.
   *
   * @see https://tomcat.apache.org/tomcat-11.0-doc/config/service.html
   */
  public static tomcat(options: TomcatOptions = {}): WebRuntime {
    return WebRuntime.known('tomcat', { intent: drainsWithin(options.gracefulStopAwait) });
  }

  /**
   * A standalone Eclipse Jetty.
   *
   * @see https://jetty.org/docs/jetty/12/operations-guide/modules/standard.html
   */
  public static jetty(options: JettyOptions = {}): WebRuntime {
    return WebRuntime.known('jetty', { intent: drainsWithin(options.stopTimeout) });
  }

  /**
   * Any Rack application under Puma, Rails among them. Give its port where it is not 9292.
   *
   * @see https://github.com/puma/puma/blob/main/docs/kubernetes.md
   */
  public static puma(options: PumaOptions = {}): WebRuntime {
    return WebRuntime.known('puma', { intent: boundedBy(options.workerShutdownTimeout) });
  }

  /**
   * PHP-FPM, which speaks FastCGI on port 9000: the probes are TCP connections.
   *
   * @see https://www.php.net/manual/en/install.fpm.configuration.php
   */
  public static phpFpm(options: PhpFpmOptions = {}): WebRuntime {
    return WebRuntime.known('php-fpm', { intent: drainsWithin(options.processControlTimeout) });
  }

  /**
   * Apache httpd. It drains in images with `STOPSIGNAL SIGWINCH`; in any other SIGTERM cuts what is in flight, and preStop holds
   * for the longest request unless `stopsOnSigwinch` says otherwise. Port 80, its default, is refused: it needs root.
   *
   * @see https://httpd.apache.org/docs/2.4/stopping.html
   */
  public static apacheHttpd(options: ApacheHttpdOptions = {}): WebRuntime {
    return WebRuntime.known('httpd', { intent: drainsIf(options.stopsOnSigwinch, options.gracefulShutdownTimeout) });
  }

  /**
   * HAProxy. It drains in images with `STOPSIGNAL SIGUSR1`; in any other SIGTERM closes all connections, and preStop holds for
   * the longest request unless `stopsOnSigusr1` says otherwise. It has no port of its own.
   *
   * @see https://docs.haproxy.org/3.2/management.html#4
   */
  public static haProxy(options: HaProxyOptions = {}): WebRuntime {
    return WebRuntime.known('haproxy', { intent: drainsIf(options.stopsOnSigusr1, options.hardStopAfter) });
  }

  /**
   * Envoy. It does not drain on SIGTERM, so preStop holds for the longest request.
   *
   * @see https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/operations/draining
   */
  public static envoy(): WebRuntime {
    return WebRuntime.known('envoy', {});
  }

  /**
   * Caddy. Port 80, its default, is refused: it needs root. The capability that its binary asks for is added.
   *
   * @see https://caddyserver.com/docs/caddyfile/options#grace-period
   */
  public static caddy(options: CaddyOptions = {}): WebRuntime {
    return WebRuntime.known('caddy', { intent: boundedBy(options.gracePeriod) });
  }

  /**
   * Traefik. Port 80, its default, is refused: it needs root.
   *
   * @see https://doc.traefik.io/traefik/routing/entrypoints/#lifecycle
   */
  public static traefik(options: TraefikOptions = {}): WebRuntime {
    return WebRuntime.known('traefik', { intent: boundedBy(options.graceTimeOut) });
  }

  /** Any other server, described by the team. */
  public static custom(options: CustomRuntimeOptions): WebRuntime {
    return new WebRuntime(customSpec('WebRuntime.custom', options));
  }

  private static known(id: string, options: Partial<RuntimeSpec>): WebRuntime {
    const facts = runtime(id) as RuntimeFacts;
    return new WebRuntime({ id, title: facts.title, facts, intent: {}, ...options });
  }

  /** @internal */
  public readonly _spec: RuntimeSpec;

  private constructor(spec: RuntimeSpec) {
    this._spec = spec;
  }
}

/** The server drains within a timeout that its configuration sets. */
function boundedBy(timeout: Duration | undefined): Partial<Intent> {
  return { drainTimeoutSeconds: timeout?.toSeconds() };
}

/** The server drains where the team says so. */
function drainsIf(stated: boolean | undefined, timeout?: Duration): Partial<Intent> {
  return { sigterm: stated ? 'drains' : undefined, ...boundedBy(timeout) };
}

/** The server drains only where its configuration gives it the time. */
function drainsWithin(timeout: Duration | undefined): Partial<Intent> {
  return drainsIf(timeout !== undefined, timeout);
}
