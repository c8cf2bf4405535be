import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type FailureLine,
  Load,
  type LoadLine,
  type LoadOptions,
  type LoadRequest,
  type SecondLine,
} from '../../src/rehearsal/load/load';

const GET: LoadRequest = { method: 'GET', path: '/', stream: false };
const open: net.Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) {
    if (server instanceof http.Server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listening(server: net.Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const serve = (listener: http.RequestListener) => listening(http.createServer(listener));

interface Outcome {
  readonly lines: LoadLine[];
  readonly seconds: SecondLine[];
  readonly failures: FailureLine[];
  readonly kinds: string[];
  sum(field: 'sent' | 'sentKeptAlive' | 'ok' | 'lost'): number;
}

async function loadOf(port: number, options: Partial<LoadOptions> = {}, milliseconds = 400): Promise<Outcome> {
  const lines: LoadLine[] = [];
  const load = new Load(
    {
      host: '127.0.0.1',
      port,
      requests: [GET],
      requestsPerSecond: 40,
      keepAliveClients: 3,
      timeoutSeconds: 0.5,
      ...options,
    },
    (line) => lines.push(line),
  );
  load.start();
  await sleep(milliseconds);
  await load.stop();
  const seconds = lines.filter((line) => line.type === 'second');
  const failures = lines.filter((line) => line.type === 'failure');
  return {
    lines,
    seconds,
    failures,
    kinds: [...new Set(failures.map(({ kind }) => kind))],
    sum: (field) => seconds.reduce((sum, line) => sum + line[field], 0),
  };
}

test('a server that answers loses nothing, and the rate is what was asked for', async () => {
  const connections = new Set<net.Socket>();
  const closing: (string | undefined)[] = [];
  const port = await serve((request, response) => {
    connections.add(request.socket);
    closing.push(request.headers.connection);
    response.end('done');
  });

  const load = await loadOf(port, {}, 1000);

  expect(load.failures).toEqual([]);
  expect(load.sum('sent')).toBeGreaterThanOrEqual(38);
  expect(load.sum('sent')).toBeLessThanOrEqual(42);
  expect(load.sum('ok')).toBe(load.sum('sent'));
  expect(load.sum('sentKeptAlive')).toBe(Math.floor(load.sum('sent') / 2));
  const newConnections = closing.filter((header) => header === 'close').length;
  expect(newConnections).toBe(load.sum('sent') - load.sum('sentKeptAlive'));
  expect(connections.size).toBe(newConnections + 3);
  expect(load.lines.map(({ n }) => n)).toEqual(load.lines.map((_, index) => index));
});

test('a kept-alive client goes on using the connections that it once needed at a time', async () => {
  const connections = new Set<net.Socket>();
  const port = await serve((request, response) => {
    connections.add(request.socket);
    setTimeout(() => response.end('done'), 150);
  });

  const load = await loadOf(port, { requestsPerSecond: 80, keepAliveClients: 1 }, 1500);

  expect(load.failures).toEqual([]);
  const newConnections = load.sum('sent') - load.sum('sentKeptAlive');
  expect(connections.size - newConnections).toBeLessThan(20); // 40 a second, each for 0.15 s: 6 at a time
});

test('refused: nobody listens', async () => {
  const port = await serve((_, response) => response.end());
  await new Promise((resolve) => open.pop()?.close(resolve));

  const load = await loadOf(port);

  expect(load.kinds).toEqual(['refused']);
  expect(load.sum('lost')).toBe(load.sum('sent'));
  expect(load.failures[0]).toMatchObject({
    client: 'new',
    reused: false,
    request: 'GET /',
    bytes: 0,
    detail: 'ECONNREFUSED',
  });
});

test('reset: the connection is cut before there is an answer', async () => {
  const port = await serve((request) => request.socket.resetAndDestroy());
  expect((await loadOf(port)).kinds).toEqual(['reset']);
});

test('reset: the connection is closed without an answer', async () => {
  const port = await serve((request) => request.socket.end());
  expect((await loadOf(port)).kinds).toEqual(['reset']);
});

test('reset on a connection that had served before is told apart', async () => {
  const served = new WeakSet<net.Socket>();
  const port = await serve((request, response) => {
    if (served.has(request.socket)) request.socket.resetAndDestroy();
    else response.end();
    served.add(request.socket);
  });
  const { failures } = await loadOf(port);
  expect(failures.length).toBeGreaterThan(0);
  for (const failure of failures) expect(failure).toMatchObject({ kind: 'reset', client: 'kept-alive', reused: true });
});

test('a server that stalls: every request is sent in its time all the same, and times out', async () => {
  const port = await serve(() => {});
  const load = await loadOf(port, {}, 900);
  expect(load.kinds).toEqual(['timed-out']);
  expect(load.sum('sent')).toBeGreaterThanOrEqual(34);
  for (const { sentAt, endedAt } of load.failures) expect(endedAt - sentAt).toBeGreaterThanOrEqual(490);
});

test('a server that takes connections and says nothing', async () => {
  const port = await listening(net.createServer((socket) => socket.on('error', () => {}).resume()));
  expect((await loadOf(port)).kinds).toEqual(['timed-out']);
});

test.each([
  [500, '5xx'],
  [503, '5xx'],
  [404, '4xx'],
])('an answer of %s is %s', async (status, kind) => {
  const port = await serve((_, response) => response.writeHead(status).end('no'));
  const load = await loadOf(port);
  expect(load.kinds).toEqual([kind]);
  expect(load.failures[0]).toMatchObject({ status });
});

test('truncated: fewer bytes than announced', async () => {
  const port = await serve((request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => request.socket.destroy());
  });
  const load = await loadOf(port);
  expect(load.kinds).toEqual(['truncated']);
  expect(load.failures[0]).toMatchObject({ status: 200, bytes: 4 });
});

test('truncated: a chunked stream without its last chunk', async () => {
  const port = await serve((request, response) => {
    response.write('data: 1\n\n');
    setTimeout(() => request.socket.end(), 30);
  });
  expect((await loadOf(port, { requests: [{ ...GET, stream: true }] })).kinds).toEqual(['truncated']);
});

const DONE: LoadRequest = { ...GET, stream: true, endsWith: '[DONE]' };

test('a stream that ends properly without its last words is truncated', async () => {
  const port = await serve((_, response) => response.end('data: 1\n\n'));
  const load = await loadOf(port, { requests: [DONE] });
  expect(load.kinds).toEqual(['truncated']);
  expect(load.failures[0].detail).toBe('the stream does not end with [DONE]');
});

test('the last words are found in whichever pieces they come', async () => {
  const port = await serve(async (_, response) => {
    for (const piece of ['data: 1\n\n', 'data: [DO', 'NE]\n', '\n']) {
      response.write(piece);
      await sleep(5);
    }
    response.end();
  });
  const load = await loadOf(port, { requests: [DONE] });
  expect(load.failures).toEqual([]);
});

test('a stream that only ends with its connection cannot be known to be whole', async () => {
  const port = await listening(
    net.createServer((socket) => {
      socket.on('error', () => {}).resume();
      socket.end('HTTP/1.1 200 OK\r\n\r\ndata: 1\n\n');
    }),
  );
  expect((await loadOf(port, { requests: [{ ...GET, stream: true }] })).failures[0].detail).toMatch(
    'nothing says where',
  );
  expect((await loadOf(port)).failures).toEqual([]);
});

test('dns: the name is not known', async () => {
  const load = await loadOf(80, { host: 'no-such-host.invalid', requestsPerSecond: 10, timeoutSeconds: 5 });
  expect(load.kinds).toEqual(['dns']);
});

test('requests go in turn, with their methods and bodies', async () => {
  const seen: string[] = [];
  const port = await serve(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push(`${request.method} ${request.url} ${body} ${request.headers['content-type']}`);
    response.end('[DONE]');
  });
  const post: LoadRequest = { method: 'POST', path: '/v1', body: '{"a":1}', stream: false };
  await loadOf(port, { requests: [GET, post] });
  expect(seen.slice(0, 4).sort()).toEqual([
    'GET /  undefined',
    'GET /  undefined',
    'POST /v1 {"a":1} application/json',
    'POST /v1 {"a":1} application/json',
  ]);
});

test('a second says what is in flight since when, and stopping waits for it', async () => {
  const port = await serve((_, response) => setTimeout(() => response.end(), 1500));
  const load = await loadOf(port, { requestsPerSecond: 10, timeoutSeconds: 5 }, 1200);
  expect(load.seconds[0].inFlight).toBeGreaterThan(5);
  expect(load.seconds[0].oldestSentAt).toBeLessThan(load.seconds[0].now - 500);
  expect(load.seconds.at(-1)).toMatchObject({ inFlight: 0 });
  expect(load.sum('ok')).toBe(load.sum('sent'));
});
