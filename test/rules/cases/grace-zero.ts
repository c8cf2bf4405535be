import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentStating } from './manifests';

const grace = (seconds: unknown) => ({ spec: { template: { spec: { terminationGracePeriodSeconds: seconds } } } });

export const cases: RuleCases = {
  rule: 'grace-zero',
  violation: [
    withCompanions(
      'zero',
      deployment(grace(0)),
      'terminationGracePeriodSeconds is 0 s, so the pod is killed without a drain',
      'preStop delay 10 s + longest request 30 s + margin 5 s = 45 s',
      'set terminationGracePeriod to 45 s or more',
    ),
    withCompanions('negative', deployment(grace(-1)), 'is -1 s, which is taken for 1 s'),
    withCompanions(
      'nothing stated',
      deploymentStating({ 'longest-request': undefined }, grace(0)),
      'to 30 s or more, as long as the shutdown needs',
    ),
  ],
  pass: [withCompanions('one second', deployment(grace(1)), 'is 1 s')],
  notApplicable: [
    withCompanions('not set', deployment(grace(undefined)), 'so it is 30 s'),
    withCompanions('a text, which the API server refuses', deployment(grace('0')), 'not set'),
  ],
};
