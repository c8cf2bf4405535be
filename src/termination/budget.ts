import { requireSeconds, secondsText } from './seconds';
import { type TimelineEvent, timelineOf } from './timeline';

export { MINIMUM_WINDOW_SECONDS, type TimelineEvent } from './timeline';

/** Covers the exit of an idle process and what rounding to whole seconds loses. */
export const DEFAULT_MARGIN_SECONDS = 5;

export type TermId =
  | 'pre-stop'
  | 'pre-stop-delay'
  | 'wait-until-idle'
  | 'hold'
  | 'quiet'
  | 'drain'
  | 'exit'
  | 'sidecar-pre-stop'
  | 'sidecar-drain'
  | 'margin';

/** One part of a shutdown, as it stands in the sum. */
export interface Term {
  readonly id: TermId;

  /** As it reads in the sum, for example `longest request`. */
  readonly label: string;
  readonly seconds: number;
  readonly reason: string;
}

/** The terms of each list follow one another. */
export interface ContainerShutdown {
  readonly name: string;
  readonly preStop: readonly Term[];
  readonly afterSigterm: readonly Term[];

  /** It ignores SIGTERM: only the end of the grace ends it, whatever its terms say. */
  readonly endsBySigkill?: boolean;
}

/** One termination of a pod, from its deletion on. */
export interface PodShutdown {
  /** At least one. */
  readonly containers: readonly ContainerShutdown[];

  /** Native sidecars (init containers that restart always), in order of declaration. */
  readonly sidecars: readonly ContainerShutdown[];
  readonly marginSeconds: number;

  /** terminationGracePeriodSeconds; absent: what is required. */
  readonly graceSeconds?: number;

  /** From deletion until the slowest traffic source sends nothing new. */
  readonly propagationSeconds: number;

  /** From deletion until readiness turns false, where something turns it false. */
  readonly readinessFalseSeconds?: number;
  readonly longestRequestSeconds?: number;
}

/** When a container's hook, SIGTERM and end come if the grace lets everything finish; from deletion. */
export interface ContainerBudget {
  readonly name: string;
  readonly sidecar: boolean;
  readonly preStopSeconds: number;
  readonly sigtermSeconds: number;
  readonly endSeconds: number;
}

export interface Budget {
  /** The critical path, margin last. Adding the seconds up in this order gives `requiredGraceSeconds` exactly. */
  readonly terms: readonly Term[];

  /** For example `preStop delay 15 s + longest request 150 s + margin 5 s = 170 s`. */
  readonly sum: string;

  /** Main containers, then sidecars, each in order of declaration. */
  readonly containers: readonly ContainerBudget[];
  readonly requiredGraceSeconds: number;
  readonly graceSeconds: number;

  /** Grace less what is required; negative: so many seconds short. */
  readonly slackSeconds: number;

  /** What happens with `graceSeconds`, sorted by second. */
  readonly events: readonly TimelineEvent[];
}

interface Path {
  readonly terms: readonly Term[];
  readonly seconds: number;
}

/**
 * What the shutdown of a pod needs, and what happens with the grace that it has.
 *
 * All preStop hooks start at deletion. A main container gets SIGTERM when its own hook is done; a sidecar when its own
 * hook, all main containers and all sidecars declared after it are done. All share one grace. Hence
 *
 *     t = max over main containers (preStop + afterSigterm)
 *     for each sidecar, last declared first: t = max(t, preStop) + afterSigterm
 *     required = t + margin, rounded up to whole seconds; the rounding is part of the margin's term
 *
 * @see kubernetes/enhancements keps/sig-node/753-sidecar-containers/README.md
 * @see kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_termination_order.go, v1.36
 */
export function budgetOf(pod: PodShutdown): Budget {
  validate(pod);
  const mains = pod.containers.map((container) => main(container));
  const critical = mains.reduce((longest, next) => (next.path.seconds > longest.path.seconds ? next : longest));
  let path = critical.path;
  const sidecars: ContainerBudget[] = [];
  for (const container of [...pod.sidecars].reverse()) {
    const hook = append(EMPTY, asSidecarTerms(container, container.preStop, 'sidecar-pre-stop'));
    const turn = hook.seconds > path.seconds ? hook : path;
    path = append(turn, asSidecarTerms(container, container.afterSigterm, 'sidecar-drain'));
    sidecars.unshift(containerBudget(container, true, hook.seconds, turn.seconds, path.seconds));
  }
  const requiredGraceSeconds = requiredGrace(path.seconds, pod.marginSeconds);
  const terms = [...path.terms, marginTerm(requiredGraceSeconds - path.seconds)];
  const graceSeconds = pod.graceSeconds ?? requiredGraceSeconds;
  return {
    terms,
    containers: [...mains.map((entry) => entry.budget), ...sidecars],
    requiredGraceSeconds,
    graceSeconds,
    slackSeconds: graceSeconds - requiredGraceSeconds,
    // Most callers only compare numbers.
    get sum() {
      return sumOf(terms, requiredGraceSeconds);
    },
    get events() {
      return timelineOf(pod, graceSeconds, mains.indexOf(critical));
    },
  };
}

const EMPTY: Path = { terms: [], seconds: 0 };

function append(path: Path, terms: readonly Term[]): Path {
  return {
    terms: [...path.terms, ...terms],
    seconds: terms.reduce((sum, term) => sum + term.seconds, path.seconds),
  };
}

function main(container: ContainerShutdown): { readonly path: Path; readonly budget: ContainerBudget } {
  const hook = append(EMPTY, container.preStop);
  const path = append(hook, container.afterSigterm);
  return { path, budget: containerBudget(container, false, hook.seconds, hook.seconds, path.seconds) };
}

function containerBudget(
  { name }: ContainerShutdown,
  sidecar: boolean,
  preStopSeconds: number,
  sigtermSeconds: number,
  endSeconds: number,
): ContainerBudget {
  return { name, sidecar, preStopSeconds, sigtermSeconds, endSeconds };
}

function asSidecarTerms({ name }: ContainerShutdown, terms: readonly Term[], id: TermId): readonly Term[] {
  return terms.map((term) => ({
    ...term,
    id,
    label: term.label.split(' ').includes(name) ? term.label : `sidecar ${name} ${term.label}`,
  }));
}

/**
 * Never 0: with a grace of 0 the API server removes the pod at once.
 *
 * @see kubernetes/kubernetes pkg/registry/core/pod/strategy.go (CheckGracefulDelete), v1.36
 */
function requiredGrace(shutdownSeconds: number, marginSeconds: number): number {
  return Math.max(1, Math.ceil(shutdownSeconds + marginSeconds));
}

function marginTerm(seconds: number): Term {
  return {
    id: 'margin',
    label: 'margin',
    seconds,
    reason: 'the exit of an idle process, and rounding to whole seconds',
  };
}

function sumOf(terms: readonly Term[], total: number): string {
  const shown = terms.filter((term) => term.seconds > 0 || term.id === 'margin');
  return `${shown.map((term) => `${term.label} ${secondsText(term.seconds)}`).join(' + ')} = ${secondsText(total)}`;
}

function validate(pod: PodShutdown): void {
  if (pod.containers.length === 0) throw new RangeError('a pod has at least one container besides its sidecars');
  for (const container of [...pod.containers, ...pod.sidecars]) {
    for (const term of [...container.preStop, ...container.afterSigterm]) {
      requireSeconds(`${term.label} of container ${container.name}`, term.seconds);
    }
  }
  requireSeconds('the margin', pod.marginSeconds);
  requireSeconds('the propagation delay', pod.propagationSeconds);
  requireSeconds('terminationGracePeriodSeconds', pod.graceSeconds ?? 0);
  requireSeconds('the time until readiness is false', pod.readinessFalseSeconds ?? 0);
  requireSeconds('the longest request', pod.longestRequestSeconds ?? 0);
}
