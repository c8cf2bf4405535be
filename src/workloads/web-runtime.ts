import { runtime } from '../runtimes';
import type { RuntimeFacts } from '../runtimes/runtime';
import { type CustomRuntimeOptions, customSpec } from './custom-runtime';
import type { RuntimeSpec } from './runtime-spec';

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
}

export interface NodeHttpOptions {
  /**
   * On SIGTERM the application answers every response with `Connection: close`, calls `server.close()`, and ends when that
   * is done. Without the header a client that keeps its connection busy holds the server until SIGKILL, and loses the
   * request that is in flight then: `server.close()` closes only connections that are idle at that moment. Node.js does
   * nothing by itself: as PID 1 it ignores the signal.
   *
   * @default false - preStop holds for the longest request, which is safe whatever the application does.
   */
  readonly drainsOnSigterm?: boolean;
}

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

  /** Any ASGI application under uvicorn. It must listen on 0.0.0.0. */
  public static uvicorn(options: UvicornOptions = {}): WebRuntime {
    return WebRuntime.known('uvicorn', { version: options.version });
  }

  /** A FastAPI application under uvicorn, with or without a readiness flag. It must listen on 0.0.0.0. */
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
    return WebRuntime.known('nginx', { intent: options.stopsOnSigquit ? { sigterm: 'drains' } : {} });
  }

  /** A Node.js program with the `http` module, Express or any framework above it. */
  public static nodeHttp(options: NodeHttpOptions = {}): WebRuntime {
    return WebRuntime.known('node-http', { intent: options.drainsOnSigterm ? { sigterm: 'drains' } : {} });
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
