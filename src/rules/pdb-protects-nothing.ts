import { type DisruptionBudgetRule, notApplicable, pass, violation } from './rule';

export const pdbProtectsNothing: DisruptionBudgetRule = {
  id: 'pdb-protects-nothing',
  title: 'The PodDisruptionBudget lets all pods go at once',
  severity: 'warning',
  judges: 'disruption-budget',
  hazard:
    'It looks like protection and is none: a node drain may evict every pod at the same time, and no request is served until the first new ' +
    'pod is ready.',
  remedy: 'Set maxUnavailable: 1.',
  sources: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
  judge({ minAvailable, maxUnavailable, ref }) {
    if (minAvailable === undefined && maxUnavailable === undefined) return notApplicable('it has neither field');
    const free =
      minAvailable === 0 || minAvailable === '0' || minAvailable === '0%'
        ? `minAvailable is ${minAvailable}`
        : maxUnavailable === '100%'
          ? 'maxUnavailable is 100%'
          : undefined;
    if (free === undefined) return pass('it keeps some pods');
    return violation({
      message: `${free}: PodDisruptionBudget ${ref.name} allows every eviction, at any number of replicas`,
      fix: 'set maxUnavailable: 1 instead, or remove the budget where no pod needs to stay',
      field: minAvailable === undefined ? 'spec.maxUnavailable' : 'spec.minAvailable',
    });
  },
};
