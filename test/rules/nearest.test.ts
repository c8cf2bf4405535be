import { nearestOf } from '../../src/rules/nearest';

test.each([
  ['pdb-mising', 'pdb-missing'],
  ['grace-zero', 'grace-zero'],
  ['zero', undefined],
  ['', undefined],
])('%s: %s', (id, nearest) => {
  expect(nearestOf(id, ['pdb-missing', 'grace-zero'])).toBe(nearest);
});
