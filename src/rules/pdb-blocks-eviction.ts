import type { Assessment } from '../manifest/assessment';
import type { DisruptionBudget } from '../manifest/fleet';
import { evictionSum, limitsOf } from '../manifest/replacement';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';
import { notCounted } from './workload-words';

export const pdbBlocksEviction: WorkloadRule = {
  id: 'pdb-blocks-eviction',
  title: 'The PodDisruptionBudget never lets a pod go',
  severity: 'error',
  judges: 'workload',
  hazard:
    'Every eviction is refused with HTTP 429, so a node drain, an upgrade or a scale-down of the cluster waits for ever, ' +
    'or until somebody forces it, which takes the pods away without any budget.',
  remedy: 'Let at least one pod go at every replica count that the workload may have; percentages round up.',
  sources: [
    'kubernetes/kubernetes pkg/controller/disruption/disruption.go v1.36.2, getExpectedPodCount and updatePdbStatus: both percentages round up',
    'kubernetes/kubernetes#66811',
  ],
  judge(assessment) {
    const budgets = assessment.workload.disruptionBudgets;
    if (!assessment.workload.scales) return notCounted(assessment.workload);
    if (budgets.length === 0) return notApplicable('no PodDisruptionBudget selects the pods; see pdb-missing');
    return budgets.map((budget) => judgeBudget(assessment, budget));
  },
};

function judgeBudget({ workload, replacement }: Assessment, budget: DisruptionBudget): Verdict {
  const { name } = budget.ref;
  const range = replacement.evictionsOverRange(budget);
  const limits = limitsOf(budget);
  if (!range || !limits) return notApplicable(`the API server refuses ${name}; see pdb-unreadable and pdb-both-fields`);
  const sum = evictionSum(limits, range.leastAt);
  if (range.blocksAt === undefined) return pass(`${name}: ${sum}`);
  const count = `${range.blocksAt} replica${range.blocksAt === 1 ? '' : 's'}`;
  const at = workload.autoscalers.length > 0 ? `${count}, the autoscaler's minimum` : count;
  return violation({
    message: `PodDisruptionBudget ${name} allows no eviction at ${at}: a node drain never ends`,
    arithmetic: sum,
    fix:
      range.blocksAt === 1
        ? `set maxUnavailable: 1 in PodDisruptionBudget ${name}, or remove it: with a single replica a budget only blocks`
        : `set maxUnavailable: 1 in PodDisruptionBudget ${name} instead`,
  });
}
