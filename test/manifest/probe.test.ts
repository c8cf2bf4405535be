import { probeOf, secondsToFail, secondsToFailText, startupBudgetSeconds } from '../../src/manifest/probe';

const DEFAULTS = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};

const NUMBERS = Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[];

describe('probeOf', () => {
  test('no probe', () => {
    expect(probeOf(undefined)).toBeUndefined();
  });

  test.each([
    ['nothing', {}],
    ['null', Object.fromEntries(NUMBERS.map((name) => [name, null]))],
    ['texts', Object.fromEntries(NUMBERS.map((name) => [name, '7']))],
    ['below zero', Object.fromEntries(NUMBERS.map((name) => [name, -1]))],
    ['fractions', Object.fromEntries(NUMBERS.map((name) => [name, 2.5]))],
    ['zeros, which the API server takes as absent', Object.fromEntries(NUMBERS.map((name) => [name, 0]))],
  ])('defaults for %s', (_, numbers) => {
    const probe = probeOf({ httpGet: { path: '/', port: 80 }, ...numbers });
    expect(probe).toMatchObject({ ...DEFAULTS, terminationGracePeriodSeconds: undefined });
  });

  test('every number is read into its own field', () => {
    const numbers = Object.fromEntries(
      [...NUMBERS, 'terminationGracePeriodSeconds'].map((name, index) => [name, index + 2]),
    );
    expect(probeOf({ tcpSocket: { port: 80 }, ...numbers })).toMatchObject(numbers);
  });

  test.each([
    [{ httpGet: { path: '/ready', port: 8080 } }, { kind: 'httpGet', path: '/ready', port: 8080, command: undefined }],
    [{ httpGet: { port: 'http' } }, { kind: 'httpGet', path: '/', port: 'http' }],
    [{ httpGet: { path: null, port: null } }, { kind: 'httpGet', path: '/', port: undefined }],
    [{ httpGet: {} }, { kind: 'httpGet', path: '/', port: undefined }],
    [{ tcpSocket: { port: 8080 } }, { kind: 'tcpSocket', path: undefined, port: 8080, command: undefined }],
    [
      { grpc: { port: 9000, service: 'x' } },
      { kind: 'grpc', path: undefined, port: 9000, action: { port: 9000, service: 'x' } },
    ],
    [
      { exec: { command: ['cat', '/ready'] } },
      { kind: 'exec', command: ['cat', '/ready'], path: undefined, port: undefined },
    ],
    [{ exec: { command: null } }, { kind: 'exec', command: [] }],
    [{ exec: { command: ['cat', 1] } }, { kind: 'exec', command: [] }],
    [{}, { kind: 'none', path: undefined, command: undefined, action: undefined }],
    [
      { httpGet: null, exec: { command: ['true'] } },
      { kind: 'exec', command: ['true'] },
    ],
    [{ httpGet: '/ready' }, { kind: 'none' }],
  ])('%j', (json, expected) => {
    expect(probeOf(json)).toMatchObject(expected);
  });
});

test('the time to fail is every period and the last timeout', () => {
  const probe = probeOf({
    httpGet: { port: 80 },
    initialDelaySeconds: 100,
    periodSeconds: 5,
    failureThreshold: 3,
    timeoutSeconds: 2,
  });
  if (!probe) throw new Error('there is a probe');
  expect(secondsToFail(probe)).toBe(17);
  expect(secondsToFailText(probe)).toBe('5 s x 3 + 2 s = 17 s');
  expect(startupBudgetSeconds(probe)).toBe(115);
});
