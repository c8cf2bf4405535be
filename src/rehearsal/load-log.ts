import type { FailureLine, LoadLine, SecondLine } from './load/load';

/** A lost request, in this machine's time. */
export type Failure = Omit<FailureLine, 'type'>;

export interface Sent {
  readonly sent: number;
  readonly sentKeptAlive: number;
  readonly ok: number;
}

/**
 * What the load pod wrote, however often its log was read from the start. Its times are put into this machine's: the
 * fastest line tells how far the clocks are apart, to within the time that a line takes.
 */
export class LoadLog {
  private readonly seconds = new Map<number, SecondLine>();
  private readonly failed: FailureLine[] = [];
  private next = 0;
  private offset = Number.POSITIVE_INFINITY;
  private last?: SecondLine;
  /** Milliseconds that an answer has taken, at most, in seconds in which nothing was lost. */
  private slowestWhole = 0;
  /** Lines are missing: what they said is not known. */
  broken = false;

  take(value: unknown, now = Date.now()): void {
    const line = value as LoadLine;
    if (typeof line.n !== 'number' || line.n < this.next) return;
    if (line.n > this.next) this.broken = true;
    this.next = line.n + 1;
    if (line.type === 'failure') this.failed.push(line);
    else this.offset = Math.min(this.offset, now - line.now);
    if (line.type === 'second') {
      this.seconds.set(line.n, line);
      this.last = line;
      if (line.lost === 0) this.slowestWhole = Math.max(this.slowestWhole, line.slowestMilliseconds);
    }
  }

  get started(): boolean {
    return this.next > 0;
  }

  /** Whether every request that was sent before this moment has ended, and it is known how. */
  settledUntil(at: number): boolean {
    if (!this.last || this.last.now + this.offset < at) return false;
    return this.last.oldestSentAt === undefined || this.last.oldestSentAt + this.offset > at;
  }

  /**
   * Whether nothing has been waiting for its answer longer than answers take, as of this moment: those that came whole took
   * so long, and as much as is given on top.
   */
  calmAt(at: number, patienceMilliseconds: number): boolean {
    if (!this.last || this.last.now + this.offset < at) return false;
    const { oldestSentAt, now } = this.last;
    return oldestSentAt === undefined || now - oldestSentAt < this.slowestWhole + patienceMilliseconds;
  }

  /** Those that were lost in this time. A stream may have been sent long before. */
  failures(from = 0, to = Number.POSITIVE_INFINITY): readonly Failure[] {
    return this.failed
      .map(({ type: _, ...line }) => ({
        ...line,
        sentAt: line.sentAt + this.offset,
        endedAt: line.endedAt + this.offset,
      }))
      .filter((failure) => lostAt(failure) >= from && lostAt(failure) < to);
  }

  /** Requests sent, to the second. */
  sent(from = 0, to = Number.POSITIVE_INFINITY): Sent {
    let [sent, sentKeptAlive, ok] = [0, 0, 0];
    for (const line of this.seconds.values()) {
      const middle = line.now + this.offset - 500;
      if (middle < from || middle >= to) continue;
      sent += line.sent;
      sentKeptAlive += line.sentKeptAlive;
      ok += line.ok;
    }
    return { sent, sentKeptAlive, ok };
  }

  /** When the last lost request ended. */
  get lastFailureAt(): number {
    return this.failed.reduce((last, { endedAt }) => Math.max(last, endedAt + this.offset), 0);
  }

  get inFlight(): number {
    return this.last?.inFlight ?? 0;
  }

  /** By how much the load was late, at most: a stall of its pod, or of the node that the pod is on. */
  latestMilliseconds(from = 0, to = Number.POSITIVE_INFINITY): number {
    const within = [...this.seconds.values()].filter(({ now }) => now + this.offset >= from && now + this.offset < to);
    return Math.max(0, ...within.map(({ lateMilliseconds }) => lateMilliseconds));
  }
}

/** What gave no answer was lost when it was sent; what ended in another way, when it ended. */
export function lostAt({ kind, bytes, sentAt, endedAt }: Failure): number {
  return kind === 'timed-out' && bytes === 0 ? sentAt : endedAt;
}
