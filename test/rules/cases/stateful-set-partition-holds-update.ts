import { type RuleCases, withCompanions } from './case';
import { deployment, statefulSet } from './manifests';

const partition = (count: number) => statefulSet({ spec: { updateStrategy: { rollingUpdate: { partition: count } } } });

export const cases: RuleCases = {
  rule: 'stateful-set-partition-holds-update',
  violation: [
    withCompanions(
      'as many as there are',
      partition(3),
      'partition 3 with 3 replicas: no pod ever gets the new version',
      'replicas 3 - partition 3 = 0 pods',
    ),
    withCompanions('more', partition(9), 'no pod ever gets'),
  ],
  pass: [
    withCompanions('a trial', partition(2), 'replicas 3 - partition 2 = 1 pods'),
    withCompanions('none', statefulSet(), 'there is no partition'),
  ],
  notApplicable: [
    withCompanions('a Deployment', deployment(), 'no StatefulSet'),
    withCompanions(
      'on delete',
      statefulSet({ spec: { updateStrategy: { type: 'OnDelete' } } }),
      'when they are deleted',
    ),
  ],
};
