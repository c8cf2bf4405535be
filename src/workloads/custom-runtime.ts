import type { Duration } from 'cdk8s';
import { CUSTOM_RUNTIME, type RuntimeSpec } from './runtime-spec';

/** What a server does with the requests in flight when it gets SIGTERM. */
export enum SigtermBehavior {
  /** They are let finish. */
  DRAINS = 'drains',
  /** They are cut, or left hanging. */
  ABORTS = 'aborts',
  /** Nothing: the server goes on as before until SIGKILL. */
  IGNORED = 'ignored',
}

/** What the readiness path answers after SIGTERM. */
export enum ReadinessAfterSigterm {
  /** 503, while requests in flight go on. */
  UNAVAILABLE = '503',
  /** Nothing: the port is closed. */
  REFUSED = 'refused',
  /** The same as before. */
  UNCHANGED = 'unchanged',
}

/** A server that the library knows nothing of, in the words that its own facts use. */
export interface CustomRuntimeOptions {
  /** What happens to requests in flight at SIGTERM. */
  readonly sigterm: SigtermBehavior;

  /**
   * The port that it listens on.
   *
   * @default - the construct's `port` must say it.
   */
  readonly port?: number;

  /**
   * The path that tells whether the server takes requests.
   *
   * @default - readiness is a TCP connection.
   */
  readonly readinessPath?: string;

  /**
   * The path that tells whether the server is alive. It must not look at the drain or at the load.
   *
   * @default - no liveness probe.
   */
  readonly livenessPath?: string;

  /**
   * After this time the server cuts what is still in flight.
   *
   * @default - it waits as long as it takes.
   */
  readonly drainTimeout?: Duration;

  /**
   * From its last request to its end, where that was measured and is more than the margin of 5 s covers.
   *
   * @default - covered by the margin.
   */
  readonly exit?: Duration;

  /**
   * What the readiness path answers after SIGTERM.
   *
   * @default ReadinessAfterSigterm.REFUSED
   */
  readonly readinessAfterSigterm?: ReadinessAfterSigterm;

  /**
   * A path that starts the drain: the server answers 503 on its readiness path from then on, and serves the rest.
   * preStop calls it with POST, which needs curl, wget or python3 in the image.
   *
   * @default - there is none.
   */
  readonly drainEndpoint?: string;

  /**
   * The path of the metrics in which `inFlightGauges` are.
   *
   * @default '/metrics'
   */
  readonly metricsPath?: string;

  /**
   * The port of the metrics.
   *
   * @default - the server's own port.
   */
  readonly metricsPort?: number;

  /**
   * Names of gauges that are all zero when nothing is in flight. preStop can then wait until the server is idle.
   *
   * @default - there are none.
   */
  readonly inFlightGauges?: string[];

  /**
   * Paths that the program writes to. An emptyDir is mounted at each where the root file system is read-only.
   *
   * @default - none
   */
  readonly writablePaths?: string[];
}

export function customSpec(factory: string, options: CustomRuntimeOptions): RuntimeSpec {
  const gauges = options.inFlightGauges;
  if (gauges?.length === 0)
    throw new Error(`${factory}: inFlightGauges is empty; leave it out where the server has none`);
  return {
    id: CUSTOM_RUNTIME,
    title: 'custom runtime',
    intent: {
      sigterm: options.sigterm,
      drainTimeoutSeconds: options.drainTimeout?.toSeconds(),
      exitSeconds: options.exit?.toSeconds(),
      readinessAfterSigterm: options.readinessAfterSigterm,
      drainEndpoint: options.drainEndpoint,
    },
    port: options.port,
    readinessPath: options.readinessPath,
    livenessPath: options.livenessPath,
    gauges: gauges && { port: options.metricsPort, path: options.metricsPath ?? '/metrics', names: gauges },
    drainEndpoint: options.drainEndpoint,
    writablePaths: options.writablePaths,
  };
}
