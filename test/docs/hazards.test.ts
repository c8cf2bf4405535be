import * as fs from 'node:fs';
import * as path from 'node:path';
import { rules } from '../../src/rules';

const page = fs.readFileSync(path.join(__dirname, '../../docs/hazards.md'), 'utf8');
const rows = [...page.matchAll(/^\| (H\d+) \| (.+?) \| (.*?) \| (.*?) ?\|$/gm)].map(
  ([, id, hazard, judgedBy = '', not]) => ({
    id,
    hazard,
    rules: [...judgedBy.matchAll(/rules\.md#([a-z0-9-]+)/g)].map(([, rule]) => rule),
    not,
  }),
);

test('each hazard is judged by a rule, or it says why not', () => {
  expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 49 }, (_, index) => `H${index + 1}`));
  for (const row of rows) expect(row.rules.length > 0 || row.not !== '').toBe(true);
});

test('the page names every rule, and none that there is not', () => {
  const named = new Set([...page.matchAll(/\(rules\.md#([a-z0-9-]+)\)/g)].map(([, rule]) => rule));
  expect([...named].sort()).toEqual(rules.map(({ id }) => id).sort());
});
