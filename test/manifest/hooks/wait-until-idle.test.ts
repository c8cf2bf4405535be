import * as fc from 'fast-check';
import { readWaitUntilIdle, waitUntilIdleCommand } from '../../../src/manifest/hooks/wait-until-idle';

const hook = {
  delaySeconds: 15,
  deadlineSeconds: 150,
  url: 'http://127.0.0.1:8000/metrics',
  gauges: ['vllm:num_requests_running', 'vllm:num_requests_waiting'],
  fetchWith: 'curl',
} as const;

const anyHook = fc.record(
  {
    delaySeconds: fc.nat(),
    deadlineSeconds: fc.integer({ min: 1, max: 1_000_000 }),
    url: fc
      .tuple(fc.constantFrom('127.0.0.1', 'localhost', '[::1]'), fc.nat(65535))
      .map(([h, p]) => `http://${h}:${p}/m`),
    gauges: fc.array(fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/), { minLength: 1 }),
    fetchWith: fc.constantFrom('curl' as const, 'wget' as const, 'python3' as const),
    markerPath: fc.stringMatching(/^(\/[A-Za-z0-9_-]+)+$/),
  },
  { requiredKeys: ['delaySeconds', 'deadlineSeconds', 'url', 'gauges', 'fetchWith'] },
);

test('what is written is read back', () => {
  fc.assert(fc.property(anyHook, (each) => expect(readWaitUntilIdle(waitUntilIdleCommand(each))).toEqual(each)));
});

test('the script depends on nothing but the tool: all else is an argument', () => {
  const scripts = fc.property(anyHook, (each) =>
    expect(waitUntilIdleCommand(each)[2]).toBe(waitUntilIdleCommand({ ...hook, fetchWith: each.fetchWith })[2]),
  );
  fc.assert(scripts);
});

test('it is readable in YAML: short lines, no tabs, no trailing blanks', () => {
  for (const fetchWith of ['curl', 'wget', 'python3'] as const) {
    const lines = waitUntilIdleCommand({ ...hook, fetchWith })[2].split('\n');
    expect(lines.length).toBeLessThan(60);
    for (const line of lines) {
      expect(line).not.toMatch(/\t|\s$/);
      expect(line.length).toBeLessThanOrEqual(100);
    }
  }
});

const altered = (index: number, text: string) => Object.assign(waitUntilIdleCommand(hook), { [index]: text });

test.each([
  ['another command', ['sleep', '15']],
  ['nothing', []],
  ['another name', altered(3, 'wait')],
  ['no gauges', waitUntilIdleCommand(hook).slice(0, 8)],
  ['no arguments', waitUntilIdleCommand(hook).slice(0, 4)],
  ['a delay that is no number', altered(5, '15s')],
  ['a deadline that is no number', altered(6, '$X')],
  ['a gauge that is none', altered(8, 'a b')],
  ['a script of somebody else', altered(2, 'sleep 1')],
])('%s is not read as the hook', (_name, command) => {
  expect(readWaitUntilIdle(command)).toBeUndefined();
});

test.each([
  [{ delaySeconds: -1 }, /delay is -1: it must be a whole number of seconds, 0 or more/],
  [{ delaySeconds: 0.5 }, /whole number/],
  [{ deadlineSeconds: 0 }, /deadline is 0: .* 1 or more/],
  [{ url: 'file:///etc/passwd' }, /would reach a shell/],
  [{ url: '-o/etc/passwd' }, /would reach a shell/],
  [{ gauges: [] }, /at least one gauge/],
  [{ gauges: ['running{engine="0"}'] }, /not the name of a metric/],
  [{ markerPath: 'relative' }, /must be absolute/],
])('%j is refused', (wrong, message) => {
  expect(() => waitUntilIdleCommand({ ...hook, ...wrong })).toThrow(message);
});
