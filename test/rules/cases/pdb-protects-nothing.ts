import { only, type RuleCases } from './case';
import { type Changes, deployment, disruptionBudget } from './manifests';

const budget = (spec: Changes) => [deployment(), disruptionBudget({ spec: { maxUnavailable: undefined, ...spec } })];

export const cases: RuleCases = {
  rule: 'pdb-protects-nothing',
  violation: [
    only(
      'none must be available',
      budget({ minAvailable: 0 }),
      'minAvailable is 0: PodDisruptionBudget orders allows every eviction',
      'set maxUnavailable: 1',
    ),
    only('0 %', budget({ minAvailable: '0%' }), 'minAvailable is 0%'),
    only('all may be unavailable', budget({ maxUnavailable: '100%' }), 'maxUnavailable is 100%'),
  ],
  pass: [only('one at a time', budget({ maxUnavailable: 1 }), 'it keeps some pods')],
  notApplicable: [only('neither', budget({}), 'neither field')],
};
