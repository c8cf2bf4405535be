import type { Assessment } from '../manifest/assessment';
import { intentKey } from '../manifest/intent';
import type { ObjectRef } from '../manifest/object-ref';
import { evictionSum, limitsOf } from '../manifest/replacement';
import type { Traffic } from '../manifest/traffic-view';
import type { ReplacedBy } from '../manifest/workload-kinds';
import { type Finding, Severity } from '../rules/finding';
import { howToState } from '../rules/stated-option';
import type { Term } from '../termination/budget';
import { secondsText } from '../termination/seconds';
import { MINIMUM_WINDOW_SECONDS } from '../termination/timeline';
import { keptAliveText } from './budget-text';

/** How the pods of one workload go away, and what nobody said of it. */
export interface Explanation {
  readonly object: ObjectRef;
  readonly file?: string;
  readonly line?: number;
  readonly termination: TerminationView;
  readonly rollout: RolloutView;
  readonly evictions: EvictionsView;
  /** What was taken for granted because nothing says otherwise. */
  readonly assumed: readonly Question[];
  readonly unknown: readonly Question[];
}

interface Question {
  readonly what: string;
  readonly settle: string;
}

interface TerminationView {
  readonly graceSeconds: number;
  /** Absent: the longest request is not known, and neither is what the shutdown needs. */
  readonly requiredGraceSeconds?: number;
  readonly slackSeconds?: number;
  readonly sum?: string;
  readonly terms: readonly Term[];
  readonly events: readonly Event[];
  /** What a client that keeps its connection meets. */
  readonly keptAlive?: string;
}

interface Event {
  readonly second: number;
  readonly event: string;
  readonly container?: string;
  readonly what: string;
}

interface RolloutView {
  /** Absent: nothing replaces the pods by itself, or nobody knows how. */
  readonly replicas?: number;
  readonly surge?: number;
  readonly unavailable?: number;
  readonly steps?: number;
  readonly lowestReady?: number;
  readonly peakAccelerators?: number;
  /** Absent where the rollout never ends. */
  readonly estimateSeconds?: number;
  readonly coldStartSeconds?: number;
  readonly why: string;
}

interface EvictionsView {
  /** Pods that may be evicted at once, at the fewest replicas; without a budget all of them. */
  readonly allowed: number;
  readonly leastReplicas: number;
  readonly mostReplicas: number;
  readonly budgets: readonly BudgetView[];
}

interface BudgetView {
  readonly name: string;
  /** Absent: the API server refuses the budget. */
  readonly least?: number;
  readonly most?: number;
  readonly leastAt?: number;
  readonly mostAt?: number;
  readonly blocksForEver: boolean;
  readonly sums: readonly string[];
}

/** @param findings all that was found about the same object */
export function explanationOf(assessment: Assessment, findings: readonly Finding[]): Explanation {
  const { workload } = assessment;
  return {
    object: workload.ref,
    file: workload.source.file,
    line: workload.source.line,
    termination: terminationOf(assessment),
    rollout: rolloutOf(assessment),
    evictions: evictionsOf(assessment),
    assumed: assumedOf(assessment),
    unknown: unknownOf(findings),
  };
}

function terminationOf(assessment: Assessment): TerminationView {
  const { budget, workload } = assessment;
  if (!budget) {
    return { graceSeconds: workload.pod.graceSeconds, terms: [], events: knownEvents(assessment) };
  }
  const { graceSeconds, requiredGraceSeconds, slackSeconds, sum, terms } = budget;
  const events = budget.events.map((event) => ({ ...event, what: reasoned(event, assessment) }));
  return { graceSeconds, requiredGraceSeconds, slackSeconds, sum, terms, events, keptAlive: keptAliveText(assessment) };
}

/** The timeline counts seconds; what stands behind two of its events is known here. */
function reasoned({ event, what }: Event, { traffic, drainGate }: Assessment): string {
  if (event === 'traffic-gone') return trafficGone(traffic);
  if (event === 'readiness-false' && drainGate?.why) return `${what}: ${drainGate.why}`;
  return what;
}

function trafficGone({ slowest }: Traffic): string {
  return slowest ? `${slowest.title} sends nothing new any more` : 'nothing sends requests, as far as is known';
}

/** What happens whatever the longest request is. */
function knownEvents({ workload, traffic, preStopSeconds, server, drainGate }: Assessment): readonly Event[] {
  const grace = Math.max(0, workload.pod.graceSeconds);
  const events: Event[] = [
    {
      second: 0,
      event: 'deletion',
      what: `the pod is deleted, its grace is ${secondsText(workload.pod.graceSeconds)}`,
    },
  ];
  const container = server?.name;
  if (server?.preStop) {
    events.push({ second: 0, event: 'pre-stop-start', container, what: `the preStop hook of ${server.name} starts` });
  }
  if (drainGate?.falseAtSeconds !== undefined && drainGate.falseAtSeconds <= grace) {
    events.push({ second: drainGate.falseAtSeconds, event: 'readiness-false', what: 'readiness turns false' });
  }
  if (traffic.slowest) {
    events.push({
      second: traffic.propagationSeconds,
      event: 'traffic-gone',
      what: trafficGone(traffic),
    });
  }
  const sigterm = preStopSeconds === undefined ? undefined : Math.min(preStopSeconds, grace);
  if (sigterm !== undefined && server) {
    const late = (preStopSeconds ?? 0) > grace ? ', because the grace is over' : '';
    events.push({ second: sigterm, event: 'sigterm', container, what: `${server.name} gets SIGTERM${late}` });
  }
  const sigkill = sigterm === undefined ? grace : Math.max(grace, sigterm + MINIMUM_WINDOW_SECONDS);
  const left = sigterm === undefined ? 'at the latest' : `${secondsText(sigkill - sigterm)} after SIGTERM`;
  events.push({ second: sigkill, event: 'sigkill', what: `SIGKILL ends what is still in flight, ${left}` });
  return events.sort((one, other) => one.second - other.second);
}

const NO_ROLLOUT: Readonly<Partial<Record<ReplacedBy, string>>> = {
  'other-controller': 'a controller with steps of its own replaces the pods; its strategy says how',
  deletion: 'nothing replaces the pods when the template changes: only what deletes them does',
  job: 'the pods end by themselves; a change of the template does not reach those that run',
  nothing: 'a pod that stands alone is not replaced: what it serves is gone until somebody creates it again',
};

function rolloutOf(assessment: Assessment): RolloutView {
  const { replacement, workload, coldStartSeconds } = assessment;
  const { replacedBy } = workload.kind;
  const none = NO_ROLLOUT[replacedBy];
  if (none) return { why: none };
  if (replacedBy === 'daemon-set') {
    const { maxSurge, maxUnavailable } = replacement;
    return {
      coldStartSeconds,
      why: `node by node: ${maxUnavailable} unavailable and ${maxSurge} more at once; how long it takes hangs on the number of nodes`,
    };
  }
  const replicas = workload.leastReplicas;
  const { surge, unavailable } = replacement.at(replicas);
  const { steps, lowestReady, peakAccelerators, estimateSeconds, canProgress, why } = replacement.rollout();
  return {
    replicas,
    surge,
    unavailable,
    steps,
    lowestReady,
    ...(peakAccelerators > 0 && { peakAccelerators }),
    ...(canProgress && { estimateSeconds }),
    coldStartSeconds,
    why,
  };
}

function evictionsOf({ replacement, workload }: Assessment): EvictionsView {
  const budgets = workload.disruptionBudgets.map((budget): BudgetView => {
    const { name } = budget.ref;
    const limits = limitsOf(budget);
    const range = limits && replacement.evictionsOverRange(budget);
    if (!limits || !range) {
      const why = 'the API server refuses it: its numbers cannot be read, or both of them are there';
      return { name, blocksForEver: false, sums: [why] };
    }
    const { least, leastAt, most, mostAt, blocksForEver } = range;
    const sums = [evictionSum(limits, leastAt)];
    if (mostAt !== leastAt) sums.push(evictionSum(limits, mostAt));
    return { name, least, leastAt, most, mostAt, blocksForEver, sums };
  });
  const { leastReplicas, mostReplicas } = workload;
  return { allowed: replacement.evictions(), leastReplicas, mostReplicas, budgets };
}

function assumedOf(assessment: Assessment): readonly Question[] {
  const { traffic, workload, intent, nodes, coldStartSeconds, runtime, replacement } = assessment;
  const assumed: Question[] = [];
  const add = (what: string, field: Parameters<typeof howToState>[0]) =>
    assumed.push({ what, settle: `state it with ${howToState(field)}` });
  if (!traffic.stated) {
    const source = traffic.slowest
      ? `only ${traffic.slowest.title} sends requests, until ${secondsText(traffic.propagationSeconds)} after the deletion`
      : 'nothing sends requests to the pods: no Service that was read selects them';
    // The option counts where a Service selects the pods.
    if (traffic.slowest) add(source, 'trafficSources');
    else assumed.push({ what: source, settle: `state it with the annotation ${intentKey('trafficSources')}` });
  }
  if (intent.nodeLifecycles === undefined) {
    add(
      `nodes go away as '${nodes.map((node) => node.title).join(', ')}': they set no limit of their own`,
      'nodeLifecycles',
    );
  }
  if (intent.coldStartSeconds === undefined && NO_ROLLOUT[workload.kind.replacedBy] === undefined) {
    add(`a new pod takes ${secondsText(coldStartSeconds)} until it serves`, 'coldStartSeconds');
  }
  if (intent.requiredReplicas === undefined && workload.scales) {
    add(`peak load needs ${replacement.requiredReplicas} of ${workload.leastReplicas} replicas`, 'requiredReplicas');
  }
  if (runtime?.facts && runtime.version === undefined && intent.runtimeVersion === undefined) {
    add(`any version of ${runtime.title}`, 'runtimeVersion');
  }
  return assumed;
}

/** The questions that the rules ask. */
function unknownOf(findings: readonly Finding[]): readonly Question[] {
  const questions = new Map<string, Question>();
  for (const { severity, message, fix } of findings) {
    if (severity !== Severity.CANNOT_JUDGE) continue;
    const what = message.replace(/^cannot judge: /, '');
    questions.set(what, { what, settle: fix });
  }
  return [...questions.values()];
}
