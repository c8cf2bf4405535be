import { fleetOf, type Workload } from '../../src/manifest/fleet';
import { inferredNodes } from '../../src/manifest/node-inference';
import { nodesOf } from '../../src/manifest/traffic-view';
import { deployment, merged } from '../rules/cases/manifests';

const placed = (pod: object, ...others: object[]) =>
  fleetOf(
    [merged(deployment(), { spec: { template: { spec: { ...pod } } } }), ...others].map((json) => ({
      json: json as never,
    })),
  ).workloads[0] as Workload;
const affinity = (...terms: object[]) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
});
const inTerm = (key: string, ...values: string[]) => ({ matchExpressions: [{ key, operator: 'In', values }] });
const POOL = {
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name: 'gpu' },
  spec: { template: { spec: { terminationGracePeriod: '1h30m' } } },
};
const CAPACITY = 'karpenter.sh/capacity-type';

test.each<[string, object, readonly unknown[]]>([
  ['no placement', {}, []],
  ['a label that says nothing of it', { nodeSelector: { 'kubernetes.io/os': 'linux' } }, []],
  [
    'GKE',
    { nodeSelector: { 'cloud.google.com/gke-spot': 'true' } },
    [{ id: 'gke-spot', knownBy: 'cloud.google.com/gke-spot: true is required' }],
  ],
  ['EKS', { nodeSelector: { 'eks.amazonaws.com/capacityType': 'SPOT' } }, [{ id: 'aws-spot' }]],
  ['EKS on demand', { nodeSelector: { 'eks.amazonaws.com/capacityType': 'ON_DEMAND' } }, []],
  ['AKS', affinity(inTerm('kubernetes.azure.com/scalesetpriority', 'spot')), [{ id: 'aks-spot' }]],
  ['Karpenter', affinity(inTerm(CAPACITY, 'spot')), [{ id: 'aws-spot' }]],
  [
    'Karpenter on Azure',
    { nodeSelector: { [CAPACITY]: 'spot', 'karpenter.azure.com/sku-family': 'D' } },
    [{ id: 'aks-spot' }],
  ],
  ['either kind', affinity(inTerm(CAPACITY, 'spot', 'on-demand')), []],
  ['one of two terms', affinity(inTerm(CAPACITY, 'spot'), inTerm('zone', 'a')), []],
  [
    'a toleration',
    { tolerations: [{ key: 'cloud.google.com/gke-spot', operator: 'Exists' }] },
    [{ id: 'gke-spot', possible: true }],
  ],
  ['a toleration of another value', { tolerations: [{ key: CAPACITY, value: 'reserved' }] }, []],
])('%s', (_, pod, expected) => {
  expect(inferredNodes(placed(pod))).toMatchObject(expected);
});

test('the limit of the NodePool that the pods ask for', () => {
  const pod = { nodeSelector: { 'karpenter.sh/nodepool': 'gpu' } };
  expect(inferredNodes(placed(pod, POOL))).toMatchObject([{ id: 'karpenter', noticeSeconds: 5400 }]);
  expect(inferredNodes(placed(pod))).toEqual([]);
});

test('what is stated counts alone; where nothing is shown, the nodes are on demand', () => {
  expect(nodesOf(placed({})).map(({ id }) => id)).toEqual(['on-demand']);
  const spot = placed({ nodeSelector: { 'cloud.google.com/gke-spot': 'true' } });
  Object.assign(spot.intent, { nodeLifecycles: [{ id: 'on-demand' }] });
  expect(nodesOf(spot).map(({ id }) => id)).toEqual(['on-demand']);
});
