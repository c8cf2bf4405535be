import { INTENT_PREFIX, type Intent, readIntent } from '../../src/manifest/intent';

/** Intent as it is stated in annotations, keys without the prefix. */
export function stating(keys: Readonly<Record<string, string>>): Intent {
  const annotations = Object.fromEntries(Object.entries(keys).map(([key, value]) => [INTENT_PREFIX + key, value]));
  const { intent, problems } = readIntent(annotations);
  expect(problems).toEqual([]);
  return intent;
}
