import { notApplicable, pass, violation, type WorkloadRule } from './rule';
import { notCounted } from './workload-words';

export const pdbMissing: WorkloadRule = {
  id: 'pdb-missing',
  title: 'No PodDisruptionBudget limits how many pods are evicted at once',
  severity: 'error',
  judges: 'workload',
  hazard:
    'A node drain, an upgrade or a consolidation may evict all pods at the same time. Each of them drains properly, but ' +
    'no pod is left that serves: all requests fail until the first new pod is ready, for the whole cold start.',
  remedy: 'Add a PodDisruptionBudget that lets as many pods go as peak load can spare, at least one.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-budgets',
    'kubernetes/kubernetes pkg/registry/core/pod/storage/eviction.go v1.36.2: without a budget every eviction is granted',
  ],
  judge({ workload, traffic, replacement, intent, mayServe }) {
    if (!workload.scales) return notCounted(workload);
    const { leastReplicas, mostReplicas, disruptionBudgets } = workload;
    if (disruptionBudgets.length > 0)
      return pass(`${disruptionBudgets.map(({ ref }) => ref.name).join(', ')} selects the pods`);
    const seen = traffic.sources.length > 0;
    if (!mayServe) return notApplicable('nothing sends requests to the pods');
    if (mostReplicas <= 1) {
      return notApplicable('a single replica: a budget that kept it would block every node drain; see no-headroom');
    }
    const spare = Math.max(1, leastReplicas - replacement.requiredReplicas);
    const coldStart = intent.coldStartSeconds;
    return violation({
      message: `no PodDisruptionBudget selects the pods: ${leastReplicas > 1 ? `all ${leastReplicas}` : `up to ${mostReplicas}`} may be evicted at once`,
      arithmetic: `${mostReplicas} replicas - ${mostReplicas} evictions = 0 that serve${coldStart ? `, for the cold start of ${coldStart} s` : ''}`,
      fix: `add a PodDisruptionBudget with maxUnavailable: ${spare} and unhealthyPodEvictionPolicy: AlwaysAllow`,
      // At one replica nothing can be kept; the budget helps only after the autoscaler has added more.
      severity: seen && leastReplicas > 1 ? undefined : 'warning',
    });
  },
};
