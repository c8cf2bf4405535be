import { type ChildProcess, spawn } from 'node:child_process';
import { Problem } from '../problem';
import { JsonStream } from './json-stream';

export interface RunOptions {
  readonly input?: string;
  /** Ends the command early. Without it the command runs to its end, whatever signal comes. */
  readonly signal?: AbortSignal;
}

/** kubectl refused, or the cluster did. */
export class KubectlProblem extends Problem {
  constructor(
    args: readonly string[],
    readonly complaint: string,
  ) {
    super(`kubectl ${args.join(' ')}: ${complaint}`);
  }
}

export interface Followed {
  stop(): void;
}

/** kubectl on the PATH, or the program that KUBECTL names. */
export class Kubectl {
  private readonly program = process.env.KUBECTL || 'kubectl';
  private readonly followed = new Set<ChildProcess>();

  constructor(private readonly flags: readonly string[]) {}

  /** What a command prints. */
  run(args: readonly string[], { input, signal }: RunOptions = {}): Promise<string> {
    return new Promise((resolve, reject) => {
      // In a process group of its own: Ctrl-C in a terminal must not end a command half way.
      const child = spawn(this.program, [...this.flags, ...args], { detached: true });
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text) => {
        stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text) => {
        stderr += text;
      });
      child.on('error', (error) => reject(this.notStarted(error)));
      child.on('close', (code, killedBy) => {
        signal?.removeEventListener('abort', stop);
        if (code === 0) resolve(stdout);
        else reject(new KubectlProblem(args, stderr.trim() || `it ended with ${killedBy ?? `exit code ${code}`}`));
      });
      const stop = () => child.kill();
      signal?.addEventListener('abort', stop);
      child.stdin.on('error', () => {}); // it ended without reading: its exit code says why
      child.stdin.end(input);
    });
  }

  async json(args: readonly string[]): Promise<unknown> {
    return JSON.parse(await this.run([...args, '-o', 'json']));
  }

  /** Hands on each JSON object that a command prints which goes on by itself. */
  follow(args: readonly string[], found: (value: unknown) => void, ended: (complaint: string) => unknown): Followed {
    const child = spawn(this.program, [...this.flags, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.followed.add(child);
    let stopped = false;
    let complaint = '';
    const stream = new JsonStream((value) => {
      if (!stopped) found(value);
    });
    child.stdout.setEncoding('utf8').on('data', (text) => stream.push(text));
    child.stderr.setEncoding('utf8').on('data', (text) => {
      complaint = text.trim();
    });
    const end = (why: string) => {
      if (this.followed.delete(child) && !stopped) ended(why);
    };
    child.on('error', (error) => end(this.notStarted(error).message));
    child.on('close', () => end(complaint));
    return {
      stop: () => {
        stopped = true;
        child.kill();
      },
    };
  }

  private notStarted(error: NodeJS.ErrnoException): Problem {
    return new Problem(
      error.code === 'ENOENT'
        ? `${this.program} was not found: put kubectl on the PATH, or name it in KUBECTL`
        : `${this.program} could not be started: ${error.message}`,
    );
  }
}
