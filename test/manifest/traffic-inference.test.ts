import { fleetOf, type Workload } from '../../src/manifest/fleet';
import type { JsonObject } from '../../src/manifest/json';
import { reachedContainers } from '../../src/manifest/reached';
import { trafficOf } from '../../src/manifest/traffic-view';
import { type Changes, container, deployment, merged, service } from '../rules/cases/manifests';

function sources(objects: readonly JsonObject[], defaults = {}) {
  const [workload] = fleetOf(
    objects.map((json) => ({ json })),
    defaults,
  ).workloads as [Workload];
  return trafficOf(workload).sources.map(({ id, knownBy }) => (knownBy === undefined ? id : `${id}: ${knownBy}`));
}

const annotated = (annotations: object, spec: object = {}) =>
  service({ metadata: { annotations: { ...annotations } }, spec: { ...spec } });
const ingress = (annotations: object, ingressClassName?: string): JsonObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { namespace: 'shop', name: 'web', annotations },
  spec: { ingressClassName, rules: [{ http: { paths: [{ backend: { service: { name: 'orders' } } }] } }] },
});
const LOAD_BALANCER = { type: 'LoadBalancer' };
const NLB_TARGETS = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';
const ALB_TARGETS = 'alb.ingress.kubernetes.io/target-type';
const AWS = 'aws-load-balancer';

test.each<[string, readonly JsonObject[], readonly string[]]>([
  ['a Service', [service()], ['kube-proxy']],
  [
    'a network load balancer',
    [annotated({ [NLB_TARGETS]: 'ip' }, LOAD_BALANCER)],
    ['kube-proxy', `${AWS}: ${NLB_TARGETS}: ip on Service orders`],
  ],
  ['one with instances for targets', [annotated({ [NLB_TARGETS]: 'instance' }, LOAD_BALANCER)], ['kube-proxy']],
  ['the annotation on a ClusterIP', [annotated({ [NLB_TARGETS]: 'ip' })], ['kube-proxy']],
  [
    'an ALB',
    [service(), ingress({ [ALB_TARGETS]: 'ip' }, 'alb')],
    ['kube-proxy', `${AWS}: ${ALB_TARGETS}: ip on Ingress web`],
  ],
  ['an ALB with instances', [service(), ingress({}, 'alb')], ['kube-proxy']],
  [
    'ingress-nginx',
    [service(), ingress({ 'kubernetes.io/ingress.class': 'nginx' })],
    ['kube-proxy', 'ingress-nginx: class nginx of Ingress web'],
  ],
  ['another controller', [service(), ingress({}, 'traefik')], ['kube-proxy']],
  [
    'network endpoint groups',
    [annotated({ 'cloud.google.com/neg': '{"ingress": true}' })],
    ['kube-proxy', 'gke-neg: cloud.google.com/neg on Service orders'],
  ],
  ['none of them', [annotated({ 'cloud.google.com/neg': '{"ingress": false}' })], ['kube-proxy']],
])('%s', (_, objects, expected) => {
  expect(sources([deployment(), ...objects])).toEqual(expected);
});

test.each([
  ['Istio', { labels: { 'sidecar.istio.io/inject': 'true' } }, 'istio: sidecar.istio.io/inject: "true" on the pods'],
  [
    'Istio with an ordinary container',
    { annotations: { 'sidecar.istio.io/inject': 'true', 'sidecar.istio.io/nativeSidecar': 'false' } },
    'istio-injected: sidecar.istio.io/inject: "true" on the pods',
  ],
  ['Linkerd', { annotations: { 'linkerd.io/inject': 'ingress' } }, 'linkerd: linkerd.io/inject: ingress'],
])('%s, by its labels or annotations of the pods', (_, metadata, expected) => {
  const pods = merged(deployment(), { spec: { template: { metadata } } });
  expect(sources([pods, service()])).toEqual(['kube-proxy', expected]);
  const stated = `${expected.replace(/[-:].*/, '')}-injected`;
  expect(sources([pods, service()], { trafficSources: [{ id: stated }] })).toEqual([stated]);
});

describe('by the namespace', () => {
  const namespace = (metadata: Changes): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', ...metadata },
  });
  const injecting = (value: string) =>
    merged(deployment(), { spec: { template: { metadata: { labels: { 'sidecar.istio.io/inject': value } } } } });

  test.each<[string, JsonObject, Changes, readonly string[]]>([
    ['Istio', deployment(), { labels: { 'istio-injection': 'enabled' } }, ['istio: istio-injection: enabled']],
    ['a revision', deployment(), { labels: { 'istio.io/rev': 'canary' } }, ['istio: istio.io/rev: canary']],
    ['pods without', injecting('false'), { labels: { 'istio-injection': 'enabled' } }, []],
    ['a namespace without', injecting('true'), { labels: { 'istio-injection': 'disabled' } }, []],
    [
      'disabled before a revision',
      deployment(),
      { labels: { 'istio-injection': 'disabled', 'istio.io/rev': 'canary' } },
      [],
    ],
    ['the ambient mode', deployment(), { labels: { 'istio.io/dataplane-mode': 'ambient' } }, []],
    [
      'Linkerd with a native sidecar',
      deployment(),
      {
        annotations: {
          'linkerd.io/inject': 'enabled',
          'config.beta.linkerd.io/proxy-enable-native-sidecar': 'false',
        },
      },
      ['linkerd-injected: linkerd.io/inject: enabled'],
    ],
  ])('%s', (_, pods, metadata, expected) => {
    const mesh = expected.map((text) => (text.startsWith('istio') ? `${text} on namespace shop` : text));
    expect(sources([pods, service(), namespace(metadata)])).toEqual(['kube-proxy', ...mesh]);
  });
});

describe('an InferencePool', () => {
  const pool = (selector: Changes, apiVersion = 'inference.networking.k8s.io/v1'): JsonObject => ({
    apiVersion,
    kind: 'InferencePool',
    metadata: { name: 'llama', namespace: 'shop' },
    spec: { selector, targetPorts: [{ number: 8080 }] },
  });
  const known = 'inference-extension: InferencePool llama';

  test.each<[string, readonly JsonObject[], readonly string[]]>([
    ['alone', [pool({ matchLabels: { app: 'orders' } })], [known]],
    ['before v1', [pool({ app: 'orders' }, 'inference.networking.x-k8s.io/v1alpha2')], [known]],
    ['beside a Service', [pool({ matchLabels: { app: 'orders' } }), service()], ['kube-proxy', known]],
    ['of other pods', [pool({ matchLabels: { app: 'billing' } })], []],
  ])('%s', (_, objects, expected) => {
    expect(sources([deployment(), ...objects])).toEqual(expected);
  });

  test('sends requests for 5 s at least', () => {
    const { workloads } = fleetOf([deployment(), pool({ matchLabels: { app: 'orders' } })].map((json) => ({ json })));
    expect(workloads.map((workload) => trafficOf(workload).propagationSeconds)).toEqual([5]);
  });

  test('leads to the container with its port', () => {
    const containers = [container({ name: 'logs', ports: [] }), container()];
    const workload = deployment({ spec: { template: { spec: { containers } } } });
    const { workloads } = fleetOf([workload, pool({ matchLabels: { app: 'orders' } })].map((json) => ({ json })));
    expect(workloads.map((each) => reachedContainers(each).server?.name)).toEqual(['main']);
  });
});

test('what the manifests show is added to what is stated for the whole run', () => {
  const objects = [deployment(), annotated({ [NLB_TARGETS]: 'ip' }, LOAD_BALANCER)];
  expect(sources(objects, { trafficSources: [{ id: 'edge', propagationSeconds: 7 }] })).toEqual([
    'edge',
    `${AWS}: ${NLB_TARGETS}: ip on Service orders`,
  ]);
});

test('a Service without metadata is kube-proxy', () => {
  expect(sources([deployment({ metadata: { namespace: undefined } }), service({ metadata: undefined })])).toEqual([
    'kube-proxy',
  ]);
});
