import { hookOf, longestHookSeconds } from '../../src/manifest/hook';
import { waitUntilIdleCommand } from '../../src/manifest/hooks/wait-until-idle';
import type { JsonObject } from '../../src/manifest/json';

function hook(json: JsonObject) {
  const read = hookOf(json);
  if (!read) throw new Error('there is a hook');
  return read;
}

const WAIT = waitUntilIdleCommand({
  delaySeconds: 15,
  deadlineSeconds: 150,
  url: 'http://127.0.0.1:8000/metrics',
  gauges: ['vllm:num_requests_running'],
  fetchWith: 'curl',
  markerPath: '/run/drain/draining',
});

describe('hookOf', () => {
  test('no hook', () => {
    expect(hookOf(undefined)).toBeUndefined();
  });

  test.each([
    [{ seconds: 10 }, 10],
    [{ seconds: 0 }, 0],
    [{ seconds: -5 }, 0],
    [{ seconds: '10' }, 0],
    [{ seconds: null }, 0],
    [{}, 0],
    [{ seconds: 1e308 }, Number.MAX_SAFE_INTEGER],
  ])('sleep %j waits %d s', (sleep, seconds) => {
    expect(hook({ sleep })).toMatchObject({
      kind: 'sleep',
      delaySeconds: seconds,
      longestSeconds: seconds,
      tools: [],
      touches: [],
    });
  });

  test('exec is read as far as its text tells', () => {
    expect(hook({ exec: { command: ['sh', '-c', 'touch /tmp/draining; sleep 12'] } })).toMatchObject({
      kind: 'exec',
      command: ['sh', '-c', 'touch /tmp/draining; sleep 12'],
      delaySeconds: 12,
      longestSeconds: 12,
      waitUntilIdleSeconds: undefined,
      touches: ['/tmp/draining'],
      tools: ['sh', 'touch', 'sleep'],
    });
  });

  test('the script that waits until idle', () => {
    const idle = hook({ exec: { command: WAIT } });
    expect(idle).toMatchObject({
      kind: 'exec',
      delaySeconds: 15,
      waitUntilIdleSeconds: 150,
      touches: ['/run/drain/draining'],
    });
    expect(idle).not.toHaveProperty('waitUntilIdle');
  });

  test.each([[{}], [{ command: null }], [{ command: 'sleep 5' }], [{ command: ['sleep', 5] }]])(
    'exec %j has no command',
    (exec) => {
      expect(hook({ exec })).toMatchObject({
        kind: 'exec',
        command: [],
        delaySeconds: 0,
        unknown: 'the command is empty',
      });
    },
  );

  test.each([
    [
      { path: '/drain', port: 8080 },
      { path: '/drain', port: 8080 },
    ],
    [{ port: 'http' }, { path: '/', port: 'http' }],
    [
      { path: 5, port: null },
      { path: '/', port: undefined },
    ],
  ])('httpGet %j has no known length', (httpGet, expected) => {
    const read = hook({ httpGet });
    expect(read).toMatchObject({ kind: 'httpGet', delaySeconds: 0, ...expected });
    expect(read.longestSeconds).toBeUndefined();
    expect(read.unknown).toContain('as long as the server takes to answer');
  });

  test('tcpSocket does nothing', () => {
    expect(hook({ tcpSocket: { port: 80 } })).toMatchObject({
      kind: 'tcpSocket',
      longestSeconds: 0,
      unknown: 'tcpSocket hooks fail at run time',
    });
  });

  test.each([[{}], [{ sleep: null }], [{ exec: 'sleep 5' }], [{ httpGet: null, tcpSocket: [] }]])(
    '%j is empty',
    (json) => {
      expect(hook(json)).toMatchObject({ kind: 'empty', delaySeconds: 0, longestSeconds: 0 });
    },
  );
});

describe('longestHookSeconds', () => {
  test.each([
    ['a sleep', { sleep: { seconds: 10 } }, 10],
    ['a wait until idle', { exec: { command: WAIT } }, 165],
    [
      'a bounded call before a sleep',
      { exec: { command: ['sh', '-c', 'curl --max-time 60 http://127.0.0.1/drain; sleep 5'] } },
      65,
    ],
    ['a program that nobody knows', { exec: { command: ['/app/drain'] } }, undefined],
    ['a sleep for ever', { exec: { command: ['sleep', 'infinity'] } }, undefined],
    ['an empty hook', {}, 0],
  ])('%s', (_, json, seconds) => {
    expect(longestHookSeconds(hook(json))).toBe(seconds);
  });
});
