import { Container } from '../../src/manifest/container';
import type { JsonObject } from '../../src/manifest/json';
import { type Probe, probeOf } from '../../src/manifest/probe';
import { actionText, sameAction } from '../../src/manifest/probe-action';

const CONTAINER = new Container({ name: 'main', ports: [{ name: 'http', containerPort: 8080 }] }, false);

const probe = (json: JsonObject) => probeOf(json) as Probe;
const get = (httpGet: JsonObject) => ({ httpGet: { path: '/healthz', port: 8080, ...httpGet } });

describe('sameAction', () => {
  test.each([
    ['the same path and port', get({}), get({}), true],
    ['other timings', { ...get({}), periodSeconds: 1 }, { ...get({}), periodSeconds: 30 }, true],
    ['another path', get({}), get({ path: '/ready' }), false],
    ['another query', get({ path: '/healthz?a' }), get({ path: '/healthz?b' }), false],
    ['another port', get({}), get({ port: 8081 }), false],
    ['a named port and its number', get({ port: 'http' }), get({}), true],
    ['a port name that no container port has', get({ port: 'admin' }), get({}), false],
    ['no path and the root', get({ path: undefined }), get({ path: '/' }), true],
    ['no scheme and HTTP', get({}), get({ scheme: 'HTTP' }), true],
    ['HTTPS', get({}), get({ scheme: 'HTTPS' }), false],
    ['another host', get({}), get({ host: 'localhost' }), false],
    [
      'the same headers in another order and case',
      get({
        httpHeaders: [
          { name: 'A', value: '1' },
          { name: 'b', value: '2' },
        ],
      }),
      get({
        httpHeaders: [
          { name: 'B', value: '2' },
          { name: 'a', value: '1' },
        ],
      }),
      true,
    ],
    [
      'another header',
      get({ httpHeaders: [{ name: 'A', value: '1' }] }),
      get({ httpHeaders: [{ name: 'A', value: '2' }] }),
      false,
    ],
    ['a header and none', get({ httpHeaders: [{ name: 'A', value: '1' }] }), get({}), false],
    ['no headers and an empty list', get({ httpHeaders: [] }), get({}), true],
    ['HTTP and TCP on one port', get({}), { tcpSocket: { port: 8080 } }, false],
    ['TCP', { tcpSocket: { port: 8080 } }, { tcpSocket: { port: 'http' } }, true],
    ['gRPC', { grpc: { port: 9000 } }, { grpc: { port: 9000, service: '' } }, true],
    [
      'another gRPC service',
      { grpc: { port: 9000, service: 'live' } },
      { grpc: { port: 9000, service: 'ready' } },
      false,
    ],
    ['the same command', { exec: { command: ['cat', '/ok'] } }, { exec: { command: ['cat', '/ok'] } }, true],
    ['another command', { exec: { command: ['cat', '/ok'] } }, { exec: { command: ['cat', '/ok '] } }, false],
    ['two probes without an action', {}, {}, false],
  ])('%s', (_, one, other, same) => {
    expect(sameAction(CONTAINER, probe(one), probe(other))).toBe(same);
    expect(sameAction(CONTAINER, probe(other), probe(one))).toBe(same);
  });
});

test.each([
  [get({}), 'GET /healthz on port 8080'],
  [{ tcpSocket: { port: 'http' } }, 'TCP on port http'],
  [{ grpc: { port: 9000 } }, 'gRPC on port 9000'],
  [{ exec: { command: ['cat', '/ok'] } }, 'exec cat /ok'],
])('actionText of %j', (json, text) => {
  expect(actionText(probe(json))).toBe(text);
});
