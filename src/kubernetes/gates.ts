import { type Fact, read } from '../fact';
import type { KubernetesVersion } from './version';

/** Older clusters are refused: what the library emits has not been thought through for them. */
export const LEAST_KUBERNETES_MINOR = 27;

/** Without a version only what works in this minor and every later one is used. */
const MINOR_WHEN_UNKNOWN = 30;

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
} as const satisfies Readonly<Record<string, Fact<number>>>;

export type KubernetesGate = keyof typeof kubernetesGates;

/** Whether the feature works in that version; without a version, whether it works in 1.30 and every later one. */
export function supports(gate: KubernetesGate, version: KubernetesVersion | undefined): boolean {
  return kubernetesGates[gate].value <= (version?.minor ?? MINOR_WHEN_UNKNOWN);
}
