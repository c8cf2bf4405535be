import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain } from '../../src/cli/explain';
import { lint } from '../../src/cli/lint';
import { FORMATS } from '../../src/cli/lint-options';
import { STATED_OPTIONS } from '../../src/cli/stated-options';
import { folderOf, run } from '../cli/running';

const page = readFileSync(join(__dirname, '../../docs/lint.md'), 'utf8');
const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
const block = (text: string, language: string) =>
  new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'ms').exec(text)?.[1] ?? '';

const args = ['--longest-request', '30s', 'k8s/orders.yaml'];
const folder = folderOf({ 'k8s/orders.yaml': block(page, 'yaml') });
afterAll(() => folder.remove());

test('the example of docs/lint.md is what lint prints', async () => {
  const { stdout, code } = await run(lint, args, { cwd: folder.path });
  expect(block(page, 'text')).toBe(stdout);
  expect(code).toBe(1);
});

test('the example of the README is how explain begins', async () => {
  const { stdout } = await run(explain, args, { cwd: folder.path });
  const example = block(readme.slice(readme.indexOf('## Lint what you have')), 'text');
  expect(example.length).toBeGreaterThan(200);
  expect(stdout.startsWith(example)).toBe(true);
});

test('docs/lint.md has every format and every option that states something', () => {
  for (const format of FORMATS) expect(page).toContain(`| \`${format}\` |`);
  for (const option of Object.keys(STATED_OPTIONS)) expect(page).toContain(`| \`--${option}\` |`);
});
