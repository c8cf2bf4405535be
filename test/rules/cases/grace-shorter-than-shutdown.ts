import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentStating } from './manifests';

const grace = (seconds: number | undefined) =>
  deployment({ spec: { template: { spec: { terminationGracePeriodSeconds: seconds } } } });

export const cases: RuleCases = {
  rule: 'grace-shorter-than-shutdown',
  violation: [
    withCompanions(
      'the default of 30 s',
      grace(undefined),
      'terminationGracePeriodSeconds is 30 s (the default), the shutdown needs 45 s (15 s short)',
      'preStop delay 10 s + longest request 30 s + margin 5 s = 45 s',
    ),
    withCompanions('one second short', grace(44), '(1 s short)'),
    withCompanions('a longer margin', deploymentStating({ margin: '6s' }), 'margin 6 s = 46 s'),
  ],
  pass: [
    withCompanions('exactly enough', grace(45), '= 45 s, grace 45 s'),
    withCompanions('more than enough', grace(600), 'grace 600 s'),
  ],
  notApplicable: [],
  cannotJudge: [
    withCompanions(
      'no longest request',
      deploymentStating({ 'longest-request': undefined }),
      'the longest request is not known',
    ),
  ],
};
