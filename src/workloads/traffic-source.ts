import type { Duration } from 'cdk8s';
import type { TrafficSourceIntent } from '../manifest/intent';

/** What tells a traffic source that a pod is leaving. */
export enum Follows {
  /** The pod's deletion: its endpoint is no longer `ready` from that moment on. */
  DELETION = 'deletion',
  /** The pod's readiness, or `serving`: the source goes on until a readiness probe has failed. */
  READINESS = 'readiness',
}

export interface TrafficSourceOptions {
  /**
   * From the pod's deletion until the source sends it nothing new.
   *
   * @default - the cautious value that the library knows for this source.
   */
  readonly propagation?: Duration;
}

export interface CustomTrafficSourceOptions {
  /** From the moment when the source may know that the pod is leaving until it sends nothing new. */
  readonly propagation: Duration;

  /**
   * What tells the source that the pod is leaving.
   *
   * @default Follows.DELETION
   */
  readonly follows?: Follows;
}

/** What sends requests to the pod, and how long it goes on after the pod's deletion. */
export class TrafficSource {
  /**
   * A Service as kube-proxy implements it: 5 s.
   *
   * @see https://kubernetes.io/docs/reference/networking/virtual-ips/
   */
  public static kubeProxy(options: TrafficSourceOptions = {}): TrafficSource {
    return TrafficSource.known('kube-proxy', options);
  }

  /**
   * An AWS Application or Network Load Balancer with targets of type `ip`: 60 s, the cautious end of what teams report.
   *
   * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1064
   */
  public static awsLoadBalancer(options: TrafficSourceOptions = {}): TrafficSource {
    return TrafficSource.known('aws-load-balancer', options);
  }

  /**
   * The ingress-nginx controller: 10 s.
   *
   * @see https://github.com/kubernetes/ingress-nginx
   */
  public static ingressNginx(options: TrafficSourceOptions = {}): TrafficSource {
    return TrafficSource.known('ingress-nginx', options);
  }

  /**
   * A load balancer of Google Cloud with network endpoint groups (container-native load balancing): 40 s.
   *
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/container-native-load-balancing
   */
  public static gkeNeg(options: TrafficSourceOptions = {}): TrafficSource {
    return TrafficSource.known('gke-neg', options);
  }

  /**
   * Proxies of Istio in the pods of the clients: 10 s.
   *
   * @see https://istio.io/latest/docs/ops/deployment/architecture/
   */
  public static istio(options: TrafficSourceOptions = {}): TrafficSource {
    return TrafficSource.known('istio', options);
  }

  /**
   * Any other source, described by the team.
   *
   * @param name lower case letters, digits and `-`
   */
  public static custom(name: string, options: CustomTrafficSourceOptions): TrafficSource {
    if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)) {
      throw new Error(
        `TrafficSource.custom: the name '${name}' may hold lower case letters, digits and '-', at most 40`,
      );
    }
    return new TrafficSource({
      id: name,
      propagationSeconds: options.propagation.toSeconds(),
      follows: options.follows ?? Follows.DELETION,
    });
  }

  private static known(id: string, options: TrafficSourceOptions): TrafficSource {
    return new TrafficSource({ id, propagationSeconds: options.propagation?.toSeconds() });
  }

  /** @internal */
  public readonly _intent: TrafficSourceIntent;

  private constructor(intent: TrafficSourceIntent) {
    this._intent = intent;
  }
}
