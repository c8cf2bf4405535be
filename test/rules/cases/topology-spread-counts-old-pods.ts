import { type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf, merged, statefulSet } from './manifests';

const SPREAD = {
  maxSkew: 1,
  topologyKey: 'topology.kubernetes.io/zone',
  whenUnsatisfiable: 'DoNotSchedule',
  labelSelector: { matchLabels: { app: 'orders' } },
};
const spread = (constraint: Changes, changes: Changes = {}) =>
  deploymentOf({}, { topologySpreadConstraints: [{ ...SPREAD, ...constraint }] }, changes);

export const cases: RuleCases = {
  rule: 'topology-spread-counts-old-pods',
  violation: [
    withCompanions(
      'required, without matchLabelKeys',
      spread({}),
      'the spread over topology.kubernetes.io/zone is required and counts the old pods too',
      'add matchLabelKeys: [pod-template-hash]',
    ),
  ],
  pass: [
    withCompanions('by version', spread({ matchLabelKeys: ['pod-template-hash'] }), 'one version of the pods only'),
    withCompanions('preferred', spread({ whenUnsatisfiable: 'ScheduleAnyway' }), 'may be broken'),
    withCompanions(
      'an old pod goes first',
      spread({}, { spec: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } } }),
      'before the new one is placed',
    ),
  ],
  notApplicable: [
    withCompanions('no constraint', deployment(), 'no topology spread'),
    withCompanions(
      'a StatefulSet',
      merged(statefulSet(), { spec: { template: { spec: { topologySpreadConstraints: [SPREAD] } } } }),
      'no pod-template-hash',
    ),
    withCompanions(
      'a version without it',
      spread({}, { metadata: { annotations: { 'cdk8s-graceful/kubernetes-version': '1.26' } } }),
      'no matchLabelKeys',
    ),
  ],
};
