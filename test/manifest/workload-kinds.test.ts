import { fleetOf } from '../../src/manifest/fleet';
import type { JsonObject } from '../../src/manifest/json';
import { workloadKinds } from '../../src/manifest/workload-kinds';
import { rules } from '../../src/rules';
import { judge } from '../../src/rules/judge';
import { container, disruptionBudget, service } from '../rules/cases/manifests';

const pod = (labels: JsonObject = { app: 'orders' }, spec: JsonObject = {}) => ({
  metadata: { labels },
  spec: { terminationGracePeriodSeconds: 45, containers: [container()], ...spec },
});
const metadata = { namespace: 'shop', name: 'orders' };

const OBJECTS: Readonly<Record<string, JsonObject>> = {
  Deployment: { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 3, template: pod() } },
  StatefulSet: { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { replicas: 3, template: pod() } },
  DaemonSet: { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec: { template: pod() } },
  ReplicaSet: { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata, spec: { replicas: 3, template: pod() } },
  Pod: { apiVersion: 'v1', kind: 'Pod', ...pod(), metadata: { ...metadata, labels: { app: 'orders' } } },
  Job: { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: pod() } },
  CronJob: { apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec: { jobTemplate: { spec: { template: pod() } } } },
  LeaderWorkerSet: {
    apiVersion: 'leaderworkerset.x-k8s.io/v1',
    kind: 'LeaderWorkerSet',
    metadata,
    spec: { replicas: 3, leaderWorkerTemplate: { size: 4, leaderTemplate: pod(), workerTemplate: pod({}) } },
  },
  Rollout: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata, spec: { replicas: 3, template: pod() } },
  Service: {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata,
    spec: { template: pod(undefined, { timeoutSeconds: 45 }) },
  },
  InferenceService: {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata,
    spec: {
      predictor: { minReplicas: 2, maxReplicas: 5, ...pod().spec },
      transformer: { minReplicas: 1, ...pod().spec },
    },
  },
  LLMInferenceService: {
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'LLMInferenceService',
    metadata,
    spec: { replicas: 3, template: pod().spec, worker: pod().spec, prefill: { replicas: 2, template: pod().spec } },
  },
};

const workloadsOf = (...objects: readonly JsonObject[]) => fleetOf(objects.map((json) => ({ json }))).workloads;

test('each kind has an object here', () => {
  expect(Object.keys(OBJECTS)).toEqual(workloadKinds.map(({ name }) => name));
});

describe.each(Object.entries(OBJECTS))('%s', (name, object) => {
  test('is read, and its containers are found', () => {
    const workloads = workloadsOf(object);
    expect(workloads.length).toBeGreaterThan(0);
    for (const { kind, pod: template } of workloads) {
      expect(kind.name).toBe(name);
      expect(template).toMatchObject({ graceSeconds: 45, containers: [{ name: 'main' }] });
    }
  });

  test('its fields have the path from the root', () => {
    for (const workload of workloadsOf(object)) {
      const path = workload.podField('spec.terminationGracePeriodSeconds').split('.');
      expect(path.reduce<any>((value, key) => value?.[key], object)).toBe(45);
    }
  });

  test('every rule has an answer, and none speaks of what the kind does not have', () => {
    const { findings } = judge([object, service(), disruptionBudget()].map((json) => ({ json })));
    const text = findings.map(({ rule, message, fix }) => `${rule} ${message} ${fix}`).join('\n');
    expect(text).not.toMatch(/undefined|NaN/);
    if (name !== 'Deployment') expect(text).not.toMatch(/maxSurge|progressDeadline|strategy/);
    if (!workloadsOf(object)[0]?.scales) expect(text).not.toMatch(/replica|pdb-missing|evict/i);
  });
});

describe('how many pods there are', () => {
  test.each([
    ['Deployment', [[3, 3]]],
    ['StatefulSet', [[3, 3]]],
    ['DaemonSet', [[1, 1]]],
    ['Pod', [[1, 1]]],
    [
      'LeaderWorkerSet',
      [
        [3, 3],
        [9, 9],
      ],
    ],
    [
      'InferenceService',
      [
        [2, 5],
        [1, 1],
      ],
    ],
    [
      'LLMInferenceService',
      [
        [3, 3],
        [3, 3],
        [2, 2],
      ],
    ],
  ])('%s', (name, counts) => {
    const workloads = workloadsOf(OBJECTS[name] as JsonObject);
    expect(workloads.map(({ leastReplicas, mostReplicas }) => [leastReplicas, mostReplicas])).toEqual(counts);
  });

  test('without a template for the leader, its pod is made from that of the workers', () => {
    const set = structuredClone(OBJECTS.LeaderWorkerSet) as any;
    delete set.spec.leaderWorkerTemplate.leaderTemplate;
    expect(workloadsOf(set)).toMatchObject([{ place: { role: 'leader' }, leastReplicas: 3, scales: true }]);
  });
});

describe('labels that a controller adds', () => {
  test.each([
    [
      'LeaderWorkerSet',
      { 'leaderworkerset.sigs.k8s.io/name': 'orders', 'leaderworkerset.sigs.k8s.io/worker-index': '0' },
      1,
    ],
    ['LeaderWorkerSet', { 'leaderworkerset.sigs.k8s.io/name': 'orders' }, 2],
    ['InferenceService', { 'serving.kserve.io/inferenceservice': 'orders' }, 2],
    ['Job', { 'batch.kubernetes.io/job-name': 'orders' }, 1],
    ['Deployment', { 'leaderworkerset.sigs.k8s.io/name': 'orders' }, 0],
  ])('%s is selected by %j', (name, selector, count) => {
    const workloads = workloadsOf(
      OBJECTS[name] as JsonObject,
      service({ spec: { selector: { app: undefined, ...selector } } }),
    );
    expect(workloads.filter(({ services }) => services.length > 0)).toHaveLength(count);
  });
});

describe('several templates of one object', () => {
  const stating = (annotations: JsonObject) => ({ ...OBJECTS.LeaderWorkerSet, metadata: { ...metadata, annotations } });

  test('what is acknowledged on it holds for all of them', () => {
    const set = stating({ 'cdk8s-graceful/acknowledge.grace-zero': 'the leader may be killed' }) as any;
    set.spec = structuredClone(set.spec);
    set.spec.leaderWorkerTemplate.leaderTemplate.spec.terminationGracePeriodSeconds = 0;
    const { findings } = judge([{ json: set }]);
    expect(findings.filter(({ rule }) => rule === 'grace-zero')).toMatchObject([{ severity: 'acknowledged' }]);
    expect(findings.map(({ rule }) => rule)).not.toContain('acknowledgement-unused');
  });

  test('what is said of the object is said once', () => {
    const { findings } = judge([{ json: stating({ 'cdk8s-graceful/no-such-key': 'x' }) }]);
    expect(findings.filter(({ rule }) => rule === 'intent-unreadable')).toHaveLength(1);
  });
});

test('rules about rollouts have no answer for a kind that has none', () => {
  const rollouts = rules.filter(({ id }) => /^(rollout|recreate|progress)/.test(id));
  expect(rollouts).toHaveLength(4);
  for (const name of ['DaemonSet', 'Pod', 'Job', 'CronJob', 'ReplicaSet', 'Rollout']) {
    const ids = judge([{ json: OBJECTS[name] as JsonObject }]).findings.map(({ rule }) => rule);
    expect(ids.filter((id) => rollouts.some((rule) => rule.id === id))).toEqual([]);
  }
});
