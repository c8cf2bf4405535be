import { selects, serviceSelects } from '../../src/manifest/selector';

const LABELS = { app: 'orders', tier: 'web' };

const expression = (key: unknown, operator: unknown, values?: unknown) => ({
  matchExpressions: [{ key, operator, values }],
});

describe('selects', () => {
  test.each([
    ['one label', { matchLabels: { app: 'orders' } }, true],
    ['both labels', { matchLabels: { app: 'orders', tier: 'web' } }, true],
    ['another value', { matchLabels: { app: 'billing' } }, false],
    ['one label of two differs', { matchLabels: { app: 'orders', tier: 'batch' } }, false],
    ['a label that is not there', { matchLabels: { zone: 'a' } }, false],
    ['a number that lost its quotes', { matchLabels: { app: 5 } }, false],
    ['a null', { matchLabels: { app: null } }, false],
    ['In', expression('app', 'In', ['billing', 'orders']), true],
    ['In, not among them', expression('app', 'In', ['billing']), false],
    ['In, no label', expression('zone', 'In', ['a']), false],
    ['In, no values', expression('app', 'In'), false],
    ['NotIn', expression('app', 'NotIn', ['billing']), true],
    ['NotIn, among them', expression('app', 'NotIn', ['orders']), false],
    ['NotIn, no label', expression('zone', 'NotIn', ['a']), true],
    ['Exists', expression('app', 'Exists'), true],
    ['Exists, no label', expression('zone', 'Exists'), false],
    ['Exists, a name that every object has', expression('constructor', 'Exists'), false],
    ['DoesNotExist', expression('zone', 'DoesNotExist'), true],
    ['DoesNotExist, a label', expression('app', 'DoesNotExist'), false],
    ['an unknown operator', expression('app', 'Equals', ['orders']), false],
    ['no key', expression(undefined, 'Exists'), false],
    ['labels and expressions', { matchLabels: { app: 'orders' }, ...expression('tier', 'Exists') }, true],
    [
      'labels hold, an expression does not',
      { matchLabels: { app: 'orders' }, ...expression('tier', 'DoesNotExist') },
      false,
    ],
    ['expressions hold, a label does not', { matchLabels: { app: 'x' }, ...expression('tier', 'Exists') }, false],
    ['an empty selector selects everything', {}, true],
    ['empty labels and expressions', { matchLabels: {}, matchExpressions: [] }, true],
    ['nulls', { matchLabels: null, matchExpressions: null }, true],
  ])('%s', (_, selector, expected) => {
    expect(selects(selector, LABELS)).toBe(expected);
  });

  test('an absent selector selects nothing', () => {
    expect(selects(undefined, LABELS)).toBe(false);
    expect(selects(undefined, {})).toBe(false);
  });

  test('every expression must hold', () => {
    const matchExpressions = [
      { key: 'app', operator: 'Exists' },
      { key: 'tier', operator: 'In', values: ['batch'] },
    ];
    expect(selects({ matchExpressions }, LABELS)).toBe(false);
    expect(selects({ matchExpressions: matchExpressions.slice(0, 1) }, LABELS)).toBe(true);
  });
});

describe('serviceSelects', () => {
  test.each([
    [{ app: 'orders' }, true],
    [{ app: 'orders', tier: 'web' }, true],
    [{ app: 'orders', tier: 'batch' }, false],
    [{ zone: 'a' }, false],
    [{}, false],
  ])('%j: %p', (selector, expected) => {
    expect(serviceSelects(selector, LABELS)).toBe(expected);
  });
});
