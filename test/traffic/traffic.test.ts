import { trafficSource, trafficSources } from '../../src/traffic';

test.each([
  ['kube-proxy', 5],
  ['aws-load-balancer', 60],
  ['ingress-nginx', 10],
  ['cilium', 5],
  ['headless-dns', 35],
  ['envoy-gateway', 10],
  ['inference-extension', 30],
  ['aws-load-balancer-instance', 30],
  ['gke-neg', 60],
  ['istio', 15],
  ['istio-injected', 15],
  ['linkerd', 20],
  ['linkerd-injected', 20],
])('%s stops %i s after the deletion', (id, seconds) => {
  const source = trafficSource(id);
  expect(source?.id).toBe(id);
  expect(source?.propagationSeconds.value).toBe(seconds);
  expect(source?.follows.value).toBe('deletion');
});

test('each has its own id, and no other is known', () => {
  expect(new Set(trafficSources.map(({ id }) => id)).size).toBe(trafficSources.length);
  expect(trafficSource('custom')).toBeUndefined();
  expect(trafficSource('constructor')).toBeUndefined();
});

test.each([
  ['istio', { container: 'istio-proxy', native: true }, 5],
  ['istio-injected', { container: 'istio-proxy', native: false }, 5],
  ['linkerd', { container: 'linkerd-proxy', native: true }, 5],
  ['linkerd-injected', { container: 'linkerd-proxy', native: false }, 0],
])('%s brings its proxy %j, which drains for %i s', (id, proxy, seconds) => {
  const facts = trafficSource(id)?.proxy;
  expect(facts).toMatchObject(proxy);
  expect(facts?.drainSeconds.value).toBe(seconds);
  expect(facts?.staysBy === undefined).toBe(proxy.native);
});
