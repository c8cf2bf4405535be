import type { Finding } from '../rules/finding';
import type { ComparedFleet, ComparedPod } from './comparison';
import type { FailureKind } from './load/load';
import { type Failure, lostAt } from './load-log';
import type { DisturbanceName } from './options';

/** What `--format json` prints. Moments are milliseconds since 1970. */
export interface RehearsalResult {
  readonly outcome: 'nothing-lost' | 'requests-lost' | 'containers-killed' | 'inconclusive';
  /** Why it is inconclusive. */
  readonly why: readonly string[];
  readonly context?: string;
  readonly namespace: string;
  readonly deployment: string;
  readonly service?: string;
  /** Why nothing was sent, if so. Containers that SIGKILL ended are then the loss. */
  readonly withoutLoad?: string;
  readonly replicas: number;
  readonly startedAt: number;
  readonly seconds: number;
  readonly requests: Requests;
  /** By how much the load was late, at most: a stall of its pod, or of the node that the pod is on. */
  readonly latestMilliseconds: number;
  readonly killed: readonly KilledContainer[];
  readonly disturbances: readonly DisturbanceResult[];
  readonly worst?: WorstMoment;
  /** What the rules say of the live objects; those that would have said so first. */
  readonly findings: readonly RelatedFinding[];
  /** What the numbers are to be taken with. */
  readonly notes: readonly string[];
}

/** A container that SIGKILL ended, and whatever it had begun with it. */
export interface KilledContainer {
  readonly pod: string;
  readonly container: string;
  /** From the deletion of the pod. */
  readonly second: number;
}

export interface Requests {
  readonly sent: number;
  readonly sentKeptAlive: number;
  readonly lost: number;
}

export interface DisturbanceResult {
  readonly name: DisturbanceName;
  readonly outcome: 'done' | 'skipped' | 'blocked';
  readonly why?: string;
  readonly startedAt: number;
  readonly seconds: number;
  readonly requests: Requests;
  readonly latestMilliseconds: number;
  readonly killed: readonly KilledContainer[];
  readonly lostByKind: Readonly<Partial<Record<FailureKind, number>>>;
  readonly failures: readonly Failure[];
  readonly fleet?: ComparedFleet;
  readonly pods: readonly ComparedPod[];
}

export interface WorstMoment {
  readonly at: number;
  readonly disturbance?: DisturbanceName;
  readonly secondsIntoDisturbance?: number;
  readonly lost: number;
  readonly lostByKind: Readonly<Partial<Record<FailureKind, number>>>;
  readonly readyEndpoints?: number;
}

export interface RelatedFinding extends Finding {
  /** It speaks of what was seen. */
  readonly wouldHaveSaidSo: boolean;
}

export function byKind(failures: readonly Failure[]): Partial<Record<FailureKind, number>> {
  const counts: Partial<Record<FailureKind, number>> = {};
  for (const { kind } of failures) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** The second in which most requests were lost. */
export function worstMoment(failures: readonly Failure[]): { at: number; failures: readonly Failure[] } | undefined {
  const seconds = new Map<number, Failure[]>();
  for (const failure of failures) {
    const second = Math.floor(lostAt(failure) / 1000) * 1000;
    seconds.set(second, [...(seconds.get(second) ?? []), failure]);
  }
  let worst: { at: number; failures: readonly Failure[] } | undefined;
  for (const [at, list] of seconds) {
    if (!worst || list.length > worst.failures.length) worst = { at, failures: list };
  }
  return worst;
}

const EARLY = [
  'prestop-missing',
  'prestop-shorter-than-propagation',
  'prestop-consumes-grace',
  'grace-zero',
  'readiness-probe-missing',
];
const CUT = [
  'sigterm-aborts-requests',
  'grace-shorter-than-shutdown',
  'grace-zero',
  'shell-swallows-sigterm',
  'shutdown-timeout-shorter-than-request',
  'shutdown-timeout-longer-than-grace',
  'streams-cut-by-server',
  'long-lived-connections-cut',
];
const MISSING = [
  'recreate-behind-service',
  'no-headroom',
  'rollout-below-required-replicas',
  'evictions-exceed-headroom',
];

/** The rules whose hazard shows itself in this way. A cut connection may be either, as may a time-out. */
export const RULES_OF_KIND: Readonly<Record<FailureKind, readonly string[]>> = {
  refused: [...EARLY, ...MISSING, 'readiness-true-while-draining'],
  reset: [...EARLY, ...CUT],
  'timed-out': [...EARLY, ...CUT, ...MISSING],
  truncated: CUT,
  '5xx': ['readiness-true-while-draining', ...EARLY, ...CUT],
  '4xx': [],
  dns: MISSING,
  unreachable: [...EARLY, ...MISSING],
  other: [...EARLY, ...CUT],
};

/** The rules of which a container that did not end in time is the hazard. */
const RULES_OF_KILLED = ['prestop-consumes-grace', ...CUT];

/** Findings that speak of what was lost come first, then errors. */
export function related(
  findings: readonly Finding[],
  kinds: readonly FailureKind[],
  killed = false,
): readonly RelatedFinding[] {
  const speaking = new Set([...kinds.flatMap((kind) => RULES_OF_KIND[kind]), ...(killed ? RULES_OF_KILLED : [])]);
  const all = findings.map((finding) => ({ ...finding, wouldHaveSaidSo: speaking.has(finding.rule) }));
  const weight = (finding: RelatedFinding) =>
    (finding.wouldHaveSaidSo ? 0 : 2) + (finding.severity === 'error' ? 0 : 1);
  return all.sort((one, other) => weight(one) - weight(other));
}
