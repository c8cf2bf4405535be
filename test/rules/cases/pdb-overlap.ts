import { only, type RuleCases, withCompanions } from './case';
import { deployment, disruptionBudget } from './manifests';

export const cases: RuleCases = {
  rule: 'pdb-overlap',
  violation: [
    withCompanions(
      'a second budget',
      deployment(),
      '2 PodDisruptionBudgets select the pods (orders, shop): every eviction fails with HTTP 500',
    ),
  ].map((example) => ({
    ...example,
    objects: [
      ...example.objects,
      disruptionBudget({ metadata: { name: 'shop' }, spec: { selector: { matchLabels: undefined } } }),
    ],
  })),
  pass: [
    withCompanions('one budget', deployment(), 'only orders selects the pods'),
    only(
      'a budget in another namespace',
      [deployment(), disruptionBudget(), disruptionBudget({ metadata: { namespace: 'other' } })],
      'only orders',
    ),
  ],
  notApplicable: [only('no budget', [deployment()], 'no PodDisruptionBudget')],
};
