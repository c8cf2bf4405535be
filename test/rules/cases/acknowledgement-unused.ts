import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentStating } from './manifests';

const acknowledging = (id: string, replicas: number) =>
  deploymentStating({ [`acknowledge.${id}`]: 'one pod is enough at night' }, { spec: { replicas } });

export const cases: RuleCases = {
  rule: 'acknowledgement-unused',
  violation: [
    withCompanions(
      'a finding that is gone',
      acknowledging('no-headroom', 3),
      'no-headroom is acknowledged, and there is no such finding about this object',
    ),
  ],
  pass: [
    withCompanions('a finding that is there', acknowledging('no-headroom', 1), 'fine'),
    withCompanions('an unknown id, of which another rule speaks', acknowledging('no-headrom', 3), 'fine'),
  ],
  notApplicable: [withCompanions('nothing acknowledged', deployment(), 'nothing is acknowledged')],
};
