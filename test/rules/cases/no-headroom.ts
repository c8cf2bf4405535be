import { type Case, only, type RuleCases, withCompanions } from './case';
import { autoscaler, companions, deployment, deploymentOf, deploymentStating } from './manifests';

const warning = (example: Case): Case => ({ ...example, severity: 'warning' });
const needing = (required: string) => deploymentStating({ 'required-replicas': required });

export const cases: RuleCases = {
  rule: 'no-headroom',
  violation: [
    withCompanions(
      'all of them needed',
      needing('3'),
      'peak load needs 3 replicas and replicas is 3: none may be missing',
      'replicas 3 - required 3 = 0',
      'raise replicas to 4 or more',
    ),
    only("the autoscaler's minimum", [needing('3'), ...companions(), autoscaler()], 'raise minReplicas to 4'),
    warning(
      withCompanions(
        'a single replica',
        deployment({ spec: { replicas: 1 } }),
        'a single replica',
        'for 60 s',
        'raise replicas to 2',
      ),
    ),
    warning(
      only(
        'an autoscaler from one on',
        [
          deploymentStating({ 'cold-start': undefined }),
          ...companions(),
          autoscaler({ spec: { minReplicas: undefined } }),
        ],
        "a single replica (the autoscaler's minimum)",
      ),
    ),
  ],
  pass: [
    withCompanions('one more than needed', needing('2'), 'replicas 3 - required 2 = 1 may be missing'),
    withCompanions('nothing stated', deployment(), 'one of 3 replicas may be missing'),
    withCompanions(
      'a single one, and none needed',
      deploymentStating({ 'required-replicas': '0' }, { spec: { replicas: 1 } }),
      '= 1',
    ),
  ],
  notApplicable: [
    only('a worker', [deploymentOf({ ports: undefined })], 'nothing sends requests'),
    withCompanions('no replicas', deployment({ spec: { replicas: 0 } }), 'no replicas'),
  ],
};
