import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentStating } from './manifests';

const onTemplate = { spec: { template: { metadata: { annotations: { 'cdk8s-graceful/margin': '9s' } } } } };

export const cases: RuleCases = {
  rule: 'intent-unreadable',
  violation: [
    withCompanions(
      'a value that cannot be read',
      deploymentStating({ 'longest-request': '30 seconds' }),
      "annotation cdk8s-graceful/longest-request is not taken into account: '30 seconds' is not a duration in whole seconds",
    ),
    withCompanions(
      'a key that nobody knows',
      deploymentStating({ 'longest-requests': '30s' }),
      'cdk8s-graceful/longest-requests is not taken into account: no such key is known',
      'did you mean cdk8s-graceful/longest-request? correct the annotation',
    ),
    withCompanions(
      'every one of them',
      deploymentStating({ margin: '-1s', 'drain.proxy': 'soon' }),
      'cdk8s-graceful/margin',
      'cdk8s-graceful/drain.proxy',
    ),
    withCompanions(
      'a number without quotes',
      deployment({ metadata: { annotations: { 'cdk8s-graceful/required-replicas': 3 } } }),
      'put it in quotes',
    ),
    withCompanions(
      'on the pod template',
      deployment(onTemplate),
      'cdk8s-graceful/margin is not taken into account: it stands on the pod template',
    ),
  ],
  pass: [withCompanions('all can be read', deployment(), 'every annotation under cdk8s-graceful/ can be read')],
  notApplicable: [
    withCompanions('none', deployment({ metadata: { annotations: undefined } }), 'there is no annotation'),
    withCompanions('others', deployment({ metadata: { annotations: ['x'] } }), 'there is no annotation'),
  ],
};
