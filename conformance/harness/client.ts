import http from 'node:http';
import net from 'node:net';
import type { Question } from './server';

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
}

/** One request on a connection of its own. */
export function ask(
  port: number,
  { path, body, endsWith = '', contains = '' }: Question,
  timeoutSeconds: number,
): Promise<Answered> {
  return new Promise((resolve) => {
    let text = '';
    const done = (outcome: Outcome) => {
      clearTimeout(timer);
      request.destroy();
      resolve({ outcome, at: performance.now() });
    };
    const method = body === undefined ? 'GET' : 'POST';
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const request = http.request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
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
        else done(text.trimEnd().endsWith(endsWith) && text.includes(contains) ? 'ok' : 'truncated');
      });
    });
    const timer = setTimeout(() => done('timed-out'), timeoutSeconds * 1000);
    request.on('error', (error: NodeJS.ErrnoException) => done(error.code === 'ECONNREFUSED' ? 'refused' : 'reset'));
    request.end(body === undefined ? undefined : JSON.stringify(body));
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
