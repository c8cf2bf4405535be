import { only, type RuleCases } from './case';
import { autoscaler, type Changes, deployment, disruptionBudget, merged } from './manifests';

const budget = (spec: Changes) => disruptionBudget({ spec: { maxUnavailable: undefined, ...spec } });
const replicas = (count: number) => deployment({ spec: { replicas: count } });
const sibling = merged(deployment(), { metadata: { name: 'orders-canary' }, spec: { replicas: 1 } });

export const cases: RuleCases = {
  rule: 'pdb-blocks-eviction',
  violation: [
    only(
      'as many available as there are',
      [deployment(), budget({ minAvailable: 3 })],
      'PodDisruptionBudget orders allows no eviction at 3 replicas: a node drain never ends',
      'minAvailable 3 of 3: 3 - 3 = 0 evictions allowed',
      'set maxUnavailable: 1',
    ),
    only(
      'a percentage that rounds up',
      [replicas(5), budget({ minAvailable: '90%' })],
      'minAvailable 90% of 5 rounds up to 5: 5 - 5 = 0 evictions allowed',
    ),
    only(
      'more than there are',
      [deployment(), budget({ minAvailable: 4 })],
      '3 - 4 is below 0, so 0 evictions allowed',
    ),
    only(
      'none unavailable',
      [deployment(), budget({ maxUnavailable: 0 })],
      'maxUnavailable 0 of 3: 0 evictions allowed',
    ),
    only('0 %', [deployment(), budget({ maxUnavailable: '0%' })], 'maxUnavailable 0% of 3 is 0'),
    only('neither field', [deployment(), budget({})], 'neither minAvailable nor maxUnavailable'),
    only(
      'a single replica',
      [replicas(1), budget({ minAvailable: 1 })],
      'allows no eviction at 1 replica:',
      'or remove it',
    ),
    only(
      "the autoscaler's minimum",
      [
        deployment({ spec: { replicas: undefined } }),
        budget({ minAvailable: '80%' }),
        autoscaler({ spec: { minReplicas: 1 } }),
      ],
      "allows no eviction at 1 replica, the autoscaler's minimum",
      'minAvailable 80% of 1 rounds up to 1',
    ),
    only('two workloads', [deployment(), sibling, budget({ minAvailable: 4 })], 'minAvailable 4 of 4'),
  ],
  pass: [
    only('one may go', [deployment(), budget({ minAvailable: 2 })], 'minAvailable 2 of 3: 3 - 2 = 1 eviction allowed'),
    only('the first count that does not block', [replicas(10), budget({ minAvailable: '90%' })], '90% of 10 is 9'),
    only('25 % of one', [replicas(1), budget({ maxUnavailable: '25%' })], 'rounds up to 1: 1 eviction allowed'),
    only('two workloads that share it', [deployment(), sibling, budget({ minAvailable: 3 })], 'minAvailable 3 of 4'),
    only('no replicas', [replicas(0), budget({ minAvailable: 1 })], 'minAvailable 1 of 0'),
  ],
  notApplicable: [
    only('no budget', [deployment()], 'see pdb-missing'),
    only('a number that nobody can read', [deployment(), budget({ minAvailable: '3' })], 'see pdb-unreadable'),
    only('both fields', [deployment(), budget({ minAvailable: 3, maxUnavailable: 0 })], 'pdb-both-fields'),
  ],
};
