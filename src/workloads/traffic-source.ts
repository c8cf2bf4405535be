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

export interface MeshOptions extends TrafficSourceOptions {
  /**
   * The mesh runs its proxy as a native sidecar, which ends after the application: the default of Istio from 1.27 and of Linkerd
   * from 2.20 on. Where it does not, the proxy gets SIGTERM with the application, and the construct sets the annotation of the
   * pod that lets it stay until the last request is done.
   */
  readonly nativeSidecar: boolean;
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
   * An AWS Application or Network Load Balancer with targets of type `ip`: 60 s, the cautious end of what teams report. Label the
   * namespace `elbv2.k8s.aws/pod-readiness-gate-inject: enabled`: with that gate a rollout waits until the new target is healthy.
   *
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/
   * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1064
   */
  public static awsLoadBalancer(options: TrafficSourceOptions = {}): TrafficSource {
    return TrafficSource.known('aws-load-balancer', options);
  }

  /**
   * An AWS Application or Network Load Balancer with targets of type `instance`: 30 s, until a node has failed its health check.
   *
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/
   */
  public static awsLoadBalancerInstance(options: TrafficSourceOptions = {}): TrafficSource {
    return TrafficSource.known('aws-load-balancer-instance', options);
  }

  /**
   * A Google Cloud load balancer with network endpoint groups: 60 s, the cautious end of 40 s to 60 s.
   *
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/container-native-load-balancing
   */
  public static gkeNeg(options: TrafficSourceOptions = {}): TrafficSource {
    return TrafficSource.known('gke-neg', options);
  }

  /**
   * Clients that look up a headless Service: 35 s, the TTL of CoreDNS after the endpoint has gone. A client with a cache of its
   * own needs more.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#headless-services
   */
  public static headlessDns(options: TrafficSourceOptions = {}): TrafficSource {
    return TrafficSource.known('headless-dns', options);
  }

  /**
   * A Service as Cilium implements it in place of kube-proxy: 5 s.
   *
   * @see https://docs.cilium.io/en/stable/network/kubernetes/kubeproxy-free/
   */
  public static cilium(options: TrafficSourceOptions = {}): TrafficSource {
    return TrafficSource.known('cilium', options);
  }

  /**
   * Envoy Gateway: 10 s.
   *
   * @see https://gateway.envoyproxy.io/docs/tasks/operations/graceful-shutdown/
   */
  public static envoyGateway(options: TrafficSourceOptions = {}): TrafficSource {
    return TrafficSource.known('envoy-gateway', options);
  }

  /**
   * A gateway with the endpoint picker of the Gateway API inference extension: 30 s, as in the manifests of the project.
   *
   * @see https://gateway-api-inference-extension.sigs.k8s.io/
   */
  public static inferenceExtension(options: TrafficSourceOptions = {}): TrafficSource {
    return TrafficSource.known('inference-extension', options);
  }

  /**
   * Istio: 15 s. The proxy's own drain of 5 s is part of the budget.
   *
   * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
   */
  public static istio(options: MeshOptions): TrafficSource {
    return TrafficSource.known(options.nativeSidecar ? 'istio' : 'istio-injected', options);
  }

  /**
   * Linkerd: 20 s. The proxy's own drain is part of the budget.
   *
   * @see https://linkerd.io/2/tasks/graceful-shutdown/
   */
  public static linkerd(options: MeshOptions): TrafficSource {
    return TrafficSource.known(options.nativeSidecar ? 'linkerd' : 'linkerd-injected', options);
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
