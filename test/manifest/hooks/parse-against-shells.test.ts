import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parseHook } from '../../../src/manifest/hooks/parse';
import { shellsPresent } from './shells';

/** What the parser says of a script against what shells do with it: `sleep` only writes down how long it was to be. */
describe('the parser agrees with real shells', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parse-hook-'));
  const log = join(folder, 'slept');
  writeFileSync(join(folder, 'sleep'), `#!/bin/sh\n[ "$1" ] && echo "$1" >>'${log}'\n`);
  chmodSync(join(folder, 'sleep'), 0o755);
  afterAll(() => rmSync(folder, { recursive: true }));

  const slept = (shell: readonly string[], script: string): number => {
    writeFileSync(log, '');
    const [program, ...args] = shell;
    const { error } = spawnSync(program, [...args, '-c', script], {
      env: { PATH: `${folder}:${process.env.PATH}` },
      timeout: 10_000,
    });
    if (error) throw error;
    return readFileSync(log, 'utf8')
      .split('\n')
      .reduce((sum, line) => sum + Number(line), 0);
  };

  // The last two succeed and fail without the parser knowing it.
  const simple = fc.constantFrom(
    ...['sleep 1', 'sleep 2', 'sleep 4', 'true', 'false', ':', 'exit', 'exit 1', 'f', 'break', 'continue', 'set -e'],
    ...['set +e', 'x=$(sleep 8)', 'exec sleep 16', 'eval sleep 32', '[ -d / ]', '[ -d /none ]'],
  );
  const { script } = fc.letrec<{ command: string; list: string; script: string }>((tie) => ({
    command: fc.oneof(
      { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
      simple,
      fc.tuple(tie('command'), fc.constantFrom('&&', '||'), tie('command')).map((parts) => parts.join(' ')),
      tie('list').map((list) => `! { ${list}; }`),
      tie('list').map((list) => `{ ${list}; }`),
      tie('list').map((list) => `(${list})`),
      tie('list').map((list) => `for i in 1 2 3; do ${list}; done`),
      tie('list').map((list) => `until ! [ -d /none ] || { ${list}; }; do sleep 64; done`),
      fc.tuple(tie('command'), tie('list')).map(([test, list]) => `if ${test}; then ${list}; fi`),
      fc.tuple(tie('list'), tie('list')).map(([one, two]) => `if [ -d / ]; then ${one}; else ${two}; fi`),
      tie('list').map((list) => `case x in y) sleep 4 ;; x) ${list} ;; esac`),
      tie('command').map((command) => `sh -c '${command.replace(/'/g, '')}'`),
    ),
    list: fc.array(tie('command'), { minLength: 1, maxLength: 3 }).map((commands) => commands.join('; ')),
    script: fc
      .tuple(tie('list'), tie('list'))
      .map(([body, list]) => `f() { sleep 4; }; g() { ${body}; return; }; ${list}; g; ${list}`),
  }));

  // busybox takes its own sleep, not the one in the PATH.
  test.each(shellsPresent().filter(([name]) => name !== 'busybox sh'))('%s', (name, shell) => {
    fc.assert(
      fc.property(script, (text) => {
        const { delaySeconds, longestSeconds = Number.POSITIVE_INFINITY } = parseHook([name, '-c', text]);
        const real = slept(shell, text);
        expect(delaySeconds).toBeLessThanOrEqual(real);
        expect(longestSeconds).toBeGreaterThanOrEqual(real);
      }),
      { numRuns: 25 },
    );
  });
});
