import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentStating } from './manifests';

const because = (reason: string) => deploymentStating({ 'acknowledge.no-headroom': reason }, { spec: { replicas: 1 } });

export const cases: RuleCases = {
  rule: 'acknowledgement-without-reason',
  violation: [
    withCompanions('no reason', because(''), 'no-headroom is acknowledged without a reason'),
    withCompanions(
      'one character short',
      because(' too small '),
      "because 'too small': 9 characters, a reason has 10 or more",
    ),
  ],
  pass: [withCompanions('ten characters', because('night only'), 'fine')],
  notApplicable: [withCompanions('nothing acknowledged', deployment(), 'nothing is acknowledged')],
};
