import { Container } from '../../src/manifest/container';
import type { JsonObject } from '../../src/manifest/json';
import { runtimeViewOf, settingsOf, sigtermOf } from '../../src/manifest/runtime-view';
import { stating } from './stating';

/** What a container's server does on SIGTERM. */
function sigterm(json: JsonObject, keys: Readonly<Record<string, string>> = {}) {
  const intent = stating(keys);
  const server = new Container(json, false);
  return sigtermOf(runtimeViewOf(server, intent), settingsOf(server), intent);
}

const env = (values: Readonly<Record<string, string>>) => ({
  env: Object.entries(values).map(([name, value]) => ({ name, value })),
});

describe('a server that nobody knows', () => {
  test('nothing is known of it', () => {
    expect(sigterm({ image: 'example.com/x:1' })).toBeUndefined();
    expect(sigterm({ image: 'example.com/x:1' }, { runtime: 'custom', exit: '5s' })).toBeUndefined();
  });

  test.each([
    [
      { sigterm: 'drains' },
      {
        inFlight: 'drains',
        boundBy: 'no timeout of its own',
        exitSeconds: 0,
        readiness: 'refused',
        newRequests: 'refused',
        why: 'stated',
      },
    ],
    [{ sigterm: 'aborts' }, { inFlight: 'aborts' }],
    [
      { sigterm: 'ignored', exit: '3s' },
      { inFlight: 'ignored', exitSeconds: 3 },
    ],
    [
      { sigterm: 'drains', 'drain-timeout': '45s' },
      { boundSeconds: 45, boundBy: 'stated' },
    ],
    [
      { sigterm: 'drains', 'readiness-after-sigterm': '503' },
      { readiness: '503', hangsAtBound: false, perPhase: false, cutsStreams: false, quietSeconds: 0 },
    ],
  ])('stated: %j', (keys, expected) => {
    expect(sigterm({ image: 'example.com/x:1' }, keys)).toMatchObject(expected);
    expect(sigterm({ image: 'example.com/x:1' }, { runtime: 'custom', ...keys })).toMatchObject(expected);
  });
});

describe('Spring Boot', () => {
  const spring = (
    version: string | undefined,
    values: Readonly<Record<string, string>> = {},
    keys: Readonly<Record<string, string>> = {},
  ) =>
    sigterm(
      { image: 'example.com/orders:1', ...env(values) },
      { runtime: 'spring-boot', ...(version && { 'runtime-version': version }), ...keys },
    );

  test.each([
    ['3.3.0', {}, 'aborts', 'SERVER_SHUTDOWN is not set'],
    ['3.3.0', { SERVER_SHUTDOWN: 'graceful' }, 'drains', 'SERVER_SHUTDOWN is graceful'],
    ['3.3.0', { SERVER_SHUTDOWN: 'GRACEFUL' }, 'drains', 'SERVER_SHUTDOWN is GRACEFUL'],
    ['3.3.0', { SERVER_SHUTDOWN: 'immediate' }, 'aborts', 'SERVER_SHUTDOWN is immediate'],
    ['3.4.0', {}, 'drains', 'read: '],
    ['3.4.0', { SERVER_SHUTDOWN: 'immediate' }, 'aborts', 'SERVER_SHUTDOWN is immediate'],
    ['3.4.0', { SERVER_SHUTDOWN: '' }, 'aborts', 'SERVER_SHUTDOWN is '],
    ['2.2.0', { SERVER_SHUTDOWN: 'graceful' }, 'aborts', 'read: '],
    [undefined, {}, 'aborts', 'SERVER_SHUTDOWN is not set'],
    [undefined, { SERVER_SHUTDOWN: 'graceful' }, 'drains', 'SERVER_SHUTDOWN is graceful'],
  ])('%s with %j %s', (version, values, inFlight, why) => {
    const read = spring(version, values);
    expect(read).toMatchObject({ inFlight });
    expect(read?.why).toContain(why);
  });

  test.each([
    [{}, {}, 30, 'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE not set, default 30 s'],
    ['150s', {}, 150, 'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE=150s'],
    ['90000', {}, 90, 'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE=90000'],
    ['PT1M', {}, 60, 'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE=PT1M'],
    ['-10s', {}, 0, 'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE=-10s'],
    ['150s', { 'drain-timeout': '60s' }, 150, 'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE=150s'],
    [{}, { 'drain-timeout': '60s' }, 60, 'stated'],
  ])('phase timeout %j, stated %j', (value, keys: Record<string, string>, boundSeconds, boundBy) => {
    const values: Record<string, string> =
      typeof value === 'string' ? { SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE: value } : {};
    expect(spring('3.5.0', values, keys)).toMatchObject({ boundSeconds, boundBy, perPhase: true, hangsAtBound: false });
  });

  test('a statement counts before what the facts say', () => {
    expect(spring('3.5.0', {}, { sigterm: 'aborts', 'readiness-after-sigterm': '503', exit: '7s' })).toMatchObject({
      inFlight: 'aborts',
      readiness: '503',
      exitSeconds: 7,
      why: 'stated',
    });
  });
});

describe('an environment whose text is elsewhere', () => {
  const secret = [{ name: 'SERVER_SHUTDOWN', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }];
  const envFrom = [{ configMapRef: { name: 'c' } }];
  const graceful = [{ name: 'SERVER_SHUTDOWN', value: 'graceful' }];

  test.each([
    ['3.3.0', { env: secret }, 'unknown'],
    ['3.5.0', { env: secret }, 'unknown'],
    ['3.3.0', { envFrom }, 'unknown'],
    ['3.5.0', { envFrom }, 'drains'],
    ['3.3.0', { envFrom, env: graceful }, 'drains'],
    ['3.3.0', { envFrom: [] }, 'aborts'],
    ['3.3.0', { env: [{ name: 'OTHER', valueFrom: {} }] }, 'aborts'],
    ['2.2.0', { env: secret }, 'aborts'],
  ])('Spring Boot %s with %j: %s', (version, words, inFlight) => {
    const read = sigterm(
      { image: 'example.com/orders:1', ...words },
      { runtime: 'spring-boot', 'runtime-version': version },
    );
    expect(read).toMatchObject({ inFlight });
    expect(/^SERVER_SHUTDOWN (comes|may come) from a ConfigMap/.test(read?.why ?? '')).toBe(inFlight === 'unknown');
  });

  test('a flag is not looked for there', () => {
    expect(sigterm({ image: 'vllm/vllm-openai:v0.32.0', envFrom })).toMatchObject({ inFlight: 'aborts' });
  });
});

describe('vLLM', () => {
  const vllm = (version: string, words: JsonObject, keys: Readonly<Record<string, string>> = {}) =>
    sigterm({ image: `vllm/vllm-openai:v${version}`, ...words }, keys);

  test.each([
    ['0.32.0', { args: [] }, 'aborts', 0, 0, '--shutdown-timeout is not set'],
    ['0.32.0', { args: ['--shutdown-timeout', '60'] }, 'drains', 60, 14, '--shutdown-timeout is 60'],
    ['0.32.0', { args: ['--shutdown-timeout=60'] }, 'drains', 60, 14, '--shutdown-timeout is 60'],
    [
      '0.32.0',
      { command: ['vllm', 'serve', '--shutdown-timeout', '60'] },
      'drains',
      60,
      14,
      '--shutdown-timeout is 60',
    ],
    ['0.32.0', { args: ['--shutdown-timeout', '1'] }, 'drains', 1, 14, '--shutdown-timeout is 1'],
    ['0.32.0', { args: ['--shutdown-timeout', '0'] }, 'aborts', 0, 0, '--shutdown-timeout is 0'],
    ['0.32.0', { args: ['--shutdown-timeout'] }, 'aborts', 0, 0, '--shutdown-timeout is '],
    ['0.32.0', { args: ['--shutdown-timeout', 'soon'] }, 'aborts', 0, 0, '--shutdown-timeout is soon'],
    [
      '0.32.0',
      { args: ['--shutdown-timeout', '60', '--api-server-count', '2'] },
      'aborts',
      60,
      0,
      '--api-server-count above 1 breaks the drain',
    ],
    [
      '0.32.0',
      { args: ['--shutdown-timeout', '60', '--api-server-count=1'] },
      'drains',
      60,
      14,
      '--shutdown-timeout is 60',
    ],
    ['0.18.1', { args: ['--shutdown-timeout', '60'] }, 'drains', 60, 4, '--shutdown-timeout is 60'],
    ['0.17.1', { args: ['--shutdown-timeout', '60'] }, 'aborts', 0, 0, 'measured: run: vLLM 0.17.1'],
  ])('%s with %j %s', (version, words, inFlight, boundSeconds, exitSeconds, why) => {
    const read = vllm(version, words);
    expect(read).toMatchObject({ inFlight, boundSeconds, exitSeconds, hangsAtBound: true, perPhase: false });
    expect(read?.why).toContain(why);
  });

  test.each([
    ['0.32.0', {}, false],
    ['0.18.1', {}, true],
    ['0.18.1', { 'uvicorn-version': '0.42.0' }, false],
    ['0.32.0', { 'uvicorn-version': '0.44.0' }, true],
    ['0.32.0', { 'uvicorn-version': 'unknown' }, true],
  ])('%s, %j: streams are cut: %p', (version, keys: Record<string, string>, cutsStreams) => {
    expect(vllm(version, { args: ['--shutdown-timeout', '60'] }, keys)).toMatchObject({ cutsStreams });
  });

  test('from 0.27 on late requests fail and readiness stays, before the port is closed', () => {
    expect(vllm('0.27.0', {})).toMatchObject({ newRequests: 'failed', readiness: 'unchanged' });
    expect(vllm('0.26.0', {})).toMatchObject({ newRequests: 'refused', readiness: 'refused' });
  });
});

describe('uvicorn and FastAPI', () => {
  const app = (words: JsonObject, keys: Readonly<Record<string, string>> = {}) =>
    sigterm({ image: 'example.com/app:1', ...words }, { runtime: 'uvicorn', 'runtime-version': '0.54.0', ...keys });

  test.each([
    ['no timeout', {}, undefined, 'no timeout of its own'],
    ['by environment', env({ UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN: '25' }), 25, 'UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN=25'],
    ['by flag', { args: ['--timeout-graceful-shutdown', '20'] }, 20, '--timeout-graceful-shutdown=20'],
    [
      'the flag wins',
      { args: ['--timeout-graceful-shutdown=20'], ...env({ UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN: '25' }) },
      20,
      '--timeout-graceful-shutdown=20',
    ],
    ['zero', env({ UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN: '0' }), 0, 'UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN=0'],
    ['no number', env({ UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN: 'long' }), undefined, 'no timeout of its own'],
    ['empty', env({ UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN: '' }), undefined, 'no timeout of its own'],
    ['below zero', env({ UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN: '-1' }), undefined, 'no timeout of its own'],
  ])('%s', (_, words, boundSeconds, boundBy) => {
    expect({ boundSeconds: undefined, ...app(words) }).toMatchObject({
      inFlight: 'drains',
      boundSeconds,
      boundBy,
      perPhase: false,
      hangsAtBound: false,
    });
  });

  test.each([
    ['0.42.0', false],
    ['0.43.0', true],
    ['0.44.0', true],
    ['0.45.0', false],
  ])('%s cuts streams: %p', (version, cutsStreams) => {
    expect(app({}, { 'runtime-version': version })).toMatchObject({ cutsStreams });
  });

  test.each([
    ['16', 16],
    ['16s', 16],
    ['1m', 60],
    ['0', 0],
    ['', 0],
    ['soon', 0],
    ['-5', 0],
    ['1.5', 0],
    ['9'.repeat(400), 0],
  ])('CDK8S_GRACEFUL_QUIET_SECONDS=%s is %d s, for FastAPI only', (value, quietSeconds) => {
    const quiet = env({ CDK8S_GRACEFUL_QUIET_SECONDS: value });
    expect(app(quiet, { runtime: 'fast-api' })).toMatchObject({ quietSeconds });
    expect(app(quiet)).toMatchObject({ quietSeconds: 0 });
  });

  test('no quiet period where nothing says so', () => {
    expect(app({}, { runtime: 'fast-api' })).toMatchObject({ quietSeconds: 0 });
  });
});

describe('gunicorn, whose flags may also be in a variable', () => {
  const gunicorn = (json: JsonObject) => sigterm({ image: 'example.com/x:1', ...json }, { runtime: 'gunicorn' });

  test('its default', () => {
    expect(gunicorn({})).toMatchObject({
      inFlight: 'drains',
      boundSeconds: 30,
      boundBy: 'GUNICORN_CMD_ARGS=--graceful-timeout not set, default 30 s',
      newRequests: 'refused',
    });
  });

  test.each(['--graceful-timeout 90', '--workers 4  --graceful-timeout=90 '])('%s', (flags) => {
    expect(gunicorn(env({ GUNICORN_CMD_ARGS: flags }))).toMatchObject({ boundSeconds: 90 });
  });

  test('the command line wins over the variable', () => {
    const args = ['--graceful-timeout', '45'];
    expect(gunicorn({ args, ...env({ GUNICORN_CMD_ARGS: '--graceful-timeout 90' }) })).toMatchObject({
      boundSeconds: 45,
      boundBy: '--graceful-timeout=45',
    });
  });
});

describe('Quarkus, whose timeout is its switch', () => {
  const quarkus = (values: Readonly<Record<string, string>>) =>
    sigterm({ image: 'example.com/x:1', ...env(values) }, { runtime: 'quarkus' });

  test.each<[string, number]>([
    ['60', 60],
    ['60s', 60],
    ['PT1M', 60],
  ])('%s lets requests finish', (text, boundSeconds) => {
    expect(quarkus({ QUARKUS_SHUTDOWN_TIMEOUT: text })).toMatchObject({
      inFlight: 'drains',
      boundSeconds,
      newRequests: 'served',
      readiness: 'unchanged',
    });
  });

  test.each<[Readonly<Record<string, string>>]>([[{}], [{ QUARKUS_SHUTDOWN_TIMEOUT: '0' }]])(
    '%j cuts them',
    (values) => {
      expect(quarkus(values)).toMatchObject({ inFlight: 'aborts' });
    },
  );
});

describe('servers whose timeout stands in a file', () => {
  test.each<[string, string, number | undefined]>([
    ['traefik:v3.7.1', 'drains', 10],
    ['haproxy:3.4.6', 'drains', undefined],
    ['httpd:2.4.66', 'drains', undefined],
    ['php:8.4.2-fpm', 'aborts', 0],
    ['tomcat:11.0.25', 'aborts', 0],
    ['envoyproxy/envoy:v1.36.2', 'aborts', 0],
  ])('%s %s', (image, inFlight, boundSeconds) => {
    const behaviour = sigterm({ image });
    expect(behaviour).toMatchObject({ inFlight });
    expect(behaviour?.boundSeconds).toBe(boundSeconds);
  });

  test('a stated timeout counts', () => {
    expect(sigterm({ image: 'traefik:v3.7.1' }, { 'drain-timeout': '60s' })).toMatchObject({ boundSeconds: 60 });
    expect(sigterm({ image: 'php:8.4.2-fpm' }, { sigterm: 'drains', 'drain-timeout': '60s' })).toMatchObject({
      inFlight: 'drains',
      boundSeconds: 60,
    });
  });

  test.each(['httpd', 'haproxy'])('%s in an image of which nothing is known', (runtime) => {
    expect(sigterm({ image: 'example.com/x:1' }, { runtime })).toMatchObject({ inFlight: 'unknown' });
  });
});
