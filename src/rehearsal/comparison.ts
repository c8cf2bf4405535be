import type { Assessment } from '../manifest/assessment';
import type { PodRecord } from './observation';
import type { DisturbanceName } from './options';

/** Clocks of the cluster count whole seconds, and a kubelet tells of an end when it comes round to it. */
export const TOLERANCE_SECONDS = 2;

/** One event of a termination: when the budget says that it comes, and when it came. */
export interface ComparedEvent {
  readonly event: string;
  readonly container?: string;
  readonly predictedSecond?: number;
  readonly seenSecond?: number;
  readonly differenceSeconds?: number;
  /** The prediction is a bound: a request shorter than the longest lets it come sooner. */
  readonly atMost: boolean;
  readonly agrees: boolean;
  readonly note?: string;
}

export interface ComparedPod {
  readonly pod: string;
  readonly node?: string;
  readonly events: readonly ComparedEvent[];
  readonly exitCodes: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

/** Holds what happened to one pod against its budget, event by event. Without a budget it says what was seen. */
export function comparePod(assessment: Assessment, record: PodRecord): ComparedPod {
  const deleted = record.deletedAt ?? 0;
  const since = (moment: number | undefined) =>
    moment === undefined ? undefined : Math.round(Math.max(0, moment - deleted) / 100) / 10;
  const events = assessment.budget?.events;
  const predicted = (event: string, container?: string) =>
    events?.find((each) => each.event === event && (each.container === undefined || each.container === container))
      ?.second;

  const compared: ComparedEvent[] = [];
  if (assessment.workload.services.length > 0) {
    const seen = since(record.endpointNotReadyAt ?? record.goneAt);
    compared.push(compare('endpoint not ready', predicted('traffic-gone'), seen, true));
  }
  const unready = predicted('readiness-false');
  if (unready !== undefined) {
    // The budget has the latest moment: a probe may ask up to a period sooner, and get its bad answer at once rather than when its
    // timeout is over. And a pod whose containers have ended is not ready.
    const seen = since(record.readyFalseAt);
    const { periodSeconds = 0, timeoutSeconds = 0 } = assessment.server?.readiness ?? {};
    const ended = [...record.ends.values()].some(({ second }) => second <= unready);
    const sooner = seen !== undefined && seen >= unready - periodSeconds - timeoutSeconds - TOLERANCE_SECONDS;
    compared.push(compare('readiness false', unready, seen, ended || sooner));
  }
  for (const { name, preStop } of assessment.workload.pod.all) {
    compared.push(...beginnings(record, name, preStop !== undefined, predicted));
    const end = record.ends.get(name);
    const cut = events?.find((each) => each.event === 'sigkill' && each.container === name);
    const killed = end?.exitCode === SIGKILLED;
    if (cut) {
      compared.push({ ...compare('SIGKILL', cut.second, killed ? end.second : undefined, true), container: name });
      if (end && !killed) compared.push({ ...compare('exit', undefined, end.second, true), container: name });
      continue;
    }
    const row = compare('exit', predicted('exit', name), end?.second, true);
    const note = killed ? 'it was killed (SIGKILL, exit code 137)' : row.note;
    compared.push({ ...row, container: name, agrees: row.agrees && (!killed || events === undefined), note });
  }
  return {
    pod: record.name,
    node: record.node,
    events: compared,
    exitCodes: Object.fromEntries([...record.ends.values()].map(({ name, exitCode }) => [name, exitCode])),
    warnings: record.warnings,
  };
}

export const SIGKILLED = 137;

/** What the kubelet tells of before the end: nobody outside sees SIGTERM, except where it follows upon nothing. */
function beginnings(
  record: PodRecord,
  container: string,
  hooked: boolean,
  predicted: (event: string, container: string) => number | undefined,
): readonly ComparedEvent[] {
  const { deletedAtSecond } = record;
  const since = (second: number | undefined) =>
    // One from before is that of a restart.
    second === undefined || deletedAtSecond === undefined || second < deletedAtSecond - TOLERANCE_SECONDS
      ? undefined
      : Math.max(0, second - deletedAtSecond);
  const begun = since(record.stoppedAtSecond.get(container));
  const failed = since(record.hookFailedAtSecond.get(container));
  const waits = !hooked && predicted('sigterm', container) !== 0; // a sidecar's turn comes later, and nothing tells of it
  const rows: ComparedEvent[] = [];
  if (begun !== undefined && !waits) {
    const [event, key] = hooked ? ['preStop start', 'pre-stop-start'] : ['SIGTERM', 'sigterm'];
    rows.push({ ...compare(event, predicted(key, container), begun, false), container });
  }
  if (failed !== undefined) {
    const row = compare('preStop end', predicted('pre-stop-end', container), failed, false);
    rows.push({ ...row, container, note: 'the hook failed (FailedPreStopHook): SIGTERM came at once' });
  }
  return rows;
}

export function compare(
  event: string,
  predictedSecond: number | undefined,
  seenSecond: number | undefined,
  atMost: boolean,
): ComparedEvent {
  if (predictedSecond === undefined || seenSecond === undefined) {
    const note = seenSecond === undefined ? 'not seen' : 'not predicted';
    return { event, predictedSecond, seenSecond, atMost, agrees: true, note };
  }
  const differenceSeconds = Math.round((seenSecond - predictedSecond) * 10) / 10;
  const agrees = differenceSeconds <= TOLERANCE_SECONDS && (atMost || differenceSeconds >= -TOLERANCE_SECONDS);
  return { event, predictedSecond, seenSecond, differenceSeconds, atMost, agrees };
}

/** Ready endpoints, and the time that it took, against the arithmetic of the rollout and of the evictions. */
export interface ComparedFleet {
  readonly lowestReadyPredicted: number;
  readonly lowestReadySeen?: number;
  readonly secondsPredicted?: number;
  readonly secondsSeen?: number;
  readonly startSecondsStated?: number;
  readonly startSecondsSeen?: number;
  readonly agrees: boolean;
  readonly notes: readonly string[];
}

export interface SeenFleet {
  readonly lowestReady?: number;
  readonly seconds?: number;
  readonly startSeconds?: number;
}

export function compareFleet(
  assessment: Assessment,
  disturbance: DisturbanceName,
  replicas: number,
  seen: SeenFleet,
): ComparedFleet {
  const { replacement, intent } = assessment;
  const lowestReadyPredicted = lowestReadyOf(assessment, disturbance, replicas);
  // With the start that was seen: what a new pod takes is no part of the arithmetic, but given to it.
  const start = seen.startSeconds ?? intent.coldStartSeconds;
  const rollout = disturbance === 'rollout' && start !== undefined ? replacement.rollout(replicas, start) : undefined;
  const secondsPredicted = rollout?.canProgress ? rollout.estimateSeconds : undefined;
  const notes: string[] = [];
  const { lowestReady, seconds } = seen;
  if (lowestReady !== undefined && lowestReady < lowestReadyPredicted) {
    notes.push(`${lowestReady} endpoints were ready, ${lowestReadyPredicted} were to be kept`);
  }
  if (secondsPredicted !== undefined && seconds !== undefined) {
    const tolerance = TOLERANCE_SECONDS * (1 + (rollout?.steps ?? 0));
    if (seconds > secondsPredicted + tolerance)
      notes.push(`the rollout took ${seconds} s, about ${secondsPredicted} s were predicted`);
  }
  if (intent.coldStartSeconds !== undefined && (seen.startSeconds ?? 0) > intent.coldStartSeconds + TOLERANCE_SECONDS) {
    notes.push(
      `a new pod took ${seen.startSeconds} s until it was ready, the stated cold start is ${intent.coldStartSeconds} s`,
    );
  }
  return {
    lowestReadyPredicted,
    lowestReadySeen: lowestReady,
    secondsPredicted,
    secondsSeen: seconds,
    startSecondsStated: intent.coldStartSeconds,
    startSecondsSeen: seen.startSeconds,
    agrees: notes.length === 0,
    notes,
  };
}

/** Pods go one by one in an eviction, a deletion and a scale-down; in a drain as many as the budgets let go at once. */
function lowestReadyOf({ replacement }: Assessment, disturbance: DisturbanceName, replicas: number): number {
  switch (disturbance) {
    case 'rollout':
    case 'storm':
      return replacement.rollout(replicas).lowestReady;
    case 'drain':
      return replicas - Math.min(replicas, replacement.evictions(replicas));
    default:
      return replicas - 1;
  }
}
