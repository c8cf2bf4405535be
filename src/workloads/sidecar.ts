import type { Duration } from 'cdk8s';
import type { VolumeMount } from 'cdk8s-plus-27';

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
   * It stands in front of the server: the Service leads to its `port`, and it passes the requests on to the server. Since a
   * sidecar ends after the server, the server's preStop holds until the proxy has no request any more: the propagation of the
   * slowest traffic source and the longest request or `drain`, or until its in-flight gauges are zero. One sidecar at most.
   *
   * @default false
   */
  readonly inFront?: boolean;

  /**
   * What starts the drain of a proxy `inFront`, such as `['kill', '-USR1', '1']` for HAProxy or `['nginx', '-s', 'quit']`: it
   * stops accepting, finishes its requests, and closes the connections that clients keep alive. preStop runs it when no
   * traffic source sends anything new any more, with `sh` and `sleep`, which the image must have. It is given 5 s and should
   * not wait for the end of the drain. Without `inFront` it is refused: SIGTERM comes when the server no longer needs the
   * sidecar.
   *
   * @default - none: the proxy goes on serving until SIGTERM, and a client that is still sending then loses what is in flight.
   */
  readonly drainCommand?: string[];

  /**
   * What it needs from SIGTERM to its end. It starts when the server and the sidecars declared after this one are gone.
   *
   * With `drainCommand` it is what it needs from that command on: the longest request, and the time for which it keeps the
   * idle connection of a client, who may send one more request on it. The server's preStop holds so long.
   *
   * @default Duration.seconds(0) - with `drainCommand` the longest request.
   */
  readonly drain?: Duration;

  /**
   * A wait of its own before SIGTERM or `drainCommand`, which starts with the pod's deletion.
   *
   * @default - none: it gets SIGTERM after the server anyway. With `drainCommand` the propagation of the slowest traffic source.
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
   * Volumes, each with the path where it is mounted. The server may mount them too.
   *
   * @default - none
   */
  readonly volumeMounts?: VolumeMount[];

  /**
   * Environment variables.
   *
   * @default - none
   */
  readonly env?: { readonly [name: string]: string };
}
