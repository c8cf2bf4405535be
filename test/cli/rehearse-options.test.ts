import { loadRequest, parseRehearse } from '../../src/cli/rehearse-options';
import { DISTURBANCES } from '../../src/rehearsal/options';

test.each([
  ['/', { method: 'GET', path: '/', stream: false }],
  ['/?ms=300', { method: 'GET', path: '/?ms=300', stream: false }],
  ['/events:stream', { method: 'GET', path: '/events', stream: true }],
  ['/events:stream=[DONE]', { method: 'GET', path: '/events', stream: true, endsWith: '[DONE]' }],
  ['DELETE /cart', { method: 'DELETE', path: '/cart', stream: false }],
  [
    'POST /v1 {"a": "b:c"}:stream=[DONE]',
    { method: 'POST', path: '/v1', body: '{"a": "b:c"}', stream: true, endsWith: '[DONE]' },
  ],
  ['/form a=1 b=2', { method: 'POST', path: '/form', body: 'a=1 b=2', stream: false }],
])('the request %s', (text, request) => {
  expect(loadRequest(text)).toEqual({ body: undefined, endsWith: undefined, ...request });
});

test('what is not said has its default', () => {
  const { options, format, dryRun, clean } = parseRehearse(['deployment/orders']);
  expect({ format, dryRun, clean }).toEqual({ format: 'text', dryRun: false, clean: false });
  expect(options).toMatchObject({
    deployment: 'orders',
    files: [],
    yes: false,
    disturbances: DISTURBANCES,
    disturbancesNamed: false,
    requests: [{ path: '/' }],
    requestsPerSecond: 20,
    quietSeconds: 5,
  });
});

test('files, which Deployment of them, and disturbances by name', () => {
  const { options } = parseRehearse([
    'a.yaml',
    'deploy/orders',
    'b.yaml',
    '--disturbance',
    'drain',
    '--disturbance',
    'storm,delete',
  ]);
  expect(options).toMatchObject({
    files: ['a.yaml', 'b.yaml'],
    deployment: 'orders',
    disturbances: ['drain', 'storm', 'delete'],
    disturbancesNamed: true,
  });
});
