import type { DisruptionBudget } from '../manifest/fleet';
import { describeObject } from '../manifest/object-ref';
import { limitsOf } from '../manifest/replacement';
import { allowedEvictions } from '../termination/disruption';
import { cannotJudge, type DisruptionBudgetRule, notApplicable, pass, violation } from './rule';

export const pdbSelectsNothing: DisruptionBudgetRule = {
  id: 'pdb-selects-nothing',
  title: 'The PodDisruptionBudget selects no pod',
  severity: 'warning',
  judges: 'disruption-budget',
  hazard:
    'A budget that selects nothing protects nothing, and nobody notices before a node drain evicts all pods at once and ' +
    'no request is served until the first new pod is ready.',
  remedy: "Copy the labels of the workload's pod template into spec.selector.matchLabels, in the same namespace.",
  sources: [
    'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/pod-disruption-budget-v1/ (a null selector matches no pods, an empty one all pods of the namespace)',
  ],
  judge(budget) {
    const { selector, workloads, ref } = budget;
    if (!selector) {
      return violation({
        message:
          'there is no selector: unless this is a patch of another budget, it selects no pod and protects nothing',
        fix: "add spec.selector.matchLabels with the labels of the workload's pod template",
        field: 'spec.selector',
      });
    }
    if (workloads.length > 0)
      return pass(`it selects ${workloads.map((workload) => describeObject(workload.ref)).join(', ')}`);
    if (Object.keys(selector).length === 0)
      return notApplicable('an empty selector: it selects every pod of its namespace');
    return cannotJudge(
      `no workload among the objects that were read has the selected labels in namespace ${ref.namespace ?? 'default'}; it may be elsewhere, or the selector or namespace is wrong${blocksBelow(budget)}`,
      "judge the budget together with its workload, or copy the labels of the workload's pod template into spec.selector.matchLabels",
    );
  },
};

const MOST_REPLICAS = 101;

/** What can be said of a budget whatever it selects. */
function blocksBelow(budget: DisruptionBudget): string {
  const limits = limitsOf(budget);
  if (!limits) return '';
  let replicas = 1;
  while (replicas < MOST_REPLICAS && allowedEvictions(limits, replicas) === 0) replicas++;
  if (replicas === 1) return '';
  return replicas === MOST_REPLICAS
    ? '; it allows no eviction at all'
    : `; with fewer than ${replicas} replicas, the minimum of an autoscaler included, it allows no eviction`;
}
