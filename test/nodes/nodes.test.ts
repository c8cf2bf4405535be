import { nodeLifecycle, nodeLifecycles } from '../../src/nodes';

test.each([
  ['on-demand', undefined],
  ['aws-spot', 100],
  ['gke-spot', 15],
  ['aks-spot', 20],
  ['cluster-autoscaler', 600],
  ['karpenter', undefined],
  ['eks-managed-node-group', 300],
  ['eks-fargate', undefined],
  ['kubelet-graceful-shutdown', 0],
])('%s gives %s s', (id, seconds) => {
  const lifecycle = nodeLifecycle(id);
  expect(lifecycle?.id).toBe(id);
  expect(lifecycle?.noticeSeconds?.value).toBe(seconds);
});

test('each has its own id, and no other is known', () => {
  expect(new Set(nodeLifecycles.map(({ id }) => id)).size).toBe(nodeLifecycles.length);
  expect(nodeLifecycle('custom')).toBeUndefined();
});
