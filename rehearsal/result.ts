import type { ComparedEvent } from '../src/rehearsal/comparison';
import type { FailureKind } from '../src/rehearsal/load/load';
import type { DisturbanceName } from '../src/rehearsal/options';
import type { DisturbanceResult, RehearsalResult } from '../src/rehearsal/result';
import type { Counted, Side } from './case';

/** What `results/NAME.json` holds: one case, as it went the last time. Small enough to be read in a diff. */
export interface CaseResult {
  readonly name: string;
  readonly number: number;
  readonly title: string;
  readonly about?: string;
  readonly naiveLacks: string;
  /** One run of the whole has one id. */
  readonly run: string;
  readonly command: string;
  /** As in 2026-11-21T14:05:00Z. */
  readonly date: string;
  readonly versions: Versions;
  readonly requests: readonly string[];
  readonly requestsPerSecond: number;
  /** It was not rehearsed, for this reason. */
  readonly skipped?: string;
  readonly sides?: Readonly<Record<Side, SideResult>>;
  readonly explanations: Readonly<Record<string, string>>;
}

export interface Versions {
  readonly cdk8sGraceful: string;
  readonly kubernetes: string;
  /** As in `2 x Debian GNU/Linux 12, containerd 1.7.2`. */
  readonly nodes: string;
  readonly server?: string;
}

export interface SideResult {
  readonly outcome: RehearsalResult['outcome'];
  readonly why: readonly string[];
  /** Why it was rehearsed once more. */
  readonly earlier?: readonly string[];
  readonly replicas: number;
  readonly seconds: number;
  /** What `sent` and `lost` count, where that is no request: `jobs`. */
  readonly counts?: string;
  readonly sent: number;
  readonly sentKeptAlive: number;
  readonly lost: number;
  /** By how much the load was late, at most: a stall of the load pod, or of its node. */
  readonly lateMilliseconds: number;
  readonly disturbances: readonly DisturbanceRow[];
  /** The rules that would have said what was seen. */
  readonly rules: readonly string[];
}

export interface DisturbanceRow {
  readonly name: DisturbanceName;
  readonly outcome: DisturbanceResult['outcome'];
  readonly why?: string;
  readonly seconds: number;
  readonly sent: number;
  readonly lost: number;
  /** Containers that SIGKILL ended, where there were any. */
  readonly killed?: number;
  readonly lostKeptAlive: number;
  readonly lostByKind: Readonly<Partial<Record<FailureKind, number>>>;
  readonly lowestReadySeen?: number;
  readonly lowestReadyPredicted?: number;
  readonly lateMilliseconds: number;
  readonly events: readonly EventRow[];
  /** What differs in the fleet, and what the cluster warned of. */
  readonly notes: readonly string[];
}

/** One event of the termination, over all pods that left. */
export interface EventRow {
  readonly event: string;
  readonly predictedSecond?: number;
  readonly atMost: boolean;
  readonly seenSeconds?: readonly [number, number];
  /** Of the pod furthest from its budget, where that is more than 2 s. */
  readonly differsBySeconds?: number;
  readonly note?: string;
}

export function sideResult(result: RehearsalResult, counted?: Counted): SideResult {
  const { outcome, why, replicas, seconds, requests, latestMilliseconds, disturbances, findings } = result;
  return {
    outcome,
    why,
    replicas,
    seconds,
    counts: counted?.what,
    sent: counted?.begunAt.length ?? requests.sent,
    sentKeptAlive: requests.sentKeptAlive,
    lost: counted?.lostAt.length ?? requests.lost,
    lateMilliseconds: latestMilliseconds,
    disturbances: disturbances.map((each, index) =>
      disturbanceRow(each, counted && within(counted, each.startedAt, disturbances[index + 1]?.startedAt)),
    ),
    rules: findings.filter(({ wouldHaveSaidSo }) => wouldHaveSaidSo).map(({ rule }) => rule),
  };
}

/** What was begun and lost in this time. */
function within({ what, begunAt, lostAt }: Counted, from: number, to = Number.POSITIVE_INFINITY): Counted {
  const inTime = (moments: readonly number[]) => moments.filter((moment) => moment >= from && moment < to);
  return { what, begunAt: inTime(begunAt), lostAt: inTime(lostAt) };
}

function disturbanceRow(disturbance: DisturbanceResult, counted: Counted | undefined): DisturbanceRow {
  const { name, outcome, why, seconds, requests, failures, lostByKind, fleet, pods, latestMilliseconds } = disturbance;
  const warnings = pods.flatMap(({ warnings }) => warnings).map(withoutIds);
  return {
    name,
    outcome,
    why,
    seconds,
    sent: counted?.begunAt.length ?? requests.sent,
    lost: counted?.lostAt.length ?? requests.lost,
    killed: disturbance.killed.length || undefined,
    lostKeptAlive: failures.filter(({ client }) => client === 'kept-alive').length,
    lostByKind,
    lowestReadySeen: fleet?.lowestReadySeen,
    lowestReadyPredicted: fleet?.lowestReadyPredicted,
    lateMilliseconds: latestMilliseconds,
    events: eventRows(pods.flatMap(({ events }) => events)),
    notes: [...(fleet?.notes ?? []), ...new Set(warnings)],
  };
}

/** Names of pods and lengths of events differ from run to run, and say nothing. */
function withoutIds(warning: string): string {
  return warning.length > 160 ? `${warning.slice(0, 157)}...` : warning;
}

export function eventRows(events: readonly ComparedEvent[]): readonly EventRow[] {
  const containers = new Set(events.map(({ container }) => container).filter((name) => name !== undefined));
  const byEvent = new Map<string, ComparedEvent[]>();
  for (const event of events) {
    const key = containers.size > 1 && event.container ? `${event.event} (${event.container})` : event.event;
    byEvent.set(key, [...(byEvent.get(key) ?? []), event]);
  }
  return [...byEvent].map(([event, same]) => {
    const seen = same.map(({ seenSecond }) => seenSecond).filter((second) => second !== undefined);
    const wrong = same.filter(({ agrees }) => !agrees);
    const [furthest] = wrong.sort((a, b) => Math.abs(b.differenceSeconds ?? 0) - Math.abs(a.differenceSeconds ?? 0));
    const [first] = same as [ComparedEvent];
    return {
      event,
      predictedSecond: first.predictedSecond,
      atMost: first.atMost,
      seenSeconds: seen.length === 0 ? undefined : [Math.min(...seen), Math.max(...seen)],
      differsBySeconds: furthest?.differenceSeconds,
      note: furthest?.note,
    };
  });
}

export type Verdict =
  | { readonly holds: true }
  | { readonly holds: false; readonly word: 'skipped' | 'lost' | 'inconclusive'; readonly why: string };

/** Only a case in which ours lost nothing, whatever was done to it, and the naive manifest lost something, says anything. */
export function verdictOf({ skipped, sides }: CaseResult): Verdict {
  if (!sides) return { holds: false, word: 'skipped', why: skipped ?? '' };
  const { naive, ours } = sides;
  if (ours.lost > 0)
    return {
      holds: false,
      word: 'lost',
      why: `${ours.lost} of ${ours.sent} ${ours.counts ?? 'requests'} lost with ours`,
    };
  const inconclusive = (why: string): Verdict => ({ holds: false, word: 'inconclusive', why });
  const undone = ours.disturbances.find(({ outcome }) => outcome !== 'done');
  if (undone) return inconclusive(`ours: ${undone.name} was ${undone.outcome}: ${undone.why}`);
  if (ours.outcome !== 'nothing-lost') return inconclusive(`ours: ${ours.why.join('; ')}`);
  if (naive.outcome === 'inconclusive' && naive.lost > 0) return inconclusive(`naive: ${naive.why.join('; ')}`);
  if (naive.lost === 0) return inconclusive('the naive manifest lost nothing either');
  return { holds: true };
}

/** Events of ours that came more than 2 s from the budget, and that nobody has explained. */
export function unexplained({ sides, explanations }: CaseResult): readonly EventRow[] {
  return (sides?.ours.disturbances ?? [])
    .flatMap(({ events }) => events)
    .filter((row) => differs(row) && explanations[row.event] === undefined);
}

export function differs({ differsBySeconds, note }: EventRow): boolean {
  return differsBySeconds !== undefined || note !== undefined;
}
