import { misjudged } from '../../rehearsal/harm/demonstration';
import { demonstrations } from '../../rehearsal/harm/demonstrations';
import { rules } from '../../src/rules';

test.each(demonstrations.map((each) => [each.rule, each] as const))(
  '%s refuses the manifest, no other rule does, and none its twin',
  (_, each) => {
    expect(misjudged(each)).toEqual([]);
  },
);

test('a manifest that another rule refuses is told of', () => {
  const [first, second] = demonstrations;
  if (!first || !second) throw new Error('there are no demonstrations');
  const [complaint] = misjudged({ ...first, refused: second.refused });
  expect(complaint).toContain(`${second.refused.what}: ${first.rule} should have found something, and`);
  expect(complaint).toContain(second.rule);
  expect(misjudged({ ...first, twin: first.refused })).toEqual([
    `${first.refused.what}: no rule should have found something, and ${first.rule} did`,
  ]);
});

test('no rule is shown twice, and each is one', () => {
  const shown = demonstrations.map(({ rule }) => rule);
  expect(new Set(shown).size).toBe(shown.length);
  expect(shown.filter((id) => !rules.some((rule) => rule.id === id))).toEqual([]);
});
