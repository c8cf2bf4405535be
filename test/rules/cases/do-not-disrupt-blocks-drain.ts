import { type RuleCases, withCompanions } from './case';
import { type Changes, deployment, merged } from './manifests';

const annotated = (annotations: Changes, changes: Changes = {}) =>
  merged(deployment({ spec: { template: { metadata: { annotations } } } }), changes);
const KARPENTER = { 'karpenter.sh/do-not-disrupt': 'true' };

export const cases: RuleCases = {
  rule: 'do-not-disrupt-blocks-drain',
  violation: [
    withCompanions(
      'Karpenter',
      annotated(KARPENTER),
      'karpenter.sh/do-not-disrupt: "true" on pods that never end',
      'set terminationGracePeriod on the NodePool',
    ),
    withCompanions(
      'the Cluster Autoscaler',
      annotated({ 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' }),
      'never drained by the Cluster Autoscaler',
    ),
  ],
  pass: [
    withCompanions(
      'a limit of the NodePool',
      annotated(KARPENTER, { metadata: { annotations: { 'cdk8s-graceful/node-lifecycles': 'karpenter=3600s' } } }),
      'the NodePool ends the wait after 3600 s',
    ),
    withCompanions('a Job', annotated(KARPENTER, { apiVersion: 'batch/v1', kind: 'Job' }), 'ends by itself'),
  ],
  notApplicable: [
    withCompanions('no annotation', deployment(), 'no annotation holds'),
    withCompanions('for an hour', annotated({ 'karpenter.sh/do-not-disrupt': '1h' }), 'no annotation holds'),
  ],
};
