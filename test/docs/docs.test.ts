import * as fs from 'node:fs';
import * as path from 'node:path';
import { rulesPage } from '../../docs/generate-rules';
import { runtimesPage } from '../../docs/generate-runtimes';
import { intentKeys } from '../../src/manifest/intent';
import { nodeLifecycles } from '../../src/nodes';
import { ruleUrl } from '../../src/rules/finding';
import { runtimes } from '../../src/runtimes';
import { trafficSources } from '../../src/traffic';

const page = (name: string) => fs.readFileSync(path.join(__dirname, '../../docs', name), 'utf8');

test('docs/rules.md is up to date: npx projen docs', () => {
  expect(page('rules.md')).toBe(rulesPage());
});

test('docs/runtimes.md is up to date: npx projen docs', () => {
  expect(page('runtimes.md')).toBe(runtimesPage());
});

test('the link of every finding has its heading', () => {
  for (const [, id] of page('rules.md').matchAll(/^\| \[([a-z0-9-]+)\]/gm)) {
    expect(page('rules.md')).toContain(`\n## ${id}\n`);
    expect(ruleUrl(id)).toMatch(new RegExp(`/docs/rules\\.md#${id}$`));
  }
});

test('docs/annotations.md has every key, and every id that a value may name', () => {
  const annotations = page('annotations.md');
  for (const key of intentKeys) expect(annotations).toContain(`\`${key}`);
  for (const { id } of [...runtimes, ...trafficSources, ...nodeLifecycles]) expect(annotations).toContain(`\`${id}\``);
});
