import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answered, ask, idleConnection, type Outcome } from './client';
import { startContained } from './namespace';
import type { Questions, ServerUnderTest, Variant } from './server';

/** What clients and probes saw of one termination; seconds count from SIGTERM, or the stop signal of the image. */
export interface Observation {
  readonly requestSeconds: number;
  /** Plain requests in flight at the signal, and how they ended. */
  readonly inFlight: readonly Seen[];
  readonly stream?: Seen;
  /** New connections from the signal on. */
  readonly newRequests: readonly Seen[];
  readonly readiness: readonly Seen[];
  /** When a kept-alive connection without a request was closed; absent: not before the end. */
  readonly idleClosedSeconds?: number;
  /** Absent: SIGKILL had to end it. */
  readonly exitSeconds?: number;
}

export interface Seen {
  readonly seconds: number;
  readonly outcome: Outcome;
}

const LEAD_MILLISECONDS = 700;
const START_SECONDS = 30;

/** A kubelet gives SIGTERM this much time, however long the hook took. */
const KUBELET_LEAST_SECONDS = 2;

const APPLICATION: Questions = {
  plain: (seconds) => ({ path: `/slow?seconds=${seconds}` }),
  stream: (seconds) => ({ path: `/stream?seconds=${seconds}`, endsWith: '[DONE]' }),
  short: { path: '/slow?seconds=0' },
};

/** Starts the server, puts requests in flight, sends the signal, and watches until the end of the process or of the grace. */
export async function runTrial(server: ServerUnderTest, variant: Variant, folder: string): Promise<Observation> {
  const { port, readinessPath, questions = APPLICATION } = server;
  // Requests outlive a bound that is to be seen, and a shell that swallows the signal is waited for no longer than needed.
  const requestSeconds = variant.requestSeconds ?? (variant.boundSeconds === undefined ? 4 : variant.boundSeconds + 5);
  const usualSeconds = requestSeconds + (variant.underShell ? 3 : 9);
  let graceSeconds = variant.graceSeconds ?? variant.terminationGracePeriodSeconds ?? usualSeconds;
  const contained = startContained(commandOf(server, variant, folder), {
    cwd: folder,
    env: { ...process.env, PORT: String(port), ...server.env, ...variant.env },
    log: join(folder, 'server.log'),
  });
  try {
    await ready(server, contained.hasEnded);
    // The first request of all takes its time, and would be on its way still when the signal comes.
    await ask(port, questions.short, server.startSeconds ?? START_SECONDS);
    const idle = await idleConnection(port, readinessPath);
    const patience = requestSeconds * 2 + graceSeconds + 60;
    const slow = [1, 2, 3].map(() => ask(port, questions.plain(requestSeconds), patience));
    const stream = variant.withoutStream ? undefined : ask(port, questions.stream(requestSeconds), patience);
    await sleep(LEAD_MILLISECONDS);
    const hookSeconds = variant.preStop ? await runHook(variant.preStop) : 0;
    if (variant.terminationGracePeriodSeconds !== undefined)
      graceSeconds = Math.max(KUBELET_LEAST_SECONDS, variant.terminationGracePeriodSeconds - hookSeconds);

    contained.signal(variant.stopSignal ?? 'SIGTERM');
    const start = performance.now();
    const since = (at: number) => Math.round((at - start) / 100) / 10;
    const seen = ({ at, outcome }: Answered): Seen => ({ seconds: since(at), outcome });
    const going = () => !contained.hasEnded() && performance.now() - start < graceSeconds * 1000;
    const newRequests = every(150, going, () => ask(port, questions.short, 2), start);
    const readiness = every(300, going, () => ask(port, { path: readinessPath }, 2), start);

    const end = await Promise.race([contained.ended, sleep(graceSeconds * 1000, undefined, { ref: false })]);
    contained.signal('SIGKILL');
    await contained.ended;
    const idleClosed = await Promise.race<number | undefined>([idle.closedAt, sleep(500, undefined, { ref: false })]);
    const lastSeconds = end === undefined ? graceSeconds : since(end.at);
    return {
      requestSeconds,
      inFlight: (await Promise.all(slow)).map(seen),
      stream: stream && seen(await stream),
      newRequests: await newRequests,
      readiness: await readiness,
      idleClosedSeconds:
        idleClosed !== undefined && since(idleClosed) < lastSeconds - 0.2 ? since(idleClosed) : undefined,
      exitSeconds: end && since(end.at),
    };
  } finally {
    contained.signal('SIGKILL');
    await contained.ended;
  }
}

function commandOf(server: ServerUnderTest, variant: Variant, folder: string): readonly string[] {
  const command = server.command(folder, variant);
  return variant.underShell ? ['sh', '-c', `${command.map(quoted).join(' ')}; true`] : command;
}

/** How many seconds it took. A hook that fails does not stop a termination, and it does not here. */
function runHook([program = '', ...args]: readonly string[]): Promise<number> {
  const start = performance.now();
  return new Promise((resolve) => execFile(program, args, () => resolve((performance.now() - start) / 1000)));
}

async function ready(
  { port, readinessPath, startSeconds = START_SECONDS, title }: ServerUnderTest,
  ended: () => boolean,
) {
  for (let tries = startSeconds * 5; tries > 0; tries--) {
    if (ended()) throw new Error(`${title} ended before it was ready`);
    if ((await ask(port, { path: readinessPath }, 2)).outcome === 'ok') return;
    await sleep(200);
  }
  throw new Error(`${title} was not ready within ${startSeconds} s`);
}

/** Open loop: the next one starts on time, whether or not the one before has ended. Seconds are those of its start. */
async function every(
  milliseconds: number,
  going: () => boolean,
  once: () => Promise<Answered>,
  start: number,
): Promise<readonly Seen[]> {
  const asked: Promise<Seen>[] = [];
  while (going()) {
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    asked.push(once().then(({ outcome }) => ({ seconds, outcome })));
    await sleep(milliseconds);
  }
  return Promise.all(asked);
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
