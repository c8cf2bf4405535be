import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hookOf, onlyWaits } from '../../../src/manifest/hook';
import { drainCommandPreStopCommand, readDrainCommand } from '../../../src/manifest/hooks/drain-command';
import { shellsPresent } from './shells';

const HOOK = { delaySeconds: 5, limitSeconds: 3, command: ['kill', '-USR1', '1'] };

test('what is written is read back, with its times and the programs that it needs', () => {
  const written = drainCommandPreStopCommand(HOOK);
  expect(readDrainCommand(written)).toEqual(HOOK);
  expect(hookOf({ exec: { command: written } })).toMatchObject({
    delaySeconds: 5,
    longestSeconds: 8,
    tools: ['sh', 'sleep'],
  });
  const curl = drainCommandPreStopCommand({ ...HOOK, command: ['curl', '-XPOST', 'http://127.0.0.1:9901/drain'] });
  expect(hookOf({ exec: { command: curl } })?.tools).toEqual(['sh', 'sleep', 'curl']);
});

test.each([
  ['another script', [...drainCommandPreStopCommand(HOOK).map((word, index) => (index === 2 ? 'sleep 1' : word))]],
  ['no command', drainCommandPreStopCommand({ ...HOOK, command: [] })],
  ['a delay that is no number', drainCommandPreStopCommand(HOOK).map((word, index) => (index === 4 ? 'soon' : word))],
])('%s is not read', (_, command) => {
  expect(readDrainCommand(command)).toBeUndefined();
});

test('seconds that are none are refused', () => {
  expect(() => drainCommandPreStopCommand({ ...HOOK, delaySeconds: 0.5 })).toThrow(/whole number of seconds/);
  expect(() => drainCommandPreStopCommand({ ...HOOK, limitSeconds: 0 })).toThrow(/whole number of seconds/);
});

describe('a hook that only waits', () => {
  test.each([
    [true, { sleep: { seconds: 5 } }],
    [true, { exec: { command: ['sleep', '5'] } }],
    [true, { exec: { command: ['sh', '-c', 'touch /tmp/draining; sleep 5'] } }],
    [false, { exec: { command: ['sh', '-c', 'sleep 5; kill -USR1 1'] } }],
    [false, { exec: { command: ['nginx', '-s', 'quit'] } }],
    [false, { exec: { command: drainCommandPreStopCommand(HOOK) } }],
    [false, { httpGet: { path: '/drain', port: 9901 } }],
  ])('%s: %j', (waits, json) => {
    const hook = hookOf(json);
    expect(hook && onlyWaits(hook)).toBe(waits);
  });
});

describe.each(shellsPresent())('run by %s', (_, shell) => {
  const folder = mkdtempSync(join(tmpdir(), 'drain-command-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (command: readonly string[], delaySeconds = 0, limitSeconds = 20) => {
    const [, ...args] = drainCommandPreStopCommand({ delaySeconds, limitSeconds, command });
    const [program = '', ...own] = shell;
    const start = Date.now();
    const { status } = spawnSync(program, [...own, ...args], { encoding: 'utf8' });
    return { status, seconds: (Date.now() - start) / 1000 };
  };

  test('nothing in the command reaches the shell, and it comes after the delay', () => {
    const file = join(folder, 'words');
    const words = ['; touch x', '$(touch x)', "'", '*', ''];
    const { status, seconds } = run(['node', '-e', WRITES, file, ...words], 1);
    expect(status).toBe(0);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(words);
    expect(existsSync('x')).toBe(false);
  });

  test('a word of the shell is a command', () => {
    expect(run(['kill', '-0', String(process.pid)]).status).toBe(0);
  });

  test('its failure is the failure of the hook, so the kubelet tells of it', () => {
    expect(run(['false']).status).toBe(1);
  });

  test('it is ended at the limit', () => {
    const { status, seconds } = run(['sleep', '300'], 0, 1);
    expect(status).not.toBe(0);
    expect(seconds).toBeLessThan(100);
  });
});

const WRITES = 'const [file, ...words] = process.argv.slice(1); fs.writeFileSync(file, JSON.stringify(words))';
