import * as fc from 'fast-check';
import { type ShellEntrypoint, shellEntrypoint } from '../../../src/manifest/hooks/shell-entrypoint';

/** Shells within shells: every level quotes the one below. */
const nested = (levels: number): string =>
  levels === 0 ? 'app' : `exec sh -c ${nested(levels - 1).replace(/[^a-z]/g, '\\$&')}`;

test.each<[string[], ShellEntrypoint['verdict'], string | undefined]>([
  [['vllm', 'serve'], 'no-shell', undefined],
  [['/usr/bin/tini', '--', 'vllm', 'serve'], 'no-shell', undefined],
  [['/docker-entrypoint.sh', 'nginx'], 'no-shell', undefined],
  [[], 'no-shell', undefined],

  // dash never execs by itself, and sh may be dash
  [['sh', '-c', 'vllm serve'], 'swallows-sigterm', 'sh'],
  [['/bin/sh', '-c', 'echo x; vllm serve'], 'swallows-sigterm', 'sh'],
  [['dash', '-c', 'vllm serve'], 'swallows-sigterm', 'dash'],
  [['/bin/sh', '-ec', 'vllm serve | tee log'], 'swallows-sigterm', 'sh'],
  [['/bin/sh', '-c', 'vllm serve & wait'], 'swallows-sigterm', 'sh'],
  [['/bin/sh', '-c', 'vllm serve &'], 'swallows-sigterm', 'sh'],
  [['/bin/sh', '-c', '(exec vllm serve)'], 'swallows-sigterm', 'sh'],
  [['/bin/sh', '-c', 'exec vllm serve | cat'], 'swallows-sigterm', 'sh'],
  [['/bin/sh', '-c', 'while true; do vllm serve; done'], 'swallows-sigterm', 'sh'],
  [['/bin/sh', '-c', ''], 'swallows-sigterm', 'sh'],
  [['sh'], 'swallows-sigterm', 'sh'],
  [['env', 'A=b', 'sh', '-c', 'app'], 'swallows-sigterm', 'sh'],

  // exec as the last command
  [['sh', '-c', 'exec vllm serve'], 'exec', 'sh'],
  [['sh', '-c', 'cd /app && exec vllm serve --port 8000 >/dev/stdout 2>&1'], 'exec', 'sh'],
  [['sh', '-c', 'set -e\n. /env.sh\nexec "$@"', 'sh', 'app'], 'exec', 'sh'],
  [['sh', '-c', 'exec env A=b app || exit 1'], 'exec', 'sh'],
  [['sh', '-c', 'exec app\n# never here\necho over'], 'exec', 'sh'],
  [['sh', '-c', 'exec 2>&1; app'], 'swallows-sigterm', 'sh'],
  [['sh', '-c', 'if [ -f x ]; then exec a; elif b; then exec c; else { exec d; }; fi'], 'exec', 'sh'],
  [['sh', '-c', 'if [ -f x ]; then exec a; else b; fi'], 'swallows-sigterm', 'sh'],
  [['sh', '-c', 'if [ -f x ]; then exec a; fi'], 'swallows-sigterm', 'sh'],
  [['sh', '-c', 'case $X in a) exec a ;; *) exec b ;; esac'], 'exec', 'sh'],
  [['sh', '-c', 'eval "exec vllm serve $ARGS $@"'], 'exec', 'sh'],
  [['sh', '-c', `eval ${'eval '.repeat(20)}app`], 'swallows-sigterm', 'sh'],
  [['sh', '-c', "trap 'kill $!' TERM; app & wait; exec true"], 'exec', 'sh'],
  [['sh', '-c', 'exec sh -c "app"'], 'swallows-sigterm', 'sh'],
  [['sh', '-c', 'exec bash -c "app"'], 'exec', 'sh'],
  [['sh', '-c', 'exec sh /run.sh'], 'may-exec', 'sh'],
  [['sh', '-c', nested(3)], 'swallows-sigterm', 'sh'],
  [['sh', '-c', nested(12)], 'exec', 'sh'], // too deep to follow

  // bash and busybox exec by themselves, within limits
  [['bash', '-c', 'vllm serve'], 'exec', 'bash'],
  [['bash', '-c', 'A=b vllm serve'], 'exec', 'bash'],
  [['bash', '-c', 'echo x; vllm serve'], 'may-exec', 'bash'],
  [['bash', '-c', 'cd /x && vllm serve'], 'may-exec', 'bash'],
  [['bash', '-c', 'vllm serve > log'], 'swallows-sigterm', 'bash'],
  [['bash', '-c', 'vllm serve | tee log'], 'swallows-sigterm', 'bash'],
  [['bash', '-c', 'vllm serve; echo over'], 'swallows-sigterm', 'bash'],
  [['bash', '-c', '{ vllm serve; }'], 'swallows-sigterm', 'bash'],
  [['bash', '-c', 'bash /start.sh'], 'may-exec', 'bash'],
  [['bash', '-c', 'sh -c app'], 'swallows-sigterm', 'bash'],
  [['busybox', 'sh', '-c', 'app | cat'], 'swallows-sigterm', 'sh'],
  [['ash', '-c', 'app'], 'may-exec', 'ash'],

  // what the manifest does not show
  [['sh', '/entrypoint.sh'], 'may-exec', 'sh'],
  [['sh', '-c', "trap 'kill $!' TERM; app & wait"], 'may-exec', 'sh'],
  [['sh', '-c', 'echo "'], 'may-exec', 'sh'],

  // the init ends with its child, and takes along what the child runs
  [['tini', '--', 'sh', '-c', 'app'], 'swallows-sigterm', 'sh'],
  [['dumb-init', 'sh', '-c', 'app'], 'swallows-sigterm', 'sh'],
  [['tini', '-g', '--', 'sh', '-c', 'exec app'], 'exec', 'sh'],
])('%.80j: %s', (command, verdict, shell) => {
  const judged = shellEntrypoint(command, undefined);
  expect({ verdict: judged.verdict, shell: judged.shell }).toEqual({ verdict, shell });
  expect(judged.why).not.toBe('');
});

test('command and args are one command line', () => {
  expect(shellEntrypoint(['/bin/sh', '-c'], ['exec app']).verdict).toBe('exec');
  expect(shellEntrypoint(['/bin/sh'], ['-c', 'app']).verdict).toBe('swallows-sigterm');
  expect(shellEntrypoint(undefined, undefined).verdict).toBe('no-shell');
});

test('args alone are given to an ENTRYPOINT that nobody sees', () => {
  expect(shellEntrypoint(undefined, ['sh', '-c', 'app'])).toMatchObject({
    verdict: 'may-exec',
    why: expect.stringContaining('ENTRYPOINT'),
  });
  expect(shellEntrypoint([], ['sh', '-c', 'exec app']).verdict).toBe('exec');
  expect(shellEntrypoint(undefined, ['--port', '8000']).verdict).toBe('no-shell');
});

test('an init around a shell says what happens', () => {
  expect(shellEntrypoint(['tini', '--', 'sh', '-c', 'app'], []).why).toMatch(
    /tini ends as soon as SIGTERM has ended sh/,
  );
});

test('any command line is answered', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('sh', 'bash', '-c', 'exec', 'app', '||', '&&', ';', 'eval', 'trap'),
  );
  fc.assert(
    fc.property(fc.array(word), fc.array(word), (command, args) => {
      expect(shellEntrypoint(command, args).why).toBeTruthy();
      expect(shellEntrypoint(['sh', '-c', args.join(' ')], undefined).why).toBeTruthy();
    }),
    { numRuns: 1000 },
  );
});
