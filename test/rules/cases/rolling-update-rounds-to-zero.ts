import { type RuleCases, withCompanions } from './case';
import { type Changes, deployment, statefulSet } from './manifests';

const updating = (replicas: number, rollingUpdate: Changes) =>
  deployment({ spec: { replicas, strategy: { rollingUpdate } } });

export const cases: RuleCases = {
  rule: 'rolling-update-rounds-to-zero',
  violation: [
    withCompanions(
      'one replica, 25 % unavailable, no surge',
      updating(1, { maxSurge: 0, maxUnavailable: '25%' }),
      'both come to 0 of 1 pods, and then Kubernetes takes 1 unavailable: the only one',
      'maxUnavailable 25% of 1, rounded down, = 0',
    ),
    withCompanions(
      'both 0 as written',
      updating(3, { maxSurge: 0, maxUnavailable: 0 }),
      'which the API server refuses',
    ),
    withCompanions('10 % of 9', updating(9, { maxSurge: 0, maxUnavailable: '10%' }), 'come to 0 of 9 pods'),
  ],
  pass: [
    withCompanions('a surge of one', deployment(), '1 pod or more'),
    withCompanions('10 % of 10', updating(10, { maxSurge: 0, maxUnavailable: '10%' }), '1 pod or more'),
  ],
  notApplicable: [
    withCompanions('a StatefulSet', statefulSet(), 'only a Deployment'),
    withCompanions(
      'Recreate',
      deployment({ spec: { strategy: { type: 'Recreate', rollingUpdate: undefined } } }),
      'Recreate',
    ),
    withCompanions('no replicas', updating(0, { maxSurge: 0 }), 'no replicas'),
  ],
};
