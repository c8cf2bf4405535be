import { type Fleet, fleetOf } from '../../src/manifest/fleet';
import type { JsonObject } from '../../src/manifest/json';
import { deployment, disruptionBudget, merged, service } from '../rules/cases/manifests';

const fleet = (...objects: readonly JsonObject[]): Fleet => fleetOf(objects.map((json) => ({ json })));
const of = (apiVersion: string, kind: string, spec: JsonObject, metadata: JsonObject = {}): JsonObject => ({
  apiVersion,
  kind,
  metadata: { namespace: 'shop', name: 'orders', ...metadata },
  spec,
});
const only = <T>(list: readonly T[] | undefined): T => {
  expect(list).toHaveLength(1);
  return (list as readonly T[])[0] as T;
};

describe('Service', () => {
  test('with nothing written', () => {
    expect(only(fleet(service()).services)).toMatchObject({
      type: 'ClusterIP',
      isHeadless: false,
      publishNotReadyAddresses: false,
      sessionAffinity: 'None',
      externalTrafficPolicy: 'Cluster',
      annotations: {},
      ports: [{ port: 80 }],
    });
  });

  test('with everything written', () => {
    const spec = {
      type: 'LoadBalancer',
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      sessionAffinity: 'ClientIP',
      externalTrafficPolicy: 'Local',
    };
    expect(only(fleet(service({ metadata: { annotations: { a: 'b' } }, spec })).services)).toMatchObject({
      type: 'LoadBalancer',
      isHeadless: true,
      publishNotReadyAddresses: true,
      sessionAffinity: 'ClientIP',
      externalTrafficPolicy: 'Local',
      annotations: { a: 'b' },
    });
  });

  test('knows its workloads', () => {
    const { services, workloads } = fleet(service(), deployment());
    expect(only(services).workloads).toEqual(workloads);
  });
});

describe('what sends requests to a Service', () => {
  const backend = { service: { name: 'orders', port: { number: 80 } } };

  test.each([
    ['a rule', { ingressClassName: 'nginx', rules: [{ http: { paths: [{ backend }, { backend }] } }] }],
    ['the default backend', { ingressClassName: 'nginx', defaultBackend: backend }],
    ['a backend of the old form', { ingressClassName: 'nginx', backend: { serviceName: 'orders', servicePort: 80 } }],
  ])('an Ingress by %s', (_, spec) => {
    const { ingresses, workloads, services } = fleet(
      of('networking.k8s.io/v1', 'Ingress', spec),
      service(),
      deployment(),
    );
    expect(only(ingresses)).toMatchObject({ className: 'nginx', backendNames: ['orders'], services });
    expect(only(workloads).ingresses).toEqual(ingresses);
  });

  test('an Ingress of another namespace, and one of something else', () => {
    const spec = { defaultBackend: backend };
    const other = of('networking.k8s.io/v1', 'Ingress', spec, { namespace: 'billing' });
    const resource = of('networking.k8s.io/v1', 'Ingress', { defaultBackend: { resource: { kind: 'Bucket' } } });
    expect(only(fleet(other, resource, service(), deployment()).workloads).ingresses).toEqual([]);
  });

  test('the class of an Ingress may be an annotation', () => {
    const annotations = { 'kubernetes.io/ingress.class': 'alb' };
    expect(only(fleet(of('extensions/v1beta1', 'Ingress', {}, { annotations })).ingresses).className).toBe('alb');
  });

  test.each([
    ['HTTPRoute', 'v1', {}, 1],
    ['GRPCRoute', 'v1', {}, 1],
    ['TCPRoute', 'v1alpha2', {}, 1],
    ['HTTPRoute', 'v1', { namespace: 'shop' }, 1],
    ['HTTPRoute', 'v1', { namespace: 'billing' }, 0],
    ['HTTPRoute', 'v1', { kind: 'InferencePool' }, 0],
    ['HTTPRoute', 'v1', { name: undefined }, 0],
  ])('%s %s %j', (kind, version, reference, count) => {
    const backendRefs = [
      { name: 'orders', port: 80, ...reference },
      { name: 'orders', port: 81, ...reference },
    ];
    const route = of(`gateway.networking.k8s.io/${version}`, kind, { rules: [{ backendRefs }] });
    expect(only(fleet(route, service(), deployment()).workloads).routes).toHaveLength(count);
  });
});

describe('autoscalers', () => {
  const targets = (apiVersion: string, kind: string, spec: JsonObject) =>
    only(
      fleet(of(apiVersion, kind, { scaleTargetRef: { kind: 'Deployment', name: 'orders' }, ...spec }), deployment())
        .workloads,
    );

  test.each(['v2', 'v1', 'v2beta2', 'v2beta1'])('HorizontalPodAutoscaler of autoscaling/%s', (version) => {
    const workload = targets(`autoscaling/${version}`, 'HorizontalPodAutoscaler', { minReplicas: 2, maxReplicas: 6 });
    expect(workload).toMatchObject({ leastReplicas: 2, mostReplicas: 6 });
  });

  test('ScaledObject of KEDA: none to 100 replicas unless it says otherwise, of a Deployment', () => {
    const behavior = { scaleDown: { selectPolicy: 'Disabled' } };
    expect(targets('keda.sh/v1alpha1', 'ScaledObject', { scaleTargetRef: { name: 'orders' } })).toMatchObject({
      leastReplicas: 0,
      mostReplicas: 100,
    });
    const advanced = { horizontalPodAutoscalerConfig: { behavior } };
    expect(
      targets('keda.sh/v1alpha1', 'ScaledObject', { minReplicaCount: 2, maxReplicaCount: 7, advanced }),
    ).toMatchObject({
      leastReplicas: 2,
      mostReplicas: 7,
      autoscalers: [{ behavior }],
    });
  });
});

describe('a PodDisruptionBudget of policy/v1beta1', () => {
  const selected = (selector: JsonObject) => {
    const budget = merged(disruptionBudget({ apiVersion: 'policy/v1beta1' }), { spec: { selector: undefined } });
    const spec = { ...(budget.spec as JsonObject), selector };
    return only(fleet(deployment(), { ...budget, spec }).workloads).disruptionBudgets.length;
  };

  test('selects nothing with an empty selector, and the rest as policy/v1 does', () => {
    expect(selected({})).toBe(0);
    expect(selected({ matchLabels: {} })).toBe(0);
    expect(selected({ matchLabels: { app: 'orders' } })).toBe(1);
    expect(selected({ matchExpressions: [{ key: 'app', operator: 'Exists' }] })).toBe(1);
  });
});

test('claims: those of volumes by name, and the templates of a StatefulSet', () => {
  const volumes = [
    { name: 'a', persistentVolumeClaim: { claimName: 'data' } },
    { name: 'b', emptyDir: {} },
  ];
  const claim = of(
    'v1',
    'PersistentVolumeClaim',
    { accessModes: ['ReadWriteOnce'], storageClassName: 'fast' },
    { name: 'data' },
  );
  const mounting = deployment({ spec: { template: { spec: { volumes } } } });
  expect(only(only(fleet(mounting, claim).workloads).claims)).toMatchObject({
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'fast',
  });
  const volumeClaimTemplates = [{ metadata: { name: 'a' }, spec: { accessModes: ['ReadWriteMany'] } }, {}];
  const set = deployment({ kind: 'StatefulSet', spec: { volumeClaimTemplates } });
  expect(only(fleet(set).workloads).claims.map(({ accessModes }) => accessModes)).toEqual([['ReadWriteMany'], []]);
});

test('the namespace of a workload, and the pools of nodes', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { istio: 'on' } } };
  const template = { spec: { terminationGracePeriod: '48h', expireAfter: '720h' } };
  const { workloads, nodePools } = fleet(deployment(), namespace, of('karpenter.sh/v1', 'NodePool', { template }));
  expect(only(workloads).namespace?.labels).toEqual({ istio: 'on' });
  expect(only(nodePools)).toMatchObject({ terminationGracePeriod: '48h', expireAfter: '720h' });
});

describe('what another object of the input owns is judged through it', () => {
  const owned = (kind: string, name: string, owner: JsonObject, labels: JsonObject = {}) =>
    merged(deployment({ apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1', kind }), {
      metadata: { name, ownerReferences: [owner], labels },
    });
  const kinds = (...objects: readonly JsonObject[]) => fleet(...objects).workloads.map(({ ref }) => ref.kind);
  const replicaSet = owned('ReplicaSet', 'orders-7f9c', { kind: 'Deployment', name: 'orders' });
  const pod = owned(
    'Pod',
    'orders-7f9c-x',
    { kind: 'ReplicaSet', name: 'orders-7f9c' },
    { 'pod-template-hash': '7f9c' },
  );

  test('its ReplicaSet and its pods', () => {
    expect(kinds(deployment(), replicaSet, pod)).toEqual(['Deployment']);
    expect(kinds(deployment(), pod)).toEqual(['Deployment']);
  });

  test('but not what something else owns', () => {
    expect(kinds(replicaSet)).toEqual(['ReplicaSet']);
    expect(kinds(pod)).toEqual(['Pod']);
    expect(kinds(deployment({ metadata: { namespace: 'billing' } }), replicaSet)).toEqual(['Deployment', 'ReplicaSet']);
  });
});
