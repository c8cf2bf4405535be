import { only, type RuleCases } from './case';
import { disruptionBudget } from './manifests';

const least = (minAvailable: unknown) => [disruptionBudget({ spec: { maxUnavailable: undefined, minAvailable } })];

export const cases: RuleCases = {
  rule: 'pdb-unreadable',
  violation: [
    only(
      'a count in quotes',
      least('3'),
      "minAvailable: '3' is not a percentage such as '25%'; write 3 without quotes for a count: the API server refuses the budget",
    ),
    only('more than all', least('101%'), '101% is more than 100 %'),
    only('less than none', least(-1), '-1 is not a whole number'),
    only('half a pod', least(1.5), '1.5 is not a whole number'),
    only('a placeholder', least(`${'$'}{MIN_AVAILABLE}`), 'is not a percentage'),
    only('a list', least([1]), 'a whole number or a percentage'),
    only(
      'both',
      [disruptionBudget({ spec: { minAvailable: 'x', maxUnavailable: 'y' } })],
      "minAvailable: 'x'",
      "maxUnavailable: 'y'",
    ),
  ],
  pass: [only('a count', least(3), 'a count'), only('all', least('100%'), 'a percentage')],
  notApplicable: [only('no number', least(null), 'neither')],
};
