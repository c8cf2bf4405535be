import { fleetOf, type Workload } from '../../src/manifest/fleet';
import type { JsonObject } from '../../src/manifest/json';
import { trafficOf } from '../../src/manifest/traffic-view';
import { deployment, merged, service } from '../rules/cases/manifests';

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
