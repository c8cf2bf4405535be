import { only, type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf } from './manifests';

const POOL = {
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name: 'gpu' },
  spec: { template: { spec: { taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }] } } },
};
const asking = (pod: object) => [deploymentOf({}, { nodeSelector: { 'karpenter.sh/nodepool': 'gpu' }, ...pod }), POOL];

export const cases: RuleCases = {
  rule: 'node-pool-taint-not-tolerated',
  violation: [
    only(
      'no toleration',
      asking({}),
      'the pods ask for NodePool gpu, whose nodes have the taint nvidia.com/gpu:NoSchedule, and do not tolerate it',
      'add a toleration of key nvidia.com/gpu',
    ),
    only('another value', asking({ tolerations: [{ key: 'nvidia.com/gpu', value: 'yes' }] }), 'do not tolerate it'),
  ],
  pass: [
    only('tolerated', asking({ tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }] }), 'the pods tolerate'),
    only('everything tolerated', asking({ tolerations: [{ operator: 'Exists' }] }), 'the pods tolerate'),
  ],
  notApplicable: [
    withCompanions('no NodePool', deployment(), 'no NodePool that was read'),
    only(
      'another pool',
      [deploymentOf({}, { nodeSelector: { 'karpenter.sh/nodepool': 'cpu' } }), POOL],
      'no NodePool that was read',
    ),
  ],
};
