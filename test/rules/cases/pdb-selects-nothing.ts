import { only, type RuleCases, withCompanions } from './case';
import { deployment, disruptionBudget } from './manifests';

const other = { matchLabels: { app: 'order' } };

export const cases: RuleCases = {
  rule: 'pdb-selects-nothing',
  violation: [
    only('no selector', [deployment(), disruptionBudget({ spec: { selector: undefined } })], 'there is no selector'),
    only('a selector that is null', [deployment(), disruptionBudget({ spec: { selector: null } })], 'protects nothing'),
  ],
  pass: [withCompanions('the labels of the pods', deployment(), 'it selects apps/v1 Deployment shop/orders')],
  notApplicable: [
    only('every pod', [disruptionBudget({ spec: { selector: { matchLabels: undefined } } })], 'empty selector'),
  ],
  cannotJudge: [
    only(
      'a workload that was not read, and a percentage that rounds up',
      [disruptionBudget({ spec: { maxUnavailable: undefined, minAvailable: '80%' } })],
      'with fewer than 5 replicas, the minimum of an autoscaler included, it allows no eviction',
    ),
    only(
      'one that never allows any',
      [disruptionBudget({ spec: { maxUnavailable: 0 } })],
      'it allows no eviction at all',
    ),
    only('a misspelled label', [deployment(), disruptionBudget({ spec: { selector: other } })], 'in namespace shop'),
    only(
      'another namespace',
      [deployment(), disruptionBudget({ metadata: { namespace: undefined } })],
      'in namespace default',
    ),
  ],
};
