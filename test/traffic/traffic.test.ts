import { trafficSource, trafficSources } from '../../src/traffic';

test.each([
  ['kube-proxy', 5],
  ['aws-load-balancer', 60],
  ['gke-neg', 40],
  ['ingress-nginx', 10],
  ['istio', 10],
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
