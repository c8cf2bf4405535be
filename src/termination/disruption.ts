import { type IntOrPercent, requireCount, scaled } from './int-or-percent';

/** The fields of a PodDisruptionBudget, of which the API server takes only one. */
export interface DisruptionBudget {
  readonly minAvailable?: IntOrPercent;
  readonly maxUnavailable?: IntOrPercent;
}

/**
 * How many pods may be evicted at once while all `replicas` are healthy. Both percentages round up, unlike those of a
 * Deployment. A budget with neither field allows none; with both, which the API server refuses, maxUnavailable counts.
 *
 * @see kubernetes/kubernetes pkg/controller/disruption/disruption.go (getExpectedPodCount, updatePdbStatus), v1.36
 */
export function allowedEvictions(budget: DisruptionBudget, replicas: number): number {
  requireCount('replicas', replicas);
  const { minAvailable, maxUnavailable } = budget;
  if (maxUnavailable !== undefined) return Math.min(replicas, scaled(maxUnavailable, replicas, 'up'));
  if (minAvailable !== undefined) return Math.max(0, replicas - scaled(minAvailable, replicas, 'up'));
  return 0;
}

export interface EvictionRange {
  readonly least: number;

  /** The lowest replica count with `least`. */
  readonly leastAt: number;
  readonly most: number;

  /** The lowest replica count with `most`. */
  readonly mostAt: number;

  /** At some replica count no pod may ever be evicted, so a node drain never ends. */
  readonly blocksForEver: boolean;

  /** The lowest such replica count. */
  readonly blocksAt?: number;
}

/** Allowed evictions at all replica counts that an autoscaler may choose. Zero block nothing and are left out. */
export function evictionsOverRange(budget: DisruptionBudget, minReplicas: number, maxReplicas: number): EvictionRange {
  requireCount('minReplicas', minReplicas);
  requireCount('maxReplicas', maxReplicas);
  if (minReplicas > maxReplicas) {
    throw new RangeError(`minReplicas is ${minReplicas}, more than maxReplicas, which is ${maxReplicas}`);
  }
  if (maxReplicas === 0) return { least: 0, leastAt: 0, most: 0, mostAt: 0, blocksForEver: false };

  // More replicas never allow fewer evictions, so the ends of the range say it all.
  const first = Math.max(1, minReplicas);
  const least = allowedEvictions(budget, first);
  const most = first === maxReplicas ? least : allowedEvictions(budget, maxReplicas);
  const mostAt = lowestReplicasWith(budget, most, first, maxReplicas);
  if (least > 0) return { least, leastAt: first, most, mostAt, blocksForEver: false };
  return { least, leastAt: first, most, mostAt, blocksForEver: true, blocksAt: first };
}

function lowestReplicasWith(budget: DisruptionBudget, allowed: number, first: number, last: number): number {
  let [low, high] = [first, last];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (allowedEvictions(budget, middle) >= allowed) high = middle;
    else low = middle + 1;
  }
  return low;
}

export interface HeadroomInput {
  readonly replicas: number;

  /** Replicas that peak load needs. */
  readonly requiredReplicas: number;

  /** The rollout's maxUnavailable, resolved. */
  readonly rolloutUnavailable: number;
  readonly evictionsAllowed: number;
}

export interface Headroom {
  readonly ok: boolean;

  /** Available pods when a rollout and evictions have taken what they may. */
  readonly lowest: number;
  readonly sum: string;

  /** `lowest`, less the pod that an eviction and a rollout may both take on a stale read. Reported, never refused. */
  readonly raceLowest: number;
}

/**
 * Whether enough replicas are left while a rollout and evictions go on. They do not add up: the Deployment controller
 * and the eviction API both count available pods, so what one has taken the other finds missing.
 */
export function headroomCheck(input: HeadroomInput): Headroom {
  const { replicas, requiredReplicas } = input;
  requireCount('replicas', replicas);
  requireCount('requiredReplicas', requiredReplicas);
  requireCount('rolloutUnavailable', input.rolloutUnavailable);
  requireCount('evictionsAllowed', input.evictionsAllowed);
  const rollout = Math.min(replicas, input.rolloutUnavailable);
  const evictions = Math.min(replicas, input.evictionsAllowed);
  const lowest = replicas - Math.max(rollout, evictions);
  return {
    ok: lowest >= requiredReplicas,
    lowest,
    sum: `${replicas} replicas - max(rollout ${rollout}, evictions ${evictions}) = ${lowest}, required ${requiredReplicas}`,
    raceLowest: evictions > 0 ? Math.max(0, lowest - 1) : lowest,
  };
}
