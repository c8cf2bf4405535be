import { Assessment } from '../../src/manifest/assessment';
import { type Fleet, fleetOf } from '../../src/manifest/fleet';
import type { JsonObject } from '../../src/manifest/json';
import { evictionSum, limitsOf, type Replacement } from '../../src/manifest/replacement';
import { autoscaler, type Changes, deployment, deploymentOf, disruptionBudget } from '../rules/cases/manifests';
import { stated } from './assessing';

const fleet = (...objects: readonly JsonObject[]): Fleet => fleetOf(objects.map((json) => ({ json })));

/** How the pods of the first workload are replaced. */
function replacing(...objects: readonly JsonObject[]): Replacement {
  const [workload] = fleet(...objects).workloads;
  if (!workload) throw new Error('there is no workload');
  return new Assessment(workload).replacement;
}

const spec = (changes: Changes) => deployment({ spec: changes });
const rolling = (rollingUpdate: Changes, replicas = 4) => replacing(spec({ replicas, strategy: { rollingUpdate } }));

describe('the strategy', () => {
  test.each([
    [
      'as written',
      { strategy: { rollingUpdate: { maxSurge: 2, maxUnavailable: '10%' } } },
      { strategy: 'RollingUpdate', maxSurge: 2, maxUnavailable: '10%' },
    ],
    ['defaults', { strategy: undefined }, { strategy: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' }],
    [
      'null',
      { strategy: null, minReadySeconds: null, progressDeadlineSeconds: null },
      { maxSurge: '25%', minReadySeconds: 0, progressDeadlineSeconds: 600 },
    ],
    [
      'values that cannot be read',
      { strategy: { rollingUpdate: { maxSurge: 'x', maxUnavailable: -1 } } },
      { maxSurge: '25%', maxUnavailable: '25%' },
    ],
    ['Recreate', { strategy: { type: 'Recreate' } }, { strategy: 'Recreate' }],
    ['one that nobody knows', { strategy: { type: 'Canary' } }, { strategy: 'RollingUpdate' }],
    [
      'times',
      { minReadySeconds: 7, progressDeadlineSeconds: 900 },
      { minReadySeconds: 7, progressDeadlineSeconds: 900 },
    ],
  ])('%s', (_, changes, expected) => {
    expect(replacing(spec(changes))).toMatchObject(expected);
  });
});

describe('at', () => {
  test.each([
    [{ maxSurge: '25%', maxUnavailable: '25%' }, 5, { surge: 2, unavailable: 1, bothZero: false }],
    [{ maxSurge: 0, maxUnavailable: '10%' }, 5, { surge: 0, unavailable: 1, bothZero: true }],
    [
      { maxSurge: '2147483647%', maxUnavailable: '2147483647%' },
      2147483647,
      { surge: 2147483647, unavailable: 2147483647, bothZero: false },
    ],
  ])('%j at %d replicas', (rollingUpdate, replicas, expected) => {
    expect(rolling(rollingUpdate).at(replicas)).toEqual(expected);
  });

  test('Recreate takes all pods away at once', () => {
    expect(replacing(spec({ strategy: { type: 'Recreate' } })).at(7)).toEqual({
      surge: 0,
      unavailable: 7,
      bothZero: false,
    });
  });
});

describe('replicas that are needed', () => {
  test.each([
    ['one fewer than there are', deployment(), [], 2],
    ['none of one', spec({ replicas: 1 }), [], 0],
    ['none of none', spec({ replicas: 0 }), [], 0],
    [
      'one fewer than the autoscaler keeps',
      spec({ replicas: undefined }),
      [autoscaler({ spec: { minReplicas: 5 } })],
      4,
    ],
    ['as stated', deployment(stated({ 'required-replicas': '3' })), [], 3],
    ['zero, stated', deployment(stated({ 'required-replicas': '0' })), [], 0],
  ])('%s', (_, workload, others, required) => {
    expect(replacing(workload, ...others).requiredReplicas).toBe(required);
  });
});

describe('how long a pod takes to go away', () => {
  test('what its shutdown needs, or its grace where that is not known', () => {
    expect(replacing(spec({ template: { spec: { terminationGracePeriodSeconds: 300 } } })).terminationSeconds).toBe(45);
    const unknown = stated({ 'longest-request': undefined });
    expect(replacing(deployment(unknown)).terminationSeconds).toBe(45);
    expect(
      replacing(deployment({ ...unknown, spec: { template: { spec: { terminationGracePeriodSeconds: 300 } } } }))
        .terminationSeconds,
    ).toBe(300);
    expect(
      replacing(deployment({ ...unknown, spec: { template: { spec: { terminationGracePeriodSeconds: -1 } } } }))
        .terminationSeconds,
    ).toBe(0);
  });
});

describe('rollout', () => {
  const gpus = (limits: Changes, keys = {}, rollingUpdate: Changes = {}) =>
    replacing(
      deploymentOf(
        { resources: { limits } },
        {},
        { ...stated(keys), spec: { replicas: 4, strategy: { rollingUpdate } } },
      ),
    );

  test('without accelerators nothing is short', () => {
    expect(rolling({ maxSurge: 1, maxUnavailable: 0 }).rollout()).toMatchObject({
      peakPods: 5,
      peakAccelerators: 0,
      lowestReady: 4,
      canProgress: true,
    });
  });

  test('accelerators are none spare unless stated', () => {
    const surging = { maxSurge: 1, maxUnavailable: 0 };
    expect(gpus({ 'nvidia.com/gpu': 2 }, {}, surging).rollout()).toMatchObject({ canProgress: false });
    expect(gpus({ 'nvidia.com/gpu': 2 }, { 'spare-accelerators': '2' }, surging).rollout()).toMatchObject({
      canProgress: true,
      peakAccelerators: 10,
    });
    expect(gpus({ 'nvidia.com/gpu': 2 }, {}, { maxSurge: 0, maxUnavailable: 1 }).rollout()).toMatchObject({
      canProgress: true,
      peakAccelerators: 8,
      lowestReady: 3,
    });
  });

  test('the scarcest kind of accelerator counts', () => {
    expect(gpus({ 'nvidia.com/gpu': 2, 'rdma.example.com/nic': 4 }).acceleratorsPerPod).toBe(4);
    expect(gpus({ 'nvidia.com/gpu': '1', cpu: 64 }).acceleratorsPerPod).toBe(1);
    expect(gpus({}).acceleratorsPerPod).toBe(0);
  });

  test('more accelerators than the API holds', () => {
    const resources = { limits: { 'nvidia.com/gpu': 2147483647 } };
    const containers = ['a', 'b'].map((name) => ({ name, resources }));
    expect(replacing(spec({ template: { spec: { containers } } })).acceleratorsPerPod).toBe(2147483647);
  });

  test('cold start, minReady and the number of replicas come from the workload unless given', () => {
    const replacement = replacing(deployment({ ...stated({ 'cold-start': '90s' }), spec: { minReadySeconds: 10 } }));
    expect(replacement.rollout().leastProgressDeadlineSeconds).toBe(101);
    expect(replacement.rollout(3, 200).leastProgressDeadlineSeconds).toBe(211);
    expect(replacement.rollout().steps).toBe(3);
    expect(replacement.rollout(9).steps).toBe(9);
  });
});

describe('evictions', () => {
  const evictions = (limits: Changes, replicas = 4) =>
    replacing(spec({ replicas }), disruptionBudget({ spec: { maxUnavailable: undefined, ...limits } })).evictions();

  test.each([
    [{ maxUnavailable: 1 }, 1],
    [{ maxUnavailable: '50%' }, 2],
    [{ maxUnavailable: '30%' }, 2],
    [{ minAvailable: 3 }, 1],
    [{ minAvailable: '90%' }, 0],
    [{ minAvailable: 9 }, 0],
    [{ maxUnavailable: 9 }, 4],
    [{}, 0],
  ])('%j lets %d of 4 go', (limits, allowed) => {
    expect(evictions(limits)).toBe(allowed);
  });

  test('all of them without a budget, or with one that the API server refuses', () => {
    expect(replacing(spec({ replicas: 4 })).evictions()).toBe(4);
    expect(evictions({ maxUnavailable: 1, minAvailable: 1 })).toBe(4);
    expect(evictions({ maxUnavailable: 'x' })).toBe(4);
  });

  test('of several budgets the strictest counts', () => {
    const second = disruptionBudget({ metadata: { name: 'second' }, spec: { maxUnavailable: 3 } });
    expect(
      replacing(spec({ replicas: 4 }), disruptionBudget({ spec: { maxUnavailable: 2 } }), second).evictions(),
    ).toBe(2);
  });

  test('a budget over two workloads counts the pods of both, the other at its most', () => {
    const other = deployment({ metadata: { name: 'other' }, spec: { replicas: 2 } });
    const budget = disruptionBudget({ spec: { maxUnavailable: undefined, minAvailable: 4 } });
    const scaled = autoscaler({ spec: { scaleTargetRef: { name: 'other' }, minReplicas: 2, maxReplicas: 6 } });
    expect(replacing(spec({ replicas: 4 }), other, budget).evictions()).toBe(2);
    expect(replacing(spec({ replicas: 4 }), other, budget, scaled).evictions()).toBe(4);
    const huge = deployment({ metadata: { name: 'other' }, spec: { replicas: 2147483647 } });
    expect(replacing(spec({ replicas: 4 }), huge, budget).evictions()).toBe(4);
  });

  test('over the range of an autoscaler', () => {
    const objects = fleet(
      deployment(),
      disruptionBudget({ spec: { maxUnavailable: undefined, minAvailable: 3 } }),
      autoscaler(),
    );
    const [workload] = objects.workloads;
    const [budget] = objects.disruptionBudgets;
    if (!workload || !budget) throw new Error('both are there');
    expect(new Assessment(workload).replacement.evictionsOverRange(budget)).toMatchObject({
      least: 0,
      leastAt: 3,
      most: 7,
      mostAt: 10,
      blocksForEver: true,
    });
    const unreadable = fleet(deployment(), disruptionBudget({ spec: { maxUnavailable: 'x' } })).disruptionBudgets[0];
    expect(unreadable && new Assessment(workload).replacement.evictionsOverRange(unreadable)).toBeUndefined();
  });
});

describe('headroom', () => {
  test('rollout and evictions do not add up', () => {
    const replacement = replacing(
      spec({ replicas: 4, strategy: { rollingUpdate: { maxUnavailable: 1 } } }),
      disruptionBudget({ spec: { maxUnavailable: 2 } }),
    );
    expect(replacement.headroom()).toMatchObject({
      ok: false,
      lowest: 2,
      sum: '4 replicas - max(rollout 1, evictions 2) = 2, required 3',
    });
    expect(replacement.headroom(5)).toMatchObject({ ok: true, lowest: 3 });
  });

  test('without a budget only the rollout is counted', () => {
    expect(rolling({ maxUnavailable: 1 }).headroom()).toMatchObject({
      ok: true,
      sum: '4 replicas - max(rollout 1, evictions 0) = 3, required 3',
    });
  });
});

describe('limitsOf', () => {
  test.each([
    [{ minAvailable: 1 }, { minAvailable: 1 }],
    [{ maxUnavailable: '10%' }, { maxUnavailable: '10%' }],
    [{ minAvailable: null, maxUnavailable: 0 }, { maxUnavailable: 0 }],
    [{}, {}],
    [{ minAvailable: 1, maxUnavailable: 1 }, undefined],
    [{ minAvailable: 'x', maxUnavailable: 1 }, undefined],
    [{ minAvailable: '3' }, undefined],
    [{ maxUnavailable: 1.5 }, undefined],
  ])('%j', (given, limits) => {
    const [budget] = fleet(disruptionBudget({ spec: { maxUnavailable: undefined, ...given } })).disruptionBudgets;
    expect(budget && limitsOf(budget)).toEqual(limits);
  });
});

test.each([
  [{ minAvailable: '90%' }, 5, 'minAvailable 90% of 5 rounds up to 5: 5 - 5 = 0 evictions allowed'],
  [{ minAvailable: '80%' }, 5, 'minAvailable 80% of 5 is 4: 5 - 4 = 1 eviction allowed'],
  [{ minAvailable: 3 }, 5, 'minAvailable 3 of 5: 5 - 3 = 2 evictions allowed'],
  [{ minAvailable: 6 }, 5, 'minAvailable 6 of 5: 5 - 6 is below 0, so 0 evictions allowed'],
  [{ maxUnavailable: '25%' }, 5, 'maxUnavailable 25% of 5 rounds up to 2: 2 evictions allowed'],
  [{ maxUnavailable: 1 }, 5, 'maxUnavailable 1 of 5: 1 eviction allowed'],
  [{}, 5, 'neither minAvailable nor maxUnavailable: 0 evictions allowed'],
])('evictionSum of %j at %d replicas', (limits, replicas, sum) => {
  expect(evictionSum(limits, replicas)).toBe(sum);
});
