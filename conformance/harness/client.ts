import http from 'node:http';
import net from 'node:net';

/**
 * - `ok`: a whole answer with a status below 400
 * - `503`: told to come back later
 * - `failed`: another status of 400 or more
 * - `refused`: nobody listens
 * - `reset`: the connection ended before the answer began
 * - `truncated`: it ended within the answer
 * - `timed-out`: no end in the time that the client gave it
 */
export type Outcome = 'ok' | '503' | 'failed' | 'refused' | 'reset' | 'truncated' | 'timed-out';

export interface Answered {
  readonly outcome: Outcome;
  /** When it was known, on the clock of `performance.now()`. */
  readonly at: number;
  /** The server said that it closes the connection. */
  readonly closes: boolean;
}

export interface Ask {
  readonly port: number;
  readonly path: string;
  readonly timeoutSeconds: number;
  /** A stream is whole when it ends with this. */
  readonly endsWith?: string;
  readonly agent?: http.Agent;
}

/** One request on a connection of its own, unless an agent keeps one. */
export function ask({ port, path, timeoutSeconds, endsWith, agent }: Ask): Promise<Answered> {
  return new Promise((resolve) => {
    let closes = false;
    let text = '';
    const done = (outcome: Outcome) => {
      clearTimeout(timer);
      request.destroy();
      resolve({ outcome, at: performance.now(), closes });
    };
    const request = http.get({ host: '127.0.0.1', port, path, agent: agent ?? false }, (response) => {
      closes = response.headers.connection === 'close';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('error', () => done('truncated'));
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        if (!response.complete) done('truncated');
        else if (status === 503) done('503');
        else if (status >= 400) done('failed');
        else done(endsWith !== undefined && !text.trimEnd().endsWith(endsWith) ? 'truncated' : 'ok');
      });
    });
    const timer = setTimeout(() => done('timed-out'), timeoutSeconds * 1000);
    request.on('error', (error: NodeJS.ErrnoException) => done(error.code === 'ECONNREFUSED' ? 'refused' : 'reset'));
  });
}

/** How a kept-alive connection that nobody uses ends: by the server's closing, or not at all. */
export function idleConnection(port: number, path: string): Promise<{ readonly closedAt: Promise<number> }> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    const closedAt = new Promise<number>((closed) => {
      socket.on('close', () => closed(performance.now()));
    });
    socket.on('error', reject);
    socket.once('data', () => resolve({ closedAt }));
    socket.resume();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  });
}
