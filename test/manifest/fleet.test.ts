import { Autoscaler, type Fleet, fleetOf, isKubernetesObject, type Workload } from '../../src/manifest/fleet';
import type { JsonObject } from '../../src/manifest/json';
import { autoscaler, type Changes, deployment, disruptionBudget, service } from '../rules/cases/manifests';

const fleet = (...objects: readonly unknown[]): Fleet => fleetOf(objects.map((json) => ({ json: json as JsonObject })));

function only(...objects: readonly JsonObject[]): Workload {
  const { workloads } = fleet(...objects);
  expect(workloads).toHaveLength(1);
  return workloads[0] as Workload;
}

const LABELS = { app: 'orders' };

const at = (namespace: string | null | undefined, changes: Changes = {}) => ({ metadata: { namespace }, ...changes });

describe('a workload is matched with what bears on it', () => {
  test('Service, PodDisruptionBudget and autoscaler', () => {
    const { workloads, disruptionBudgets } = fleet(service(), deployment(), autoscaler(), disruptionBudget());
    const [workload] = workloads;
    expect(workload?.services.map(({ ref }) => ref.name)).toEqual(['orders']);
    expect(workload?.disruptionBudgets).toEqual(disruptionBudgets);
    expect(workload?.autoscalers).toHaveLength(1);
    expect(disruptionBudgets[0]?.workloads).toEqual(workloads);
  });

  test.each([
    ['the same one', 'shop', 'shop', true],
    ['another one', 'shop', 'billing', false],
    ['none in both', undefined, undefined, true],
    ['none is default', undefined, 'default', true],
    ['default is none', 'default', null, true],
    ['none and another', undefined, 'shop', false],
  ])('namespace: %s', (_, one, other, matched) => {
    const companions = [service(at(other)), disruptionBudget(at(other)), autoscaler(at(other))];
    const workload = only(deployment(at(one)), ...companions);
    const counts = [workload.services, workload.disruptionBudgets, workload.autoscalers].map(({ length }) => length);
    expect(counts).toEqual(matched ? [1, 1, 1] : [0, 0, 0]);
  });

  test.each([
    ['labels of another', { matchLabels: { app: 'billing' } }, 0],
    ['one label that fits and one that does not', { matchLabels: { app: 'orders', tier: 'web' } }, 0],
    [
      'an expression',
      { matchLabels: undefined, matchExpressions: [{ key: 'app', operator: 'In', values: ['orders'] }] },
      1,
    ],
    ['an expression that does not hold', { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, 0],
    [
      'an expression without labels',
      { matchLabels: undefined, matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] },
      1,
    ],
    ['everything', { matchLabels: undefined }, 1],
  ])('a PodDisruptionBudget selects %s', (_, selector, count) => {
    expect(only(deployment(), disruptionBudget({ spec: { selector } })).disruptionBudgets).toHaveLength(count);
  });

  test('a Service leads to no test of the chart', () => {
    const annotations = { 'helm.sh/hook': 'test' };
    const hook = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'shop', name: 'test', labels: LABELS, annotations },
    };
    const pod = { ...hook, metadata: { ...hook.metadata, annotations: {} } };
    expect(only(hook, service()).services).toEqual([]);
    expect(only(hook, service()).servesRequests).toBe(false);
    expect(only(pod, service()).services).toHaveLength(1);
  });

  test('a PodDisruptionBudget without a selector selects nothing', () => {
    const { workloads, disruptionBudgets } = fleet(deployment(), disruptionBudget({ spec: { selector: undefined } }));
    expect(workloads[0]?.disruptionBudgets).toEqual([]);
    expect(disruptionBudgets[0]).toMatchObject({ workloads: [], selector: undefined });
  });

  test('a Service without a selector selects nothing', () => {
    expect(only(deployment(), service({ spec: { selector: undefined } })).services).toEqual([]);
    expect(only(deployment(), service({ spec: { selector: { app: undefined } } })).services).toEqual([]);
  });

  test('the selector is held against the labels of the pods, not of the workload', () => {
    const labels = {
      metadata: { labels: { app: 'orders' } },
      spec: { template: { metadata: { labels: { app: 'other' } } } },
    };
    expect(only(deployment(labels), service()).services).toEqual([]);
  });

  test('an autoscaler goes by kind and name', () => {
    const targets = (scaleTargetRef: Changes) =>
      only(deployment(), autoscaler({ spec: { scaleTargetRef } })).autoscalers.length;
    expect(targets({})).toBe(1);
    expect(targets({ name: 'billing' })).toBe(0);
    expect(targets({ kind: 'StatefulSet' })).toBe(0);
    expect(targets({ name: undefined })).toBe(0);
    expect(only(deployment(), autoscaler({ apiVersion: 'autoscaling/v1' })).autoscalers).toHaveLength(1);
    expect(only(deployment(), autoscaler({ apiVersion: 'autoscaling.k8s.io/v1' })).autoscalers).toHaveLength(0);
  });

  test('two PodDisruptionBudgets on one workload, and one on two workloads', () => {
    const second = disruptionBudget({ metadata: { name: 'all' }, spec: { selector: { matchLabels: undefined } } });
    const reports = { metadata: { name: 'reports' }, spec: { template: { metadata: { labels: { app: 'reports' } } } } };
    const { workloads, disruptionBudgets } = fleet(deployment(), deployment(reports), disruptionBudget(), second);
    const names = (list: readonly { ref: { name: string } }[] | undefined) => list?.map(({ ref }) => ref.name);
    expect(workloads.map((workload) => names(workload.disruptionBudgets))).toEqual([['orders', 'all'], ['all']]);
    expect(disruptionBudgets.map((budget) => names(budget.workloads))).toEqual([['orders'], ['orders', 'reports']]);
  });

  test('among many workloads each finds its own', () => {
    const names = Array.from({ length: 50 }, (_, index) => `app-${index}`);
    const labelled = (name: string) => ({ labels: { app: name, team: 'shop' } });
    const workloads = names.map((name) =>
      deployment({ metadata: { name }, spec: { template: { metadata: labelled(name) } } }),
    );
    const services = names.map((name) =>
      service({ metadata: { name }, spec: { selector: { team: 'shop', app: name } } }),
    );
    for (const workload of fleet(...workloads, ...services).workloads) {
      expect(workload.services.map(({ ref }) => ref.name)).toEqual([workload.ref.name]);
    }
  });
});

describe('Workload', () => {
  test.each([
    ['replicas as written', 3, undefined, 3, 3, 3],
    ['none', 0, undefined, 0, 0, 0],
    ['absent is 1', undefined, undefined, undefined, 1, 1],
    ['no number', '3', undefined, undefined, 1, 1],
    ['the autoscaler counts', 5, { minReplicas: 2, maxReplicas: 8 }, 5, 2, 8],
    ['an autoscaler has at least 1', undefined, { minReplicas: undefined, maxReplicas: 8 }, undefined, 1, 8],
    ['an autoscaler with its bounds swapped', undefined, { minReplicas: 9, maxReplicas: 4 }, undefined, 9, 9],
    ['an autoscaler without a bound', undefined, { minReplicas: 2, maxReplicas: null }, undefined, 2, 2],
  ])('%s', (_, written, bounds, replicas, leastReplicas, mostReplicas) => {
    const objects = [deployment({ spec: { replicas: written } }), ...(bounds ? [autoscaler({ spec: bounds })] : [])];
    expect(only(...objects)).toMatchObject({ replicas, leastReplicas, mostReplicas });
  });

  test('of several autoscalers the widest range counts', () => {
    const other = autoscaler({ metadata: { name: 'other' }, spec: { minReplicas: 1, maxReplicas: 4 } });
    expect(only(deployment(), autoscaler(), other)).toMatchObject({ leastReplicas: 1, mostReplicas: 10 });
  });

  test('reads its spec, its intent and what is wrong with that', () => {
    const workload = only(deployment({ metadata: { annotations: { 'cdk8s-graceful/margin': 'much' } } }));
    expect(workload.spec('strategy', 'type')).toBe('RollingUpdate');
    expect(workload.spec('nothing', 'there')).toBeUndefined();
    expect(workload.intent.longestRequestSeconds).toBe(30);
    expect(workload.intentProblems).toEqual([
      { key: 'cdk8s-graceful/margin', reason: expect.stringContaining("'much'") },
    ]);
  });

  test('keeps where it came from', () => {
    const { workloads } = fleetOf([{ json: deployment(), origin: 'shop.yaml:3' }]);
    expect(workloads[0]?.source).toEqual({ json: deployment(), origin: 'shop.yaml:3' });
  });
});

describe('what is read of the others', () => {
  test('PodDisruptionBudget', () => {
    const { disruptionBudgets } = fleet(disruptionBudget({ spec: { minAvailable: '50%', maxUnavailable: null } }));
    expect(disruptionBudgets[0]).toMatchObject({
      minAvailable: '50%',
      maxUnavailable: null,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: { app: 'orders' } },
      ref: { kind: 'PodDisruptionBudget', namespace: 'shop', name: 'orders' },
    });
  });

  test('autoscaler', () => {
    const { behavior } = new Autoscaler({ json: autoscaler() });
    expect(behavior).toHaveProperty(['scaleDown', 'stabilizationWindowSeconds'], 300);
    expect(new Autoscaler({ json: {} })).toMatchObject({ minReplicas: 1, maxReplicas: 1, behavior: undefined });
  });
});

describe('what is no workload', () => {
  test.each([
    ['another kind', { apiVersion: 'v1', kind: 'Secret' }],
    ['an old version', { apiVersion: 'extensions/v1beta1', kind: 'Deployment' }],
    ['a List', { apiVersion: 'v1', kind: 'List', items: [deployment()] }],
    ['no kind', { apiVersion: 'apps/v1' }],
    ['nothing', {}],
    ['null', null],
    ['a text', 'apps/v1 Deployment'],
    ['a list', [deployment()]],
  ])('%s', (_, json) => {
    for (const found of Object.values(fleet(json))) expect(found).toEqual([]);
  });

  test('objects without metadata or spec never throw, and match nothing but one another', () => {
    const bare = [
      'apps/v1 Deployment',
      'v1 Service',
      'policy/v1 PodDisruptionBudget',
      'autoscaling/v2 HorizontalPodAutoscaler',
    ];
    for (const spec of [undefined, null, 'x', []]) {
      const objects = bare.map((text) => ({
        apiVersion: text.split(' ')[0],
        kind: text.split(' ')[1],
        metadata: null,
        spec,
      }));
      const { workloads, disruptionBudgets } = fleet(...objects);
      expect(workloads[0]).toMatchObject({ services: [], disruptionBudgets: [], autoscalers: [], leastReplicas: 1 });
      expect(workloads[0]?.pod).toMatchObject({ containers: [], sidecars: [], labels: {} });
      expect(disruptionBudgets).toHaveLength(1);
    }
  });
});

describe('isKubernetesObject', () => {
  test.each([
    [{ apiVersion: 'v1', kind: 'Service' }, true],
    [{ apiVersion: 'v1' }, false],
    [{ kind: 'Service' }, false],
    [{ apiVersion: 1, kind: 'Service' }, false],
    [[], false],
    [null, false],
    ['v1', false],
  ])('%j: %p', (value, expected) => {
    expect(isKubernetesObject(value)).toBe(expected);
  });
});
