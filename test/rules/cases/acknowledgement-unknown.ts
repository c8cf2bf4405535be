import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentStating } from './manifests';

const acknowledging = (id: string) => deploymentStating({ [`acknowledge.${id}`]: 'one pod is enough at night' });

export const cases: RuleCases = {
  rule: 'acknowledgement-unknown',
  violation: [
    withCompanions(
      'a misspelled id',
      acknowledging('no-headrom'),
      "'no-headrom' is acknowledged, and no rule has that id",
      "did you mean 'no-headroom'?",
    ),
    withCompanions('something else', acknowledging('my-own-rule-of-thumb'), 'remove the acknowledgement'),
  ],
  pass: [withCompanions('a rule that is there', acknowledging('no-headroom'), 'fine')],
  notApplicable: [withCompanions('nothing acknowledged', deployment(), 'nothing is acknowledged')],
};
