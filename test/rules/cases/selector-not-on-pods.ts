import { only, type RuleCases, withCompanions } from './case';
import { deployment } from './manifests';

export const cases: RuleCases = {
  rule: 'selector-not-on-pods',
  violation: [
    withCompanions(
      'another label',
      deployment({ spec: { selector: { matchLabels: { app: 'order' } } } }),
      'spec.selector does not match the pod template, whose labels are app=orders',
      'copy spec.selector.matchLabels',
    ),
    only(
      'no labels',
      [deployment({ spec: { template: { metadata: { labels: undefined } } } })],
      'whose labels are none',
    ),
  ],
  pass: [withCompanions('the same label', deployment(), 'matches')],
  notApplicable: [withCompanions('a patch', deployment({ spec: { selector: undefined } }), 'may be a patch')],
};
