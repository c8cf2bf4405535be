/**
 * Sends requests at a constant rate and writes what became of them, one JSON object a line. It runs in a pod, as one file
 * and with nothing but Node.js: import only `node:` modules here.
 *
 * The loop is open: a request is sent when its time has come, whether or not those before it were answered, so a server
 * that stalls does not slow its clients down. Every other request opens a connection of its own; the others go round a
 * fixed number of clients that keep theirs alive.
 */
import * as http from 'node:http';

export interface LoadRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  /** The answer is a stream, which has to say where it ends: by chunks, by a length, or by `endsWith`. */
  readonly stream: boolean;
  readonly endsWith?: string;
}

export interface LoadOptions {
  readonly host: string;
  readonly port: number;
  readonly requests: readonly LoadRequest[];
  readonly requestsPerSecond: number;
  readonly keepAliveClients: number;
  readonly timeoutSeconds: number;
}

export type FailureKind =
  | 'refused'
  | 'reset'
  | 'timed-out'
  | '5xx'
  | '4xx'
  | 'truncated'
  | 'dns'
  | 'unreachable'
  | 'other';
export type Client = 'new' | 'kept-alive';

/** `n` counts the lines, so that a reader knows when one is missing. Times are milliseconds of this machine's clock. */
export type LoadLine = { readonly n: number } & (StartLine | SecondLine | FailureLine);

export interface StartLine {
  readonly type: 'start';
  readonly now: number;
}

/** What happened since the line before. */
export interface SecondLine {
  readonly type: 'second';
  readonly now: number;
  readonly sent: number;
  readonly sentKeptAlive: number;
  readonly ok: number;
  readonly lost: number;
  readonly inFlight: number;
  /** When the oldest request in flight was sent. */
  readonly oldestSentAt?: number;
  readonly slowestMilliseconds: number;
  /** By how much the generator itself was late, at most. */
  readonly lateMilliseconds: number;
}

export interface FailureLine {
  readonly type: 'failure';
  readonly kind: FailureKind;
  readonly client: Client;
  /** It was sent on a connection that had served before. */
  readonly reused: boolean;
  readonly request: string;
  readonly sentAt: number;
  readonly endedAt: number;
  readonly status?: number;
  readonly bytes: number;
  readonly detail: string;
}

type Count = Pick<SecondLine, 'sent' | 'sentKeptAlive' | 'ok' | 'lost' | 'slowestMilliseconds' | 'lateMilliseconds'>;
const NOTHING: Count = { sent: 0, sentKeptAlive: 0, ok: 0, lost: 0, slowestMilliseconds: 0, lateMilliseconds: 0 };

const IDLE_MILLISECONDS = 3000;

export class Load {
  private readonly agents: readonly http.Agent[];
  private readonly inFlight = new Map<number, number>();
  private count: { -readonly [K in keyof Count]: Count[K] } = { ...NOTHING };
  private lines = 0;
  private arrivals = 0;
  private startedAt = 0;
  private timer?: NodeJS.Timeout;
  private seconds?: NodeJS.Timeout;

  constructor(
    private readonly options: LoadOptions,
    private readonly write: (line: LoadLine) => void,
  ) {
    // In use until it has been idle for a while, which is shorter than servers wait: as in any pool of connections.
    const agent = () => new http.Agent({ keepAlive: true, timeout: IDLE_MILLISECONDS });
    this.agents = Array.from({ length: Math.max(1, options.keepAliveClients) }, agent);
  }

  start(): void {
    this.startedAt = Date.now();
    this.line({ type: 'start', now: this.startedAt });
    this.seconds = setInterval(() => this.second(), 1000);
    this.next();
  }

  /** Sends nothing more, and returns when everything in flight is done. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.startedAt = Number.POSITIVE_INFINITY;
    while (this.inFlight.size > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    clearInterval(this.seconds);
    this.second();
    for (const agent of this.agents) agent.destroy();
  }

  /** Sends all that is due. The times are multiples of the interval, so that what is late does not lower the rate. */
  private next(): void {
    const interval = 1000 / this.options.requestsPerSecond;
    let due = this.startedAt + this.arrivals * interval;
    for (; due <= Date.now(); due += interval) {
      this.count.lateMilliseconds = Math.max(this.count.lateMilliseconds, Math.round(Date.now() - due));
      this.send(this.arrivals++);
    }
    this.timer = setTimeout(() => this.next(), Math.max(1, due - Date.now()));
  }

  private send(arrival: number): void {
    const { requests, host, port, timeoutSeconds } = this.options;
    const client: Client = arrival % 2 === 0 ? 'new' : 'kept-alive';
    const turn = Math.floor(arrival / 2);
    const request = requests[turn % requests.length] as LoadRequest;
    const sentAt = Date.now();
    this.inFlight.set(arrival, sentAt);
    this.count.sent++;
    if (client === 'kept-alive') this.count.sentKeptAlive++;

    let response: http.IncomingMessage | undefined;
    let bytes = 0;
    let tail = '';
    let done = false;
    const finish = (kind?: FailureKind, detail = '') => {
      if (done) return;
      done = true;
      clearTimeout(timeout);
      this.inFlight.delete(arrival);
      const endedAt = Date.now();
      this.count.slowestMilliseconds = Math.max(this.count.slowestMilliseconds, endedAt - sentAt);
      if (kind === undefined) this.count.ok++;
      else {
        this.count.lost++;
        const { statusCode: status } = response ?? {};
        const what = `${request.method} ${request.path}`;
        const reused = outgoing.reusedSocket;
        this.line({ type: 'failure', kind, client, reused, request: what, sentAt, endedAt, status, bytes, detail });
      }
    };

    const agent = client === 'new' ? false : this.agents[turn % this.agents.length];
    const headers = request.body === undefined ? {} : { 'content-type': contentType(request.body) };
    const outgoing = http.request({ host, port, method: request.method, path: request.path, agent, headers });
    const timeout = setTimeout(() => {
      finish('timed-out', `no whole answer within ${timeoutSeconds} s`);
      outgoing.destroy();
    }, timeoutSeconds * 1000);
    const broken = (error: NodeJS.ErrnoException) => {
      const detail = error.code ?? error.message;
      finish(response ? (kindOfStatus(response.statusCode) ?? 'truncated') : kindOf(error.code), detail);
    };
    outgoing.on('error', broken);
    outgoing.on('response', (incoming) => {
      response = incoming;
      incoming.on('error', broken);
      incoming.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (request.endsWith) tail = (tail + chunk.toString('latin1')).slice(-request.endsWith.length - 64);
      });
      incoming.on('end', () => {
        const bad = kindOfStatus(incoming.statusCode);
        if (bad) return finish(bad, `${incoming.statusCode} ${incoming.statusMessage}`);
        const missing = whatIsMissing(request, incoming, tail);
        return missing ? finish('truncated', missing) : finish();
      });
      incoming.on('close', () => finish('truncated', 'the connection ended before the answer did'));
    });
    outgoing.end(request.body);
  }

  private second(): void {
    const [oldestSentAt] = this.inFlight.values();
    this.line({ type: 'second', now: Date.now(), ...this.count, inFlight: this.inFlight.size, oldestSentAt });
    this.count = { ...NOTHING };
  }

  private line(line: StartLine | SecondLine | FailureLine): void {
    this.write({ n: this.lines++, ...line });
  }
}

function whatIsMissing(request: LoadRequest, response: http.IncomingMessage, tail: string): string | undefined {
  if (!response.complete) return 'the connection ended before the answer did';
  if (request.endsWith) {
    const end = Buffer.from(request.endsWith).toString('latin1');
    return tail.trimEnd().endsWith(end) ? undefined : `the stream does not end with ${request.endsWith}`;
  }
  const { headers } = response;
  const bounded = headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
  return request.stream && !bounded ? 'nothing says where the stream ends: give its last words' : undefined;
}

function kindOfStatus(status = 0): FailureKind | undefined {
  if (status >= 500) return '5xx';
  return status >= 400 ? '4xx' : undefined;
}

const KINDS: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timed-out',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
};

function kindOf(code = ''): FailureKind {
  return KINDS[code] ?? 'other';
}

function contentType(body: string): string {
  return /^\s*[[{]/.test(body) ? 'application/json' : 'text/plain';
}

if (require.main === module) {
  const load = new Load(JSON.parse(process.argv[2] ?? '{}'), (line) =>
    process.stdout.write(`${JSON.stringify(line)}\n`),
  );
  load.start();
  process.on('SIGTERM', async () => {
    await load.stop();
    process.exit(0);
  });
}
