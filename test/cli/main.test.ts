import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Compiled, compiled } from './compiled';
import { clean, folderOf, short } from './running';

jest.setTimeout(120_000);

let cli: Compiled;
let folder: ReturnType<typeof folderOf>;
beforeAll(() => {
  cli = compiled();
  const many = Array.from({ length: 400 }, (_, index) => short.replaceAll('"orders"', `"orders-${index}"`));
  folder = folderOf({ 'clean.yaml': clean, 'short.yaml': short, 'many.yaml': many.join('\n---\n') });
});
afterAll(() => {
  cli.remove();
  folder.remove();
});

const cliRun = (args: readonly string[], input = '') =>
  spawnSync(process.execPath, [cli.main, ...args], { cwd: folder.path, input, encoding: 'utf8' });

test('lint of a file, of standard input, and what it refuses: an exit code and sentences, never a stack trace', () => {
  expect(cliRun(['lint', 'clean.yaml'])).toMatchObject({ status: 0, stderr: '' });
  expect(cliRun(['lint', '-'], short)).toMatchObject({ status: 1, stderr: '' });
  expect(cliRun(['lint', 'clean.yaml', '--rule', 'pdb-mising'])).toMatchObject({
    status: 2,
    stdout: '',
    stderr: "cdk8s-graceful: --rule: there is no rule 'pdb-mising'; did you mean pdb-missing?\n",
  });
  expect(cliRun(['lint', '\ufffd:%s'])).toMatchObject({ status: 2, stderr: '' });
});

test('the commands are listed, and one that is not among them is told the nearest', () => {
  const { stdout, status } = cliRun(['--help']);
  for (const command of ['lint', 'explain', 'rules', 'rehearse'])
    expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  expect(status).toBe(0);
  expect(cliRun([]).status).toBe(2);
  expect(cliRun(['explian', 'x'])).toMatchObject({
    status: 2,
    stderr: 'cdk8s-graceful: there is no command explian; did you mean explain?\n',
  });
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
  expect(cliRun(['--version']).stdout).toBe(`${version}\n`);
});

test.each([
  [['lint', 'clean.yaml']],
  [['lint', 'clean.yaml', '-f', 'sarif']],
  [['explain', 'clean.yaml']],
  [['rules']],
])('%j loads no cdk8s, nothing of the rehearsal and no package but js-yaml', (args) => {
  const preload = join(folder.path, 'modules.cjs');
  const list = join(folder.path, 'modules.json');
  writeFileSync(
    preload,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(list)}, JSON.stringify(Object.keys(require.cache))));`,
  );
  const { status } = spawnSync(process.execPath, ['-r', preload, cli.main, ...args], { cwd: folder.path });
  expect(status).toBe(0);
  const loaded: string[] = JSON.parse(readFileSync(list, 'utf8'));
  expect(loaded.some((file) => file.endsWith('cli/main.js'))).toBe(true);
  const packages = loaded.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  expect([...new Set(packages)].filter((name) => name !== 'js-yaml')).toEqual([]);
  expect(loaded.filter((file) => /\/lib\/(rehearsal|workloads|synth)\//.test(file))).toEqual([]);
  // It runs in every commit: all that it needs is in one file beside those that choose the command.
  if (args[0] === 'lint') expect(loaded.length).toBeLessThan(10);
});

test('a reader that goes away has read enough', async () => {
  const child = spawn(process.execPath, [cli.main, 'lint', 'many.yaml'], { cwd: folder.path });
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
});

test('what cannot be written is said', () => {
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `"$0" "$1" lint short.yaml > /dev/full`, process.execPath, cli.main],
    {
      cwd: folder.path,
      encoding: 'utf8',
    },
  );
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(/^cdk8s-graceful: cannot write: ENOSPC.*\n$/),
  });
  const closed = spawnSync('sh', ['-c', `"$0" "$1" lint short.yaml >&-`, process.execPath, cli.main], {
    cwd: folder.path,
  });
  expect(closed.status).toBe(1);
});
