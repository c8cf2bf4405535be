import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { drainEndpointPreStopCommand } from '../../../src/manifest/hooks/drain-endpoint';
import {
  isSafePath,
  markerPostStartCommand,
  markerPreStopCommand,
  markerReadinessCommand,
} from '../../../src/manifest/hooks/marker';
import { checkUrl } from '../../../src/manifest/hooks/safe-values';
import { present } from './shells';

describe('what may reach a shell', () => {
  test.each(['/a', '/run/cdk8s-graceful/draining', '/a.b/c_d-1', '/...'])('the path %s', (path) => {
    expect(isSafePath(path)).toBe(true);
  });
  test.each([
    '',
    '/',
    'a',
    '/a/',
    '//a',
    '/a/../b',
    '/..',
    '/a b',
    '/a;b',
    '/a\n',
    '/$a',
    '/`a`',
    "/a'",
    '/a*',
    '/ä',
    '-a',
  ])('not the path %j', (path) => {
    expect(isSafePath(path)).toBe(false);
    expect(() => markerPreStopCommand({ path, delaySeconds: 1 })).toThrow(/must be absolute/);
    expect(() => markerPostStartCommand(path)).toThrow(JSON.stringify(path));
  });
  test.each([
    'http://127.0.0.1:8000/health',
    'https://localhost/drain_listeners?graceful&x=1',
    'http://[::1]:9901/',
    'http://a.b-c',
  ])('the URL %s', (url) => {
    expect(checkUrl(url)).toBe(url);
  });
  test.each([
    "http://a/'",
    'http://a/$(x)',
    'http://a/`x`',
    'http://a/ b',
    'http://a/\n',
    'http://a;b/',
    'http://-a/',
    'ftp://a/',
    'a',
    'http://u:p@a/',
    'http://a/"',
    'http://a/\\',
  ])('not the URL %j', (url) => {
    expect(() => checkUrl(url)).toThrow(/would reach a shell/);
    const hook = { url, method: 'GET', delaySeconds: 1, timeoutSeconds: 1, fetchWith: 'curl' } as const;
    expect(() => drainEndpointPreStopCommand(hook)).toThrow(/would reach a shell/);
  });

  test('nothing else: what a shell makes of an accepted value is the value', () => {
    const text = fc.string({ unit: fc.constantFrom(...`/ab.-_?&=%:+@'"$\`\\;|*()<> \n~#![]{}`) });
    fc.assert(
      fc.property(text, (tail) => {
        let script: string;
        try {
          const request = { url: `http://h/${tail}`, timeoutSeconds: 1, fetchWith: 'curl' } as const;
          script = markerReadinessCommand({ path: '/a', ...request })[2];
        } catch {
          return;
        }
        const shown = spawnSync('sh', ['-c', script.replace(/^.* (?='?http)/, 'printf %s ')], { encoding: 'utf8' });
        expect(shown.stdout).toBe(`http://h/${tail}`);
      }),
      { numRuns: 100 },
    );
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('no delay of %d s', (delaySeconds) => {
    expect(() => markerPreStopCommand({ path: '/a', delaySeconds })).toThrow(/whole number of seconds/);
  });
});

test('a marker hook is short enough to read', () => {
  expect(markerPreStopCommand({ path: '/run/x/draining', delaySeconds: 15 })).toEqual([
    '/bin/sh',
    '-c',
    'touch /run/x/draining; sleep 15',
  ]);
  expect(markerPostStartCommand('/run/x/draining')).toEqual(['rm', '-f', '/run/x/draining']);
});

describe('run for real', () => {
  jest.setTimeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'hooks-'));
  const calls: string[] = [];
  let server: Server;
  let base: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      calls.push(`${request.method} ${request.url}`);
      if (request.url === '/hangs') return;
      response.writeHead(request.url === '/unready' ? 503 : 200).end('answer');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close().closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  const run = ([program, ...args]: readonly string[]): Promise<{ code: number | null; seconds: number }> => {
    const begin = process.hrtime.bigint();
    const env = { ...process.env, http_proxy: 'http://127.0.0.1:1' };
    const child = spawn(program, args, { stdio: 'ignore', env });
    return new Promise((resolve) => {
      child.on('close', (code) => resolve({ code, seconds: Number(process.hrtime.bigint() - begin) / 1e9 }));
    });
  };
  const tools = (['curl', 'wget', 'python3'] as const).filter((tool) => present(tool, [tool, '--version']));
  const withEachTool = (body: (tool: (typeof tools)[number]) => Promise<void>) => Promise.all(tools.map(body));

  test('ready while the server says so and the marker is not there', () =>
    withEachTool(async (fetchWith) => {
      const path = join(folder, fetchWith);
      const probe = (to: string) => run(markerReadinessCommand({ path, url: base + to, timeoutSeconds: 2, fetchWith }));
      expect((await probe('/ready')).code).toBe(0);
      expect((await probe('/unready')).code).not.toBe(0);
      const hanging = await probe('/hangs');
      expect(hanging.code).not.toBe(0);
      expect(hanging.seconds).toBeLessThan(4);

      await run(markerPreStopCommand({ path, delaySeconds: 0 }));
      expect(existsSync(path)).toBe(true);
      expect((await probe('/ready')).code).not.toBe(0);
      await run(markerPostStartCommand(path));
      expect((await probe('/ready')).code).toBe(0);
    }));

  test('the drain endpoint is called first, and a failure costs no delay', () =>
    withEachTool(async (fetchWith) => {
      const hook = { fetchWith, timeoutSeconds: 3, delaySeconds: 1 };
      const url = `${base}/${fetchWith}?graceful`;
      const post = await run(drainEndpointPreStopCommand({ ...hook, url, method: 'POST' }));
      const get = await run(drainEndpointPreStopCommand({ ...hook, url, method: 'GET', waitSeconds: 1 }));
      expect(calls.filter((call) => call.includes(fetchWith))).toEqual([
        `POST /${fetchWith}?graceful`,
        `GET /${fetchWith}?graceful`,
      ]);
      expect(post.seconds).toBeGreaterThan(1);
      expect(get.seconds).toBeGreaterThan(2);
      const refused = await run(drainEndpointPreStopCommand({ ...hook, url: 'http://127.0.0.1:1/', method: 'GET' }));
      expect(refused.seconds).toBeGreaterThan(1);
    }));
});
