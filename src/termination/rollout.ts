import { remembered } from '../remembered';
import { type IntOrPercent, requireCount, scaled } from './int-or-percent';
import { requireSeconds, secondsText } from './seconds';

/** @see kubernetes/kubernetes pkg/apis/apps/v1/defaults.go (SetDefaults_Deployment), v1.36 */
export const DEFAULT_MAX_SURGE = '25%';
export const DEFAULT_MAX_UNAVAILABLE = '25%';
export const DEFAULT_PROGRESS_DEADLINE_SECONDS = 600;

/**
 * The counts that the Deployment controller works with: maxSurge rounds up, maxUnavailable down, and where both come to
 * zero, one pod may be unavailable.
 *
 * @see kubernetes/kubernetes pkg/controller/deployment/util/deployment_util.go (ResolveFenceposts), v1.36
 */
export function resolveRollingUpdate(
  replicas: number,
  maxSurge: IntOrPercent,
  maxUnavailable: IntOrPercent,
): { readonly surge: number; readonly unavailable: number; readonly bothZero: boolean } {
  const surge = scaled(maxSurge, replicas, 'up');
  const unavailable = scaled(maxUnavailable, replicas, 'down');
  const bothZero = surge === 0 && unavailable === 0;
  return { surge, unavailable: bothZero ? 1 : unavailable, bothZero };
}

export interface RolloutInput {
  readonly replicas: number;

  /** As `resolveRollingUpdate` gives it, like `unavailable`. */
  readonly surge: number;
  readonly unavailable: number;
  readonly acceleratorsPerPod: number;

  /** Accelerators that are free while `replicas` pods run; absent: as many as needed. */
  readonly spareAccelerators?: number;

  /** How long an old pod takes to go away, and so holds its accelerators. */
  readonly terminationSeconds: number;

  /** From a new pod's start on a node until it is ready. */
  readonly coldStartSeconds: number;
  readonly minReadySeconds: number;
}

export interface Rollout {
  /** Pods at once, terminating ones not counted. A new ReplicaSet never has more pods than `replicas`. */
  readonly peakPods: number;

  /** Pods at once, with those that are terminating: they do not count towards the surge. */
  readonly peakPodsWithTerminating: number;

  /** Accelerators held at once, also by terminating pods. */
  readonly peakAccelerators: number;

  /** Available pods that the Deployment controller keeps. */
  readonly lowestReady: number;
  readonly canProgress: boolean;

  /** What a step waits for, or why no step can be taken. */
  readonly why: string;

  /** 0 where the rollout cannot progress. */
  readonly steps: number;

  /** Infinity where the rollout cannot progress. */
  readonly estimateSeconds: number;

  /** The least progressDeadlineSeconds that no single step exceeds. */
  readonly leastProgressDeadlineSeconds: number;
}

/**
 * What a rolling update of a healthy Deployment does if every pod takes exactly the times given.
 *
 * Let R = replicas, s = surge, u = unavailable (neither more than R), T = termination, C = cold start + minReady; every
 * quotient is rounded up.
 *
 * Accelerators enough, or none used: s + u new pods start at a time, and for each that becomes available an old one
 * goes, whose end nobody waits for. So the batches of the last T seconds, T / C of them, terminate at once, and
 *
 *     steps = R / (s + u)       estimate = max(steps x C, (R - u) / (s + u) x C + T)
 *
 * Accelerators short: F pods fit into the spare ones, fewer than that peak needs. The room of F + u pods goes round,
 * held by an old pod for T and then by its successor for C, before the next old pod may go. With F + u = 0 nothing
 * moves.
 *
 *     steps = R / min(s + u, F + u)       estimate = max(steps x C, R / (F + u) x (T + C)), and T more where F > s
 *
 * The progress deadline starts anew with every step, so it has to exceed what one may take: C, and T before it where a
 * new pod may have to wait for what an old one holds, which is with accelerators short or without a surge.
 *
 * Pods that start faster than stated overlap more terminating ones, up to all `replicas` of them.
 *
 * @see kubernetes/kubernetes pkg/controller/deployment/rolling.go, v1.36
 * @see kubernetes/enhancements keps/sig-apps/3973-consider-terminating-pods-deployment/README.md
 */
export const rolloutOf = remembered(computeRollout, keyOf);

function computeRollout(input: RolloutInput): Rollout {
  validate(input);
  const plan = planOf(input);
  const { replicas, surge, unavailable, fitting, circulating, short } = plan;
  const canProgress = replicas === 0 || (surge + unavailable > 0 && circulating > 0);
  const peakPodsWithTerminating = Math.min(peakUnhindered(plan), replicas + surge + circulating);
  const deadline = (short || input.surge === 0 ? plan.terminationSeconds : 0) + plan.replacementSeconds;
  return {
    peakPods: replicas + surge,
    peakPodsWithTerminating,
    peakAccelerators: Math.min(peakPodsWithTerminating, replicas + fitting) * input.acceleratorsPerPod,
    lowestReady: replicas - unavailable,
    canProgress,
    // Most callers only compare numbers.
    get why() {
      return whyOf(input, plan, canProgress);
    },
    steps: canProgress ? stepsOf(plan) : 0,
    estimateSeconds: canProgress ? estimateOf(plan) : Number.POSITIVE_INFINITY,
    leastProgressDeadlineSeconds: Math.ceil(deadline) + 1,
  };
}

function keyOf(input: RolloutInput): string {
  const { replicas, surge, unavailable, acceleratorsPerPod, spareAccelerators } = input;
  const seconds = `${input.terminationSeconds},${input.coldStartSeconds},${input.minReadySeconds}`;
  return `${replicas},${surge},${unavailable},${acceleratorsPerPod},${spareAccelerators},${seconds}`;
}

interface Plan {
  readonly replicas: number;
  readonly surge: number;
  readonly unavailable: number;
  readonly terminationSeconds: number;
  readonly replacementSeconds: number;

  /** Pods that fit into the spare accelerators. */
  readonly fitting: number;

  /** Pods' worth of accelerators that need not belong to an available pod. */
  readonly circulating: number;
  readonly short: boolean;
}

function planOf(input: RolloutInput): Plan {
  const { replicas, acceleratorsPerPod, spareAccelerators, terminationSeconds } = input;
  const bounded = acceleratorsPerPod > 0 && spareAccelerators !== undefined;
  const fitting = bounded ? Math.floor(spareAccelerators / acceleratorsPerPod) : Number.POSITIVE_INFINITY;
  const unavailable = Math.min(input.unavailable, replicas);
  const plan = {
    replicas,
    surge: Math.min(input.surge, replicas),
    unavailable,
    terminationSeconds,
    replacementSeconds: input.coldStartSeconds + input.minReadySeconds,
    fitting,
    circulating: Math.min(replicas, unavailable + fitting),
    short: false,
  };
  plan.short = peakUnhindered(plan) > replicas + fitting;
  return plan;
}

/**
 * The most pods at once, terminating ones too, where nothing but the controller holds the rollout up. It is reached
 * when the surge is created, with the last batch that starts before any old pod is gone, or with the batch after it.
 */
function peakUnhindered(plan: Omit<Plan, 'short'>): number {
  const { replicas, surge, unavailable, terminationSeconds, replacementSeconds } = plan;
  const width = surge + unavailable;
  if (width === 0) return replicas;
  const batches = terminationSeconds === 0 ? 0 : Math.ceil(terminationSeconds / replacementSeconds);
  return Math.max(
    replicas + surge,
    replicas + Math.min(replicas, width * batches),
    replicas - unavailable + Math.min(replicas, width * (batches + 1)),
  );
}

function stepsOf({ replicas, surge, unavailable, circulating, short }: Plan): number {
  if (replicas === 0) return 0;
  return Math.ceil(replicas / (short ? Math.min(surge + unavailable, circulating) : surge + unavailable));
}

function estimateOf(plan: Plan): number {
  const { replicas, surge, unavailable, terminationSeconds, replacementSeconds, fitting, circulating } = plan;
  if (replicas === 0) return 0;
  const allStarted = stepsOf(plan) * replacementSeconds;
  if (!plan.short) {
    const lastOldGoes = Math.ceil((replicas - unavailable) / (surge + unavailable)) * replacementSeconds;
    return Math.max(allStarted, lastOldGoes + terminationSeconds);
  }
  const rounds = Math.ceil(replicas / circulating);
  const allRoundsDone = rounds * (terminationSeconds + replacementSeconds);
  return Math.max(allStarted, allRoundsDone) + (fitting > surge ? terminationSeconds : 0);
}

function whyOf(input: RolloutInput, { short, fitting }: Plan, canProgress: boolean): string {
  const { surge, unavailable, acceleratorsPerPod, spareAccelerators } = input;
  if (input.replicas === 0) return 'there are no pods to replace';
  if (surge + unavailable === 0) return 'surge and unavailable are both 0, so no pod may be added or taken away';
  const needed = counted(acceleratorsPerPod, 'accelerator');
  if (!canProgress) {
    const spare = spareAccelerators === 0 ? 'none is' : `only ${spareAccelerators} are`;
    return `a new pod needs ${needed}, ${spare} spare, and with 0 unavailable no old pod may go before it is available`;
  }
  if (short) {
    const wait = `up to ${secondsText(input.terminationSeconds)} for the ${needed} of a terminating old pod`;
    return fitting === 0
      ? `each new pod waits ${wait}`
      : `the spare accelerators take ${counted(fitting, 'new pod')} at once, any further one waits ${wait}`;
  }
  if (surge === 0) return `${counted(unavailable, 'old pod')} may go before a new one is available`;
  const assumed = acceleratorsPerPod > 0 && spareAccelerators === undefined ? ', if spare accelerators are there' : '';
  return `${counted(surge, 'new pod')} may start before an old one goes${assumed}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function validate(input: RolloutInput): void {
  requireCount('replicas', input.replicas);
  requireCount('surge', input.surge);
  requireCount('unavailable', input.unavailable);
  requireCount('acceleratorsPerPod', input.acceleratorsPerPod);
  requireCount('spareAccelerators', input.spareAccelerators ?? 0);
  requireSeconds('terminationSeconds', input.terminationSeconds);
  requireSeconds('coldStartSeconds', input.coldStartSeconds);
  requireSeconds('minReadySeconds', input.minReadySeconds);
}
