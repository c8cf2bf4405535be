/** What turns the readiness probe false when the drain starts. */
export class DrainGate {
  /**
   * A file that preStop makes and the readiness probe tests. A postStart hook removes it, since its directory outlives the
   * container. Needs a shell, and curl, wget or python3, in the image.
   *
   * On Kubernetes 1.35, and on 1.36.3 and later, the kubelet runs no exec probe in a terminating pod: the budget then takes no
   * credit for the gate.
   *
   * @see https://github.com/kubernetes/kubernetes/issues/140881
   * @param directory a directory of its own; an emptyDir is mounted there
   */
  public static marker(directory?: string): DrainGate {
    return new DrainGate('marker', directory);
  }

  /** The server itself: it answers its readiness path with 503, or refuses connections, after SIGTERM. */
  public static server(): DrainGate {
    return new DrainGate('server');
  }

  /**
   * An HTTP endpoint of the server that preStop calls, and that turns its readiness path to 503.
   * Needs curl, wget or python3 in the image.
   *
   * @param path for example `/drain`
   */
  public static endpoint(path: string): DrainGate {
    return new DrainGate('endpoint', path);
  }

  /** Nothing: readiness stays as it is until the container ends. Enough where every traffic source follows the deletion. */
  public static none(): DrainGate {
    return new DrainGate('none');
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'marker' | 'server' | 'endpoint' | 'none',
    /** @internal */
    public readonly _path?: string,
  ) {}
}
