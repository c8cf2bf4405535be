import { type Fact, read, unverified } from '../fact';
import type { KubernetesVersion } from './version';

/** The first minor in which each feature works without anybody turning it on. */
export const kubernetesGates = {
  /** `lifecycle.preStop.sleep` */
  sleepAction: read(
    30,
    'kubernetes/enhancements KEP-3960: beta and on in 1.30, stable in 1.34; pkg/features/kube_features.go PodLifecycleSleepAction',
  ),

  /** `restartPolicy: Always` on an init container */
  nativeSidecars: read(
    29,
    'kubernetes/enhancements KEP-753: beta and on in 1.29, stable in 1.33; pkg/features/kube_features.go SidecarContainers',
  ),

  /** `terminationGracePeriodSeconds` on a liveness or startup probe: beta in 1.22, but off until 1.25 */
  probeTerminationGracePeriod: read(
    25,
    'kubernetes/kubernetes pkg/features/kube_features.go 1.25 ProbeTerminationGracePeriod; kubernetes/enhancements KEP-2238: stable in 1.28',
    '2026-11',
  ),

  /** `unhealthyPodEvictionPolicy` of a PodDisruptionBudget */
  unhealthyPodEvictionPolicy: read(
    27,
    'kubernetes/enhancements KEP-3017: beta and on in 1.27, stable in 1.31; pkg/features/kube_features.go PDBUnhealthyPodEvictionPolicy',
  ),

  /** `lifecycle.preStop.sleep.seconds: 0` */
  sleepActionOfZero: read(
    33,
    'kubernetes/enhancements KEP-4818: beta and on in 1.33, stable in 1.34; pkg/features/kube_features.go PodLifecycleSleepActionAllowZero',
  ),

  /** `lifecycle.stopSignal`, which needs `spec.os.name` too */
  containerStopSignal: unverified(
    38,
    'kubernetes/enhancements KEP-4960 kep.yaml: alpha and off from 1.33 on; beta planned for 1.37 (@64765b4b0) and for 1.38 (@07bd02a9), the later of which is taken; no release with it was tried',
    '2026-11',
  ),

  /** Terminating endpoints serve while no other does (`externalTrafficPolicy: Local` included) */
  terminatingEndpoints: read(
    26,
    'kubernetes/enhancements KEP-1669: beta and on in 1.26, stable in 1.28; pkg/features/kube_features.go ProxyTerminatingEndpoints',
  ),

  /** Devices by `resourceClaims` */
  dynamicResourceAllocation: read(
    34,
    'kubernetes/enhancements KEP-4381: beta and off in 1.32, on in 1.34; pkg/features/kube_features.go DynamicResourceAllocation; EKS turns it on from 1.33',
  ),
} as const satisfies Readonly<Record<string, Fact<number>>>;

/**
 * What no release decides: the rules of the API server and of the kubelet that the arithmetic and the rules build on.
 */
export const kubernetesNotes: readonly Fact<string>[] = [
  read(
    'A sleep as long as the grace period is accepted by the API server, and leaves the 2 s that every container gets.',
    'kubernetes/kubernetes pkg/apis/core/validation/validation.go 1.36.2, validateSleepAction',
  ),
  read(
    'Below 1.30 a kubelet returns from the sleep action at once, and below 1.29 the API server drops the field.',
    'kubernetes/kubernetes pkg/kubelet/lifecycle/handlers.go 1.36.2, runSleepHandler; KEP-3960',
  ),
  read(
    'An eviction of a pod that two budgets select is answered with 500, one that breaks a budget with 429, which kubectl drain repeats every 5 s without an end.',
    'kubernetes/kubernetes pkg/registry/core/pod/storage/eviction.go 1.36.2; kubernetes/kubectl pkg/cmd/drain/drain.go@dee3483a3',
  ),
  read(
    'A budget holds evictions only: rollouts and deletions do not ask it. EKS best practices say otherwise; the code of the eviction is taken.',
    'kubernetes/kubernetes pkg/registry/core/pod/storage/eviction.go 1.36.2; aws/aws-eks-best-practices loadbalancing.adoc@dc0243a',
  ),
  read(
    'The EvictionRequest API is alpha in 1.37: nothing here relies on it.',
    'kubernetes/enhancements KEP-4563; kubernetes/api lifecycle/v1alpha1/types.go@10b39a39',
  ),
  read(
    'Extended resources need a limit, a request equal to it, and whole numbers; a terminating pod holds its devices until its last container has ended.',
    'kubernetes/kubernetes pkg/apis/core/validation/validation.go and pkg/kubelet/pod_workers.go 1.36.2',
  ),
  read(
    'A rollout needs accelerators for replicas, surge and the pods that still terminate.',
    'kubernetes/enhancements KEP-3973; kubernetes/kubernetes#99513',
  ),
  read(
    'An emptyDir in memory counts against the memory limit; on disk, one above its sizeLimit gets its pod evicted with 1 s.',
    'kubernetes/kubernetes pkg/kubelet/eviction/eviction_manager.go 1.36.2',
  ),
  read(
    'No admission plugin that is on by default adds the toleration of an accelerator taint.',
    'kubernetes/kubernetes pkg/kubeapiserver/options/plugins.go 1.36.2, ExtendedResourceToleration',
  ),
];

/** Older clusters are refused: their budgets keep pods that never become ready. */
export const LEAST_KUBERNETES_MINOR: number = kubernetesGates.unhealthyPodEvictionPolicy.value;

/** Without a version only what works in this minor and every later one is used. */
const MINOR_WHEN_UNKNOWN: number = kubernetesGates.sleepAction.value;

export type KubernetesGate = keyof typeof kubernetesGates;

/** Whether the feature works in that version; without a version, whether it works in 1.30 and every later one. */
export function supports(gate: KubernetesGate, version: KubernetesVersion | undefined): boolean {
  return kubernetesGates[gate].value <= (version?.minor ?? MINOR_WHEN_UNKNOWN);
}
