import { supports } from '../kubernetes/gates';
import type { Assessment } from '../manifest/assessment';
import type { DisruptionBudget } from '../manifest/fleet';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';
import { notCounted } from './workload-words';

export const pdbKeepsUnhealthyPods: WorkloadRule = {
  id: 'pdb-keeps-unhealthy-pods',
  title: 'the PodDisruptionBudget protects pods that are not ready',
  severity: 'error',
  judges: 'workload',
  hazard:
    'By default a pod that is not ready may only be evicted while as many pods are ready as the budget wants. Once more are down ' +
    'than it allows, while models load or in a crash loop, none can be evicted any more, and node drains hang: for minutes, or for ever.',
  remedy: 'Set unhealthyPodEvictionPolicy: AlwaysAllow: a pod that serves nobody may always go.',
  sources: [
    'kubernetes/enhancements KEP-3017 (beta and on in 1.27, stable in 1.31)',
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy',
    'kubernetes/kubernetes#72320',
  ],
  since: '1.27',
  judge(assessment) {
    const { workload, kubernetesVersion } = assessment;
    if (!workload.scales) return notCounted(workload);
    if (workload.disruptionBudgets.length === 0) return notApplicable('no PodDisruptionBudget selects the pods');
    if (!supports('unhealthyPodEvictionPolicy', kubernetesVersion)) {
      return notApplicable('this version has no unhealthyPodEvictionPolicy');
    }
    return workload.disruptionBudgets.map((budget) => judgeBudget(assessment, budget));
  },
};

function judgeBudget({ workload, replacement }: Assessment, budget: DisruptionBudget): Verdict {
  const { name } = budget.ref;
  if (budget.unhealthyPodEvictionPolicy === 'AlwaysAllow') return pass(`${name} lets pods go that are not ready`);
  const range = replacement.evictionsOverRange(budget);
  if (!range) return notApplicable(`the API server refuses ${name}; see pdb-unreadable and pdb-both-fields`);
  if (workload.mostReplicas > 0 && range.most >= workload.mostReplicas && budget.workloads.length === 1) {
    return pass(`${name} lets all pods go, ready or not`);
  }
  const loads = replacement.acceleratorsPerPod > 0;
  return violation({
    message: loads
      ? `while fewer pods are ready than PodDisruptionBudget ${name} wants, those that still load on their accelerator, or crash, may not be evicted either: node drains wait for them`
      : `while fewer pods are ready than PodDisruptionBudget ${name} wants, those that crash or never get ready may not be evicted either: node drains wait for them`,
    arithmetic: `unhealthyPodEvictionPolicy is ${budget.unhealthyPodEvictionPolicy ?? 'not set (IfHealthyBudget)'}`,
    fix: `set unhealthyPodEvictionPolicy: AlwaysAllow in PodDisruptionBudget ${name}`,
    severity: loads ? undefined : 'warning',
  });
}
