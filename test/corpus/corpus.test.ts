import * as fs from 'node:fs';
import * as path from 'node:path';
import { readInput } from '../../src/manifest/input/read-input';
import { rules } from '../../src/rules';
import { judge } from '../../src/rules/judge';
import { codes } from './codes';
import { disagreements } from './disagreements';
import { corpusPage, recallOf } from './recall';

/** A folder of manifests with LABELS.json; without it only the tables themselves are tested. */
const folder = process.env.CDK8S_GRACEFUL_TEST_CORPUS;
const PAGE = path.join(__dirname, '../../docs/corpus.md');

test('the tables name rules and codes that there are', () => {
  const ids = new Set(rules.map(({ id }) => id));
  const named = Object.values(codes).flatMap((code) => [...code.rules, ...(code.questions ?? [])]);
  expect(named.filter((id) => !ids.has(id))).toEqual([]);
  expect(disagreements.filter(({ code }) => !(code in codes))).toEqual([]);
  for (const { file } of disagreements) expect(fs.readFileSync(PAGE, 'utf8')).toContain(`\`${file}\``);
});

(folder ? describe : describe.skip)('the labelled manifests', () => {
  test('what was noted is found or argued against, and nothing well done is an error', () => {
    const recall = recallOf(folder as string);
    for (const [code, { noted, found }] of [...recall.byCode].sort()) console.log(`${code} ${found}/${noted}`);
    expect(recall.missed).toEqual([]);
    expect(recall.settled).toEqual([]);
    expect(recall.wrong).toEqual([]);
    if (process.env.UPDATE_GOLDEN) fs.writeFileSync(PAGE, corpusPage(recall));
    expect(fs.readFileSync(PAGE, 'utf8')).toBe(corpusPage(recall));
  });

  test('every file is judged', () => {
    const files = fs
      .readdirSync(folder as string, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const { objects } = readInput(file, fs.readFileSync(path.join(folder as string, file)));
      expect(() => judge(objects)).not.toThrow();
    }
  });
});
