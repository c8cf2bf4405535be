import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { parseLint } from '../../src/cli/lint-options';
import { parseRehearse } from '../../src/cli/rehearse-options';

const DOCS = join(__dirname, '../../docs');
const PAGES = [
  ['README.md', join(__dirname, '../../README.md')],
  ...readdirSync(DOCS)
    .filter((file) => file.endsWith('.md'))
    .map((file) => [file, join(DOCS, file)]),
] as [string, string][];

const PARSERS: Readonly<Record<string, (args: readonly string[]) => unknown>> = {
  lint: parseLint,
  rehearse: parseRehearse,
};

const blocks = (page: string, language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text as string);

/** Each call of the command line in the examples of a page, up to where the shell goes on with something else. */
const calls = PAGES.flatMap(([name, file]) =>
  ['sh', 'yaml']
    .flatMap((language) => blocks(readFileSync(file, 'utf8'), language))
    .flatMap((text) => [...text.matchAll(/npx cdk8s-graceful ([^|>&;#\n]+)/g)])
    .map(([, call]) => [name, (call as string).trim()] as const),
);

test('the pages have calls to look at', () => {
  expect(new Set(calls.map(([name]) => name))).toEqual(new Set(['README.md', 'lint.md', 'recipes.md', 'rehearse.md']));
});

test.each(calls)('%s: cdk8s-graceful %s', (_, call) => {
  const [command = '', ...args] = [...call.matchAll(/'([^']*)'|"([^"]*)"|\S+/g)].map(
    ([word, single, double]) => single ?? double ?? word,
  );
  const parse = PARSERS[command];
  expect(parse).toBeDefined();
  expect(parse?.(args)).toBeDefined();
});

test('the files of docs/recipes.md are valid YAML', () => {
  const files = blocks(readFileSync(join(DOCS, 'recipes.md'), 'utf8'), 'yaml');
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) expect(loadAll(file)).toHaveLength(1);
});
