import { type DisruptionBudgetRule, notApplicable, pass, violation } from './rule';

export const pdbBothFields: DisruptionBudgetRule = {
  id: 'pdb-both-fields',
  title: 'The PodDisruptionBudget has minAvailable and maxUnavailable',
  severity: 'error',
  judges: 'disruption-budget',
  hazard:
    'The API server refuses the budget, so there is none: a node drain may evict all pods at once, and no request is ' +
    'served until the first new pod is ready.',
  remedy: 'Keep one of the two fields; maxUnavailable goes on working when the replicas change.',
  sources: [
    'kubernetes/kubernetes pkg/apis/policy/validation/validation.go v1.36.2: "minAvailable and maxUnavailable cannot be both set"',
  ],
  judge({ minAvailable, maxUnavailable }) {
    if (isAbsent(minAvailable) && isAbsent(maxUnavailable)) {
      return notApplicable('it has neither field, and so allows no eviction; see pdb-blocks-eviction');
    }
    if (isAbsent(minAvailable) || isAbsent(maxUnavailable)) return pass('it has one of the two fields');
    return violation({
      message: `minAvailable (${text(minAvailable)}) and maxUnavailable (${text(maxUnavailable)}) are both set, which the API server refuses`,
      fix: `remove minAvailable and keep maxUnavailable: ${text(maxUnavailable)}`,
      field: 'spec.minAvailable',
    });
  },
};

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function text(value: unknown): string {
  return typeof value === 'object' ? 'no number' : String(value);
}
