import type { Duration } from 'cdk8s';
import type { NodeLifecycleIntent } from '../manifest/intent';

export interface KarpenterOptions {
  /**
   * `spec.template.spec.terminationGracePeriod` of the NodePool, which overrides the pod's own grace period.
   *
   * @default - the NodePool sets none: Karpenter waits for the pod.
   */
  readonly terminationGracePeriod?: Duration;
}

export interface GkeSpotOptions {
  /**
   * What the node pool is configured to leave to regular pods.
   *
   * @default Duration.seconds(15)
   */
  readonly notice?: Duration;
}

export interface EksManagedNodeGroupOptions {
  /**
   * What a drain is given at most.
   *
   * @default Duration.minutes(5) - what EKS gives when it deletes a group; an update has 15 min.
   */
  readonly notice?: Duration;
}

export interface KubeletGracefulShutdownOptions {
  /** `shutdownGracePeriod` of the kubelet. */
  readonly shutdownGracePeriod: Duration;

  /** `shutdownGracePeriodCriticalPods` of the kubelet: what is kept back for critical pods. */
  readonly shutdownGracePeriodCriticalPods: Duration;
}

/** How a node goes away, and how much time that leaves to a pod. */
export class NodeLifecycle {
  /** The node goes away only by a drain that waits for the pod. */
  public static onDemand(): NodeLifecycle {
    return new NodeLifecycle({ id: 'on-demand' });
  }

  /**
   * EC2 Spot: an interruption notice of two minutes, of which about 100 s are left when the eviction has arrived.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html
   */
  public static awsSpot(): NodeLifecycle {
    return new NodeLifecycle({ id: 'aws-spot' });
  }

  /**
   * GKE Spot: 15 s for regular pods, unless the node pool leaves more.
   *
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms
   */
  public static gkeSpot(options: GkeSpotOptions = {}): NodeLifecycle {
    return new NodeLifecycle({ id: 'gke-spot', noticeSeconds: options.notice?.toSeconds() });
  }

  /**
   * AKS Spot: a notice of 30 s, of which about 20 s are left.
   *
   * @see https://learn.microsoft.com/azure/virtual-machines/linux/scheduled-events
   */
  public static aksSpot(): NodeLifecycle {
    return new NodeLifecycle({ id: 'aks-spot' });
  }

  /**
   * The cluster autoscaler, which cuts the grace period to `--max-graceful-termination-sec`: 600 s.
   *
   * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md
   */
  public static clusterAutoscaler(): NodeLifecycle {
    return new NodeLifecycle({ id: 'cluster-autoscaler' });
  }

  /**
   * Karpenter, with the NodePool's own bound where it has one.
   *
   * @see https://karpenter.sh/docs/concepts/disruption/
   */
  public static karpenter(options: KarpenterOptions = {}): NodeLifecycle {
    return new NodeLifecycle({ id: 'karpenter', noticeSeconds: options.terminationGracePeriod?.toSeconds() });
  }

  /**
   * A managed node group of EKS: 5 min when the group is deleted, which is the cautious value; 15 min in an update.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
   */
  public static eksManagedNodeGroup(options: EksManagedNodeGroupOptions = {}): NodeLifecycle {
    return new NodeLifecycle({ id: 'eks-managed-node-group', noticeSeconds: options.notice?.toSeconds() });
  }

  /**
   * EKS Fargate, which evicts a pod to patch its machine: no limit but the day that AWS announces.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-patching.html
   */
  public static eksFargate(): NodeLifecycle {
    return new NodeLifecycle({ id: 'eks-fargate' });
  }

  /**
   * A shutdown of the machine with the kubelet's graceful node shutdown: a regular pod gets what is left beside the critical
   * share. Refused where nothing is left.
   *
   * @see https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/
   */
  public static kubeletGracefulShutdown(options: KubeletGracefulShutdownOptions): NodeLifecycle {
    const period = options.shutdownGracePeriod.toSeconds();
    const critical = options.shutdownGracePeriodCriticalPods.toSeconds();
    if (critical >= period) {
      throw new Error(
        `NodeLifecycle.kubeletGracefulShutdown: ${critical} s of ${period} s are kept for critical pods, nothing is left for others; raise shutdownGracePeriod`,
      );
    }
    return new NodeLifecycle({ id: 'kubelet-graceful-shutdown', noticeSeconds: period - critical });
  }

  /**
   * Any other way in which a node goes away.
   *
   * @param name lower case letters, digits and `-`
   * @param notice what is left to a regular pod from its deletion to SIGKILL
   */
  public static custom(name: string, notice: Duration): NodeLifecycle {
    if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)) {
      throw new Error(
        `NodeLifecycle.custom: the name '${name}' may hold lower case letters, digits and '-', at most 40`,
      );
    }
    return new NodeLifecycle({ id: name, noticeSeconds: notice.toSeconds() });
  }

  /** @internal */
  public readonly _intent: NodeLifecycleIntent;

  private constructor(intent: NodeLifecycleIntent) {
    this._intent = intent;
  }
}
