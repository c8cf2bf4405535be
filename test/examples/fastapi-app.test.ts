import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as http from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

jest.setTimeout(180_000);

const APP = join(__dirname, '../../examples/fastapi-readiness-flag/app');
const QUIET_SECONDS = 2;

/** What most articles show: uvicorn installs its own handler afterwards, and this one is never called. */
const SIGNAL_AT_IMPORT = `
import signal, threading
from fastapi import FastAPI, Response

draining = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: draining.set())
app = FastAPI()

@app.get('/healthz')
async def healthz():
    return Response(status_code=503 if draining.is_set() else 200)
`;

const folder = mkdtempSync(join(tmpdir(), 'fastapi-app-'));
const servers: ChildProcess[] = [];
const python = install();
const whenInstalled = python === undefined ? test.skip : test;

function install(): string | undefined {
  try {
    // The machine's pip: one within the environment takes seconds to be put there.
    execFileSync('python3', ['-m', 'venv', '--without-pip', join(folder, 'venv')], { stdio: 'pipe' });
    const installed = join(folder, 'venv/bin/python');
    const pip = ['-m', 'pip', '--python', installed, '--disable-pip-version-check', 'install', '--quiet'];
    execFileSync('python3', [...pip, '-r', join(APP, 'requirements.txt')], { stdio: 'pipe', timeout: 120_000 });
    return installed;
  } catch (error) {
    process.stderr.write(`skipped: no FastAPI here, ${String(error).split('\n')[0]}\n`);
    return undefined;
  }
}

afterAll(() => {
  for (const server of servers) server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status?: number;
  readonly body: string;
  /** The Connection header. */
  readonly connection?: string;
  /** ECONNREFUSED, ECONNRESET, or that the answer was cut. */
  readonly error?: string;
}

function get(port: number, path: string): Promise<Answer> {
  return new Promise((resolve) => {
    const request = http.get(
      { host: '127.0.0.1', port, path, agent: new http.Agent({ keepAlive: true }) },
      (response) => {
        let body = '';
        response.on('data', (data) => {
          body += data;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode, body, connection: response.headers.connection }),
        );
        response.on('error', (error: NodeJS.ErrnoException) => resolve({ body, error: error.code }));
      },
    );
    request.on('error', (error: NodeJS.ErrnoException) => resolve({ body: '', error: error.code }));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A uvicorn that is ready; `exited` gives its exit code, with 143 for an end by SIGTERM. */
async function start(appFolder: string) {
  const port = await freePort();
  const args = ['-m', 'uvicorn', 'main:app', '--app-dir', appFolder, '--port', String(port), '--log-level', 'warning'];
  const quiet = { CDK8S_GRACEFUL_QUIET_SECONDS: String(QUIET_SECONDS) };
  const env = { ...process.env, ...quiet, PYTHONDONTWRITEBYTECODE: '1' };
  const server = spawn(python as string, args, { stdio: 'inherit', env });
  servers.push(server);
  const exited = new Promise<number | null>((resolve) => {
    server.on('close', (code, signal) => resolve(signal === 'SIGTERM' ? 143 : code));
  });
  for (let tries = 0; (await get(port, '/healthz')).status !== 200; tries++) {
    if (tries > 300) throw new Error('the app did not become ready');
    await sleep(100);
  }
  return { server, port, exited };
}

/** Seconds from now on until a new connection is refused, and what was answered before that. */
async function untilRefused(port: number): Promise<{ seconds: number; health: Answer[]; requests: Answer[] }> {
  const begin = Date.now();
  const health: Answer[] = [];
  const requests: Answer[] = [];
  while (Date.now() - begin < 30_000) {
    const answer = await get(port, '/healthz');
    if (answer.error === 'ECONNREFUSED') break;
    health.push(answer);
    requests.push(await get(port, '/slow?seconds=0.01'));
    await sleep(50);
  }
  return { seconds: (Date.now() - begin) / 1000, health, requests };
}

whenInstalled('the app serves on through the quiet period, and finishes what is in flight', async () => {
  const { server, port, exited } = await start(APP);
  const inFlight = [get(port, '/slow?seconds=4'), get(port, '/stream?seconds=4')];
  await sleep(500);

  server.kill('SIGTERM');
  await sleep(100);
  const { seconds, health, requests } = await untilRefused(port);

  expect(new Set(health.slice(0, -1).map(({ status }) => status))).toEqual(new Set([503]));
  // The last one may meet the closing of the port.
  expect(requests.length).toBeGreaterThan(3);
  expect(new Set(requests.slice(0, -1).map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(requests.slice(0, -1).map(({ connection }) => connection))).toEqual(new Set(['close']));
  expect(seconds).toBeGreaterThan(QUIET_SECONDS - 0.5);
  expect(seconds).toBeLessThan(QUIET_SECONDS + 2);

  const [slow, stream] = await Promise.all(inFlight);
  expect(slow).toMatchObject({ status: 200, body: '{"slept":4.0}' });
  expect(stream.body).toMatch(/data: 3\n\ndata: \[DONE\]\n\n$/);
  expect([0, 143]).toContain(await exited);
});

whenInstalled('a handler set at import is never called: the port closes at once', async () => {
  const appFolder = join(folder, 'signal-at-import');
  mkdirSync(appFolder);
  writeFileSync(join(appFolder, 'main.py'), SIGNAL_AT_IMPORT);
  const { server, port } = await start(appFolder);

  server.kill('SIGTERM');
  const { seconds, health } = await untilRefused(port);
  expect(health.map(({ status }) => status)).not.toContain(503);
  expect(seconds).toBeLessThan(QUIET_SECONDS - 0.5);
});
