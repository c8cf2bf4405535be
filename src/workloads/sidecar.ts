import type { Duration } from 'cdk8s';

/**
 * A native sidecar: an init container with `restartPolicy: Always`, which starts before the server and gets SIGTERM after it.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export interface Sidecar {
  /** The container's name. */
  readonly name: string;

  /** With a tag other than `latest`, or a digest. */
  readonly image: string;

  /**
   * The port that it listens on.
   *
   * @default - none
   */
  readonly port?: number;

  /**
   * What it needs from SIGTERM to its end. It starts when the server and the sidecars declared after this one are gone.
   *
   * @default Duration.seconds(0)
   */
  readonly drain?: Duration;

  /**
   * A wait of its own before SIGTERM, which starts with the pod's deletion.
   *
   * @default - none: it gets SIGTERM after the server anyway.
   */
  readonly preStopDelay?: Duration;

  /**
   * The path that tells whether it is ready, on `port`.
   *
   * @default - no readiness probe.
   */
  readonly readinessPath?: string;

  /**
   * The path that must answer before the containers after it start, on `port`.
   *
   * @default - no startup probe.
   */
  readonly startupPath?: string;

  /**
   * The numeric user that it runs as.
   *
   * @default - 10001 beside a web service, whose pod runs nothing as root; beside an engine the image's own.
   */
  readonly user?: number;

  /**
   * The entrypoint.
   *
   * @default - the image's own.
   */
  readonly command?: string[];

  /**
   * Arguments to the entrypoint.
   *
   * @default - none
   */
  readonly args?: string[];

  /**
   * Environment variables.
   *
   * @default - none
   */
  readonly env?: { readonly [name: string]: string };
}
