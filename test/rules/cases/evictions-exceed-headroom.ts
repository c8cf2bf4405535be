import { only, type RuleCases, withCompanions } from './case';
import { autoscaler, type Changes, deployment, deploymentStating, disruptionBudget, merged } from './manifests';

const needing = (required: string, replicas = 5) =>
  deploymentStating({ 'required-replicas': required }, { spec: { replicas } });
const budget = (spec: Changes) => disruptionBudget({ spec: { maxUnavailable: undefined, ...spec } });
const sibling = merged(deployment(), { metadata: { name: 'orders-canary' } });

export const cases: RuleCases = {
  rule: 'evictions-exceed-headroom',
  violation: [
    only(
      'half of them at once',
      [needing('4'), budget({ minAvailable: '50%' })],
      '2 of 5 pods may be evicted at once, peak load needs 4 (1 too many)',
      'minAvailable 50% of 5 rounds up to 3: 5 - 3 = 2 evictions allowed; 5 replicas - 2 = 3, required 4',
      'set maxUnavailable: 1',
    ),
    only(
      'all of them, and nothing stated',
      [deployment(), budget({ minAvailable: 0 })],
      'all 3 pods may be evicted at once',
    ),
    only('none to spare', [needing('5'), budget({ maxUnavailable: 1 })], 'run 6 replicas or more'),
    only(
      "at the autoscaler's minimum",
      [deploymentStating({ 'required-replicas': '2' }), budget({ maxUnavailable: '50%' }), autoscaler()],
      "3 replicas (the autoscaler's minimum) - 2 = 1, required 2",
    ),
    only(
      'pods of another workload are counted too',
      [needing('3', 4), sibling, budget({ minAvailable: 4 })],
      '4 replicas - 3 = 1',
    ),
    only(
      'two budgets',
      [
        needing('4'),
        budget({ maxUnavailable: 3 }),
        disruptionBudget({ metadata: { name: 'b' }, spec: { maxUnavailable: 2 } }),
      ],
      '5 replicas - 2 = 3, required 4',
    ),
  ],
  pass: [
    only('just enough left', [needing('4'), budget({ maxUnavailable: 1 })], '5 replicas - 1 = 4, required 4'),
    withCompanions('one at a time', deployment(), '3 replicas - 1 = 2, required 2 (assumed: one fewer than there are)'),
    only('a single replica', [deployment({ spec: { replicas: 1 } }), budget({ maxUnavailable: 1 })], 'required 0'),
  ],
  notApplicable: [
    only('no budget', [deployment()], 'see pdb-missing'),
    only('a budget that is refused', [deployment(), budget({ minAvailable: 'x' })], 'see pdb-unreadable'),
    only('no replicas', [deployment({ spec: { replicas: 0 } }), budget({ maxUnavailable: 1 })], 'no replicas'),
  ],
  cannotJudge: [
    only(
      'three of six, and nothing stated',
      [deployment({ spec: { replicas: 6 } }), budget({ minAvailable: 3 })],
      '3 of 6 pods',
    ),
  ],
};
