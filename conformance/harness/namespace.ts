import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** A server that runs as PID 1 of its own PID namespace, as it does in a container. */
export interface Contained {
  signal(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
  readonly hasEnded: () => boolean;
}

export interface Ended {
  readonly at: number;
  readonly code: number | null;
  readonly signal: string | null;
}

const PID = ['unshare', '--pid', '--fork', '--kill-child'];
const USER_AND_PID = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--kill-child'];

/** What a process that was killed leaves in /dev/shm is found again by the next one that is PID 1: OpenMP dies of it. */
const OWN_SHARED_MEMORY = ['--mount-proc', 'sh', '-c', 'mount -t tmpfs tmpfs /dev/shm && exec "$@"', 'sh'];

/** Undefined where the machine lets nobody make a PID namespace. */
export function namespaceCommand(): readonly string[] | undefined {
  const ways = [[...PID, ...OWN_SHARED_MEMORY], [...USER_AND_PID, ...OWN_SHARED_MEMORY], PID, USER_AND_PID];
  return ways.find(([program = '', ...args]) => spawnSync(program, [...args, 'true']).status === 0);
}

export function startContained(
  command: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly log: string },
): Contained {
  const [program = '', ...args] = namespaceCommand() ?? [];
  const log = openSync(options.log, 'a');
  const outside = spawn(program, [...args, ...command], { ...options, stdio: ['ignore', log, log] });
  closeSync(log);
  let ended = false;
  const end = new Promise<Ended>((resolve) => {
    const done = (code: number | null, signal: string | null) => {
      ended = true;
      resolve({ at: performance.now(), code, signal });
    };
    outside.on('exit', done);
    outside.on('error', () => done(null, null));
  });
  return {
    signal(signal) {
      const pid = firstChild(outside);
      if (pid !== undefined && !ended) process.kill(pid, signal);
    },
    ended: end,
    hasEnded: () => ended,
  };
}

/** The outer number of the process that is PID 1 inside: the kernel treats its signals as it does a container's. */
function firstChild(outside: ChildProcess): number | undefined {
  try {
    const children = readFileSync(`/proc/${outside.pid}/task/${outside.pid}/children`, 'utf8').trim();
    return children === '' ? undefined : Number(children.split(' ')[0]);
  } catch {
    return undefined;
  }
}
