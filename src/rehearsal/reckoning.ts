import { compareFleet, comparePod, SIGKILLED } from './comparison';
import type { FailureKind } from './load/load';
import { type Failure, type LoadLog, lostAt } from './load-log';
import type { Observation, PodRecord } from './observation';
import type { DisturbanceName, RehearsalOptions } from './options';
import {
  byKind,
  type DisturbanceResult,
  type KilledContainer,
  type RehearsalResult,
  related,
  type WorstMoment,
  worstMoment,
} from './result';
import type { Target } from './target';

/** One disturbance as it went, up to the next one. */
export interface Phase {
  readonly name: DisturbanceName;
  readonly outcome: 'done' | 'skipped' | 'blocked';
  readonly why?: string;
  readonly startedAt: number;
  /** When the workload was whole again. */
  readonly endedAt: number;
  readonly calmAfterwards: boolean;
}

export interface Course {
  readonly context?: string;
  readonly options: RehearsalOptions;
  readonly target: Target;
  readonly observation: Observation;
  readonly load: LoadLog;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Nothing was lost before the first disturbance. */
  readonly calm: boolean;
  readonly phases: readonly Phase[];
}

const LATE_MILLISECONDS = 500;

/** What came of it all. */
export function resultOf(course: Course): RehearsalResult {
  const { context, target, load, startedAt, endedAt, phases } = course;
  const { namespace, deployment, service, withoutLoad, replicas } = target;
  const failures = load.failures();
  const { sent, sentKeptAlive } = load.sent();
  const done = phases.map((phase, index) => disturbanceResult(course, phase, phases[index + 1]?.startedAt ?? endedAt));
  const killed = done.flatMap((each) => each.killed);
  const killedCount = withoutLoad === undefined ? 0 : killed.length;
  const why = whyInconclusive(course);
  const notes: string[] = [];
  const latestMilliseconds = load.latestMilliseconds();
  if (latestMilliseconds > LATE_MILLISECONDS) {
    notes.push(`the load was up to ${latestMilliseconds / 1000} s late: the machine it ran on was busy`);
  }
  if (target.assessment.budget === undefined) {
    notes.push('no budget to compare with: state the longest request (annotation cdk8s-graceful/longest-request)');
  }
  const reused = failures.filter((failure) => failure.reused && failure.kind === 'reset').length;
  if (reused > 0) {
    notes.push(
      `${reused} of the resets were on a kept-alive connection that the server closed at that moment: a client that ` +
        'sends such a request again does not notice',
    );
  }
  return {
    outcome: outcomeOf(course, failures.length, killedCount, why),
    why,
    context,
    namespace,
    deployment,
    service,
    withoutLoad,
    replicas,
    startedAt,
    seconds: Math.round((endedAt - startedAt) / 1000),
    requests: { sent, sentKeptAlive, lost: failures.length },
    latestMilliseconds,
    killed,
    disturbances: done,
    worst: worstOf(course, failures),
    findings: related(target.findings, [...new Set(failures.map(({ kind }) => kind))], killedCount > 0),
    notes,
  };
}

function disturbanceResult({ target, observation, load }: Course, phase: Phase, until: number): DisturbanceResult {
  const { name, outcome, why, startedAt, endedAt } = phase;
  const { sent, sentKeptAlive } = load.sent(startedAt, until);
  const failures = load.failures(startedAt, until);
  const left = observation.deletedBetween(startedAt, endedAt);
  const starts = observation.createdBetween(startedAt, endedAt).map(({ startSeconds }) => startSeconds);
  const known = starts.filter((seconds) => seconds !== undefined);
  const seconds = Math.round((endedAt - startedAt) / 100) / 10;
  const seen = {
    lowestReady: observation.lowestReady(startedAt, until)?.ready,
    seconds,
    startSeconds: known.length > 0 ? Math.max(...known) : undefined,
  };
  return {
    name,
    outcome,
    why,
    startedAt,
    seconds,
    requests: { sent, sentKeptAlive, lost: failures.length },
    latestMilliseconds: load.latestMilliseconds(startedAt, until),
    killed: left.flatMap(killedIn),
    lostByKind: byKind(failures),
    failures,
    fleet: outcome === 'skipped' ? undefined : compareFleet(target.assessment, name, target.replicas, seen),
    pods: left.map((record) => comparePod(target.assessment, record)),
  };
}

function outcomeOf({ calm }: Course, lost: number, killed: number, why: readonly string[]): RehearsalResult['outcome'] {
  if (lost > 0 && calm) return 'requests-lost';
  if (killed > 0) return 'containers-killed';
  return why.length > 0 ? 'inconclusive' : 'nothing-lost';
}

function killedIn({ name: pod, ends }: PodRecord): readonly KilledContainer[] {
  return [...ends.values()]
    .filter(({ exitCode }) => exitCode === SIGKILLED)
    .map(({ name, second }) => ({ pod, container: name, second }));
}

/** Reasons why nothing lost would not mean that nothing can be lost. */
function whyInconclusive({ options, target, observation, load, calm, phases }: Course): readonly string[] {
  const why: string[] = [];
  if (!calm) {
    const [first] = load.failures();
    const sample = first ? `: ${first.request}: ${kindText(first.kind)}, ${first.detail}` : '';
    why.push(`requests were lost before anything was disturbed, or none came back${sample}`);
  }
  if (target.withoutLoad !== undefined) {
    const unseen = observation.pods.filter(({ goneAt, ends }) => goneAt !== undefined && ends.size === 0);
    if (unseen.length > 0) why.push(`how ${unseen.map(({ name }) => name).join(', ')} ended was not seen`);
  }
  if (load.broken) why.push('lines of the load pod are missing');
  for (const phase of phases) {
    if (phase.outcome === 'blocked') why.push(`${phase.name} was blocked: ${phase.why}`);
    if (phase.outcome === 'skipped' && options.disturbancesNamed) why.push(`${phase.name} was not done: ${phase.why}`);
    if (!phase.calmAfterwards) why.push(`after ${phase.name} the workload did not come to rest`);
  }
  if (calm && !phases.some(({ outcome }) => outcome === 'done')) why.push('nothing was disturbed');
  return why;
}

function worstOf({ phases, observation }: Course, failures: readonly Failure[]): WorstMoment | undefined {
  const worst = worstMoment(failures);
  if (!worst) return undefined;
  const [first] = worst.failures;
  const at = first ? lostAt(first) : worst.at;
  const phase = phases.filter(({ startedAt }) => startedAt <= at).at(-1);
  return {
    at: worst.at,
    disturbance: phase?.name,
    secondsIntoDisturbance: phase && Math.max(0, Math.round((at - phase.startedAt) / 100) / 10),
    lost: worst.failures.length,
    lostByKind: byKind(worst.failures),
    readyEndpoints: observation.readyAt(at),
  };
}

function kindText(kind: FailureKind): string {
  return kind.replace('-', ' ');
}
