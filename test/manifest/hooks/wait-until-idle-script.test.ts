import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type WaitUntilIdleHook, waitUntilIdleCommand } from '../../../src/manifest/hooks/wait-until-idle';
import { present, shellsPresent } from './shells';

const folder = mkdtempSync(join(tmpdir(), 'wait-until-idle-'));
const servers: Server[] = [];
const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const server of servers) server.close().closeAllConnections();
  rmSync(folder, { recursive: true });
});

// Each case waits for seconds and needs next to no work, so many run at once; Jest's own limit is five.
const waiting: (() => Promise<void>)[] = [];
function atOnce(title: string, body: () => Promise<void>): void {
  const result = new Promise<void>((resolve, reject) => waiting.push(() => body().then(resolve, reject)));
  result.catch(() => undefined); // reported by its test, which may come later
  test(title, () => result, 60_000);
}
beforeAll(() => {
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await next();
  };
  for (let worker = 0; worker < 10; worker++) void work();
});

type Answer = string | ((request: IncomingMessage, response: ServerResponse) => void);

/** Answers one after the other, the last one from then on. */
async function serve(answers: readonly Answer[]): Promise<{ server: Server; url: string; reads: () => number }> {
  let count = 0;
  const server = createServer((request, response) => {
    const answer = answers[Math.min(count++, answers.length - 1)];
    if (typeof answer === 'string') response.end(answer);
    else answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`, reads: () => count };
}

const gauges = ['vllm:num_requests_running', 'vllm:num_requests_waiting'];

const metrics = (running: string, waiting: string) => `# HELP vllm:num_requests_running Number of requests in flight.
# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="a {b} c"} 0.0
vllm:num_requests_running{engine="1",model_name="a {b} c"} ${running}
vllm:num_requests_waiting{engine="0",model_name="m"} ${waiting}
vllm:num_requests_waiting_by_reason{reason="capacity"} 7.0
other_total 5
`;
const IDLE = metrics('0.0', '0.0');
const BUSY = metrics('2.0', '0.0');

interface Run {
  readonly seconds: number;
  readonly code: number | null;
  readonly log: string;
}

// A pyenv shim in front of python3 would take most of the second that one read has.
const python = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).stdout?.trim();
const PATH = `${python ? `${dirname(python)}:` : ''}${process.env.PATH}`;

function run(
  shell: readonly string[],
  hook: Partial<WaitUntilIdleHook> & Pick<WaitUntilIdleHook, 'url'>,
  containerLog = '/nonexistent/log',
): Promise<Run> {
  const [, ...args] = waitUntilIdleCommand({
    delaySeconds: 0,
    deadlineSeconds: 20,
    gauges,
    fetchWith: 'curl',
    ...hook,
  });
  args[1] = args[1].replaceAll('/proc/1/fd/1', containerLog);
  const begin = process.hrtime.bigint();
  const child = spawn(shell[0], [...shell.slice(1), ...args], {
    env: { PATH, http_proxy: 'http://127.0.0.1:1', HTTP_PROXY: 'http://127.0.0.1:1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  let log = '';
  child.stdout.on('data', (data) => {
    log += data;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, log, seconds: Number(process.hrtime.bigint() - begin) / 1e9 }));
  });
}

/** It ended well, said so in one line, and took this long; the slack above is for a machine with much else to do. */
function expectEnd({ code, log, seconds }: Run, why: RegExp, least: number, most: number): void {
  expect(log).toMatch(/^cdk8s-graceful-wait-until-idle: .*, \d+ s after the delay of \d+ s\n$/);
  expect(log).toMatch(why);
  expect(code).toBe(0);
  // The first read comes at once, so that n reads take n - 1 seconds.
  expect(seconds).toBeGreaterThan(least - 1.05);
  expect(seconds).toBeLessThan(most + 3);
}

const shells = shellsPresent();
const tools = (['curl', 'wget', 'python3'] as const).filter((tool) => present(tool, [tool, '--version']));

for (const [name, shell] of shells) {
  describe.each(tools)(`${name}, %s`, (fetchWith) => {
    atOnce('busy, then idle', async () => {
      const { url, reads } = await serve([BUSY, metrics('0.0', '1.0'), IDLE]);
      expectEnd(await run(shell, { url, fetchWith }), /: idle, /, 4, 6);
      expect(reads()).toBeGreaterThanOrEqual(4);
    });

    atOnce('nobody listens', async () => {
      const { server, url } = await serve([IDLE]);
      await new Promise((resolve) => server.close(resolve));
      expectEnd(await run(shell, { url, fetchWith }), /nobody listens at http:\S+ any more, /, 3, 5);
    });

    atOnce('a server that hangs', async () => {
      const { url } = await serve([() => undefined]);
      const ended = await run(shell, { url, fetchWith, deadlineSeconds: 4 });
      expectEnd(ended, /deadline of 4 s reached: no answer within 1 s, /, 3, 5);
    });

    atOnce('an error page', async () => {
      const { url } = await serve([(_request, response) => response.writeHead(404).end('not here')]);
      const ended = await run(shell, { url, fetchWith, deadlineSeconds: 4 });
      expectEnd(ended, /deadline of 4 s reached: (no readable answer|no vllm:\S+ in the metrics)/, 3, 5);
    });
  });

  describe(name, () => {
    const ends = (title: string, answers: Answer[], hook: Partial<WaitUntilIdleHook>, why: RegExp, times: number[]) =>
      atOnce(title, async () => {
        const { url } = await serve(answers);
        expectEnd(await run(shell, { url, ...hook }), why, times[0], times[1]);
      });
    const withoutWaiting = IDLE.replaceAll('requests_waiting{', 'x{');
    const drip: Answer = (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('#\n'), 100);
      response.on('close', () => clearInterval(timer));
    };
    const cut: Answer = (request) => request.socket.destroy();
    const short = { gauges: ['a', 'b'], deadlineSeconds: 2 };

    ends('idle from the start', [IDLE], {}, /: idle, \d s after the delay of 0 s/, [2, 2]);
    ends('idle for one read only', [IDLE, BUSY, IDLE, BUSY, IDLE], {}, /: idle, /, [6, 6]);
    ends('busy to the end', [BUSY], { deadlineSeconds: 2 }, /deadline of 2 s reached: still busy, /, [1, 3]);
    ends('a delay before the deadline', [BUSY], { delaySeconds: 2, deadlineSeconds: 2 }, /of 2 s\n/, [3, 5]);
    ends('a missing gauge', [withoutWaiting], { deadlineSeconds: 2 }, /no vllm:num_requests_waiting in/, [1, 3]);
    ends('a byte now and then', [drip], { deadlineSeconds: 3 }, /no answer within 1 s/, [2, 4]);
    ends('connections that are cut', [cut], { deadlineSeconds: 4 }, /no readable answer \(code \d+\)/, [3, 5]);
    ends(
      'time stamps',
      ['a 0\n', 'a 0.0 17000\nb{x="y"} 0e+00 17000\n'],
      { ...short, deadlineSeconds: 9 },
      /idle/,
      [3, 3],
    );
    ends('a value that is no number', ['a NaN\nb 0\n'], short, /still busy/, [1, 3]);
    ends('a longer name', ['a_b 0\nb 0\n'], short, /no a in the metrics/, [1, 3]);
    ends('many metrics', [`${'c{le="1"} 5\n'.repeat(5000)}a 0\nb 0\n`], { gauges: ['a'] }, /: idle/, [2, 3]);
    ends('patterns of the shell', ['a{x="*"} 0\n*\nb 0\n'], { gauges: ['a', 'b'] }, /: idle/, [2, 2]);
    ends('a marker that cannot be made', [IDLE], { markerPath: '/nonexistent/draining' }, /: idle/, [2, 2]);

    atOnce('the server goes away while it is busy', async () => {
      const { server, url } = await serve([BUSY]);
      setTimeout(() => server.close(), 1500);
      expectEnd(await run(shell, { url }), /nobody listens/, 4, 7);
    });

    atOnce('the marker is there before the delay is over', async () => {
      const { url } = await serve([IDLE]);
      const markerPath = join(folder, `draining-${name.replace(' ', '-')}`);
      const ended = run(shell, { url, markerPath, delaySeconds: 3 });
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect(existsSync(markerPath)).toBe(true);
      expectEnd(await ended, /idle/, 5, 5);
    });

    atOnce('the line goes to the container log, behind what is there', async () => {
      const { url } = await serve([IDLE]);
      const containerLog = join(folder, `log-${name.replace(' ', '-')}`);
      await run(shell, { url }, containerLog);
      const { log } = await run(shell, { url }, containerLog);
      expect(log).toBe('');
      expect(readFileSync(containerLog, 'utf8')).toMatch(/: idle, .*\n.*: idle, .*\n$/);
    });
  });
}
