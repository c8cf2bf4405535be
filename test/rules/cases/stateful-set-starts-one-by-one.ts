import { type RuleCases, withCompanions } from './case';
import { deployment, silent, statefulSet } from './manifests';

export const cases: RuleCases = {
  rule: 'stateful-set-starts-one-by-one',
  violation: [
    withCompanions(
      'the default policy',
      statefulSet(),
      'the last of 3 pods serves 180 s after all of them were lost',
      '3 pods x cold start 60 s = 180 s; with Parallel 60 s',
      'spec.podManagementPolicy to Parallel',
    ),
  ],
  pass: [withCompanions('all at once', statefulSet({ spec: { podManagementPolicy: 'Parallel' } }), 'at the same time')],
  notApplicable: [
    withCompanions('a Deployment', deployment(), 'no StatefulSet'),
    withCompanions('one pod', statefulSet({ spec: { replicas: 1 } }), 'no second pod'),
    withCompanions('nothing stated', silent(statefulSet()), 'is not stated'),
  ],
};
