import type { Observation, Seen } from './trial';

/** An observation in the words of the facts. */
export interface Verdict {
  readonly inFlight: 'drains' | 'aborts' | 'ignored';
  readonly streams: 'whole' | 'cut' | 'none seen';
  readonly newRequests: 'refused' | 'served' | 'failed' | 'none seen';
  readonly readiness: '503' | 'refused' | 'unchanged' | 'none seen';
  /** From the last request in flight to the end of the process; absent: SIGKILL ended it. */
  readonly exitSeconds?: number;
  /** When the last request in flight had ended, well or not. */
  readonly lastRequestSeconds: number;
  /** When a kept-alive connection without a request was closed; absent: not before the process ended. */
  readonly idleClosedSeconds?: number;
  readonly killed: boolean;
}

/** A server has this long to react to the signal before what it answers counts. */
const REACTION_SECONDS = 0.7;

export function verdictOf(seen: Observation): Verdict {
  const { inFlight, stream, exitSeconds } = seen;
  const killed = exitSeconds === undefined;
  const whole = inFlight.every(({ outcome }) => outcome === 'ok');
  const lastRequestSeconds = Math.max(...[...inFlight, ...(stream ? [stream] : [])].map(({ seconds }) => seconds));
  const until = Math.min(lastRequestSeconds, exitSeconds ?? lastRequestSeconds) - 0.2;
  const counted = (all: readonly Seen[]) => all.filter(({ seconds }) => seconds >= REACTION_SECONDS && seconds < until);
  const newRequests = newRequestsOf(counted(seen.newRequests));
  return {
    inFlight: whole ? (killed && newRequests === 'served' ? 'ignored' : 'drains') : 'aborts',
    streams: stream === undefined ? 'none seen' : stream.outcome === 'ok' ? 'whole' : 'cut',
    newRequests,
    readiness: readinessOf(counted(seen.readiness)),
    exitSeconds:
      exitSeconds === undefined ? undefined : Math.max(0, round(exitSeconds - Math.max(0, lastRequestSeconds))),
    lastRequestSeconds,
    idleClosedSeconds: seen.idleClosedSeconds,
    killed,
  };
}

function newRequestsOf(seen: readonly Seen[]): Verdict['newRequests'] {
  switch (most(seen)) {
    case undefined:
      return 'none seen';
    case 'ok':
      return 'served';
    case '503':
    case 'failed':
    case 'truncated':
    case 'timed-out': // a connection that somebody holds open and nobody serves
      return 'failed';
    default:
      return 'refused';
  }
}

function readinessOf(seen: readonly Seen[]): Verdict['readiness'] {
  switch (most(seen)) {
    case undefined:
      return 'none seen';
    case 'ok':
      return 'unchanged';
    case '503':
    case 'failed':
      return '503';
    default:
      return 'refused';
  }
}

function most(seen: readonly Seen[]): Seen['outcome'] | undefined {
  const counts = new Map<Seen['outcome'], number>();
  for (const { outcome } of seen) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
