import { intentKey } from '../manifest/intent';
import { evictionSum, limitsOf } from '../manifest/replacement';
import { cannotJudge, notApplicable, pass, violation, type WorkloadRule } from './rule';
import { notCounted } from './workload-words';

export const evictionsExceedHeadroom: WorkloadRule = {
  id: 'evictions-exceed-headroom',
  title: 'Too many pods may be drained at once',
  severity: 'error',
  judges: 'workload',
  settledBy: ['requiredReplicas'],
  hazard:
    'The PodDisruptionBudget lets more pods go at the same time than peak load can spare. The pods that are left are ' +
    'overloaded, answer late or not at all, and stay so for the cold start of the new ones.',
  remedy: 'Let no more pods go than the headroom: replicas less those that peak load needs.',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
    'kubernetes/kubernetes pkg/controller/disruption/disruption.go v1.36.2: both percentages round up',
  ],
  judge({ workload, replacement, intent }) {
    if (!workload.scales) return notCounted(workload);
    const { disruptionBudgets, leastReplicas: replicas } = workload;
    if (disruptionBudgets.length === 0)
      return notApplicable('no PodDisruptionBudget selects the pods; see pdb-missing');
    const limits = disruptionBudgets.map(limitsOf);
    if (limits.some((limit) => !limit)) {
      return notApplicable('the API server refuses the PodDisruptionBudget; see pdb-unreadable and pdb-both-fields');
    }
    if (replicas === 0) return notApplicable('there are no replicas');
    const evictions = replacement.evictions(replicas);
    const left = replicas - evictions;
    const required = replacement.requiredReplicas;
    const stated = intent.requiredReplicas !== undefined;
    const what =
      workload.autoscalers.length > 0 ? `${replicas} replicas (the autoscaler's minimum)` : `${replicas} replicas`;
    const sum = `${what} - ${evictions} = ${left}, required ${required}${stated ? '' : ' (assumed: one fewer than there are)'}`;
    if (left >= required) return pass(sum);
    if (!stated && left > 0) {
      return cannotJudge(
        `${evictions} of ${replicas} pods may be evicted at once; how many peak load needs is not stated`,
        `state it with ${intentKey('requiredReplicas')}`,
      );
    }
    const limit = limits[0];
    const shown = limit && disruptionBudgets.length === 1 && disruptionBudgets[0]?.workloads.length === 1;
    return violation({
      message:
        left === 0
          ? `all ${replicas} pods may be evicted at once`
          : `${evictions} of ${replicas} pods may be evicted at once, peak load needs ${required} (${required - left} too many)`,
      arithmetic: shown ? `${evictionSum(limit, replicas)}; ${sum}` : sum,
      fix:
        replicas > required
          ? `set maxUnavailable: ${replicas - required} in PodDisruptionBudget ${disruptionBudgets[0]?.ref.name}`
          : `run ${required + 1} replicas or more and set maxUnavailable: 1; see no-headroom`,
    });
  },
};
