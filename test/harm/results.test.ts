import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addRows, type HarmRow, mergedRows, readRows } from '../../rehearsal/harm/results';

const row = (rule: string, kubernetes: string, harm = 'seen'): HarmRow => ({
  rule,
  what: 'a manifest',
  harmed: true,
  harm,
  evidence: { lost: 1 },
  kubernetes,
  date: '2026-01-01',
});

test('each version keeps its own rows, and a newer row takes the place of an older one', () => {
  const old = [row('pdb-overlap', '1.36.3'), row('grace-zero', '1.9.0'), row('grace-zero', '1.34.4')];
  const rows = mergedRows(old, [row('grace-zero', '1.34.4', 'seen again')]);
  expect(rows.map(({ rule, kubernetes, harm }) => `${rule} ${kubernetes} ${harm}`)).toEqual([
    'grace-zero 1.9.0 seen',
    'grace-zero 1.34.4 seen again',
    'pdb-overlap 1.36.3 seen',
  ]);
});

test('the file is made, and added to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'harm-'));
  const file = join(folder, 'results/harm.json');
  expect(readRows(file)).toEqual([]);
  addRows(file, [row('grace-zero', '1.34.4')]);
  addRows(file, [row('grace-zero', '1.36.3')]);
  expect(readRows(file)).toEqual([row('grace-zero', '1.34.4'), row('grace-zero', '1.36.3')]);
  expect(readFileSync(file, 'utf8').endsWith('}\n')).toBe(true);
  rmSync(folder, { recursive: true });
});
