import { only, type RuleCases } from './case';
import { disruptionBudget } from './manifests';

export const cases: RuleCases = {
  rule: 'pdb-both-fields',
  violation: [
    only(
      'both',
      [disruptionBudget({ spec: { minAvailable: '50%' } })],
      'minAvailable (50%) and maxUnavailable (1) are both set, which the API server refuses',
      'keep maxUnavailable: 1',
    ),
    only('both, and one of them no number', [disruptionBudget({ spec: { minAvailable: {} } })], '(no number)'),
  ],
  pass: [
    only('maxUnavailable', [disruptionBudget()], 'one of the two'),
    only('an empty minAvailable', [disruptionBudget({ spec: { minAvailable: null } })], 'one of the two'),
  ],
  notApplicable: [only('neither', [disruptionBudget({ spec: { maxUnavailable: undefined } })], 'neither field')],
};
