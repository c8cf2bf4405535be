import {
  allowedEvictions,
  type DisruptionBudget as DisruptionLimits,
  type EvictionRange,
  evictionsOverRange,
  headroomCheck,
} from '../termination/disruption';
import { INT32_MAX, type IntOrPercent, parseIntOrPercent, scaled } from '../termination/int-or-percent';
import {
  DEFAULT_MAX_SURGE,
  DEFAULT_MAX_UNAVAILABLE,
  DEFAULT_PROGRESS_DEADLINE_SECONDS,
  type Rollout,
  resolveRollingUpdate,
  rolloutOf,
} from '../termination/rollout';
import type { Assessment } from './assessment';
import type { DisruptionBudget, Workload } from './fleet';
import { countAt, objectAt, textAt } from './json';
import type { ReplacedBy } from './workload-kinds';

type UpdatePath = readonly [string, string];
const UPDATE_PATH: UpdatePath = ['strategy', 'rollingUpdate'];

/** Where other controllers than that of Deployments keep maxSurge (0 by default) and maxUnavailable (1). */
const UPDATE_PATHS: Readonly<Partial<Record<ReplacedBy, UpdatePath>>> = {
  'stateful-set': ['updateStrategy', 'rollingUpdate'],
  'daemon-set': ['updateStrategy', 'rollingUpdate'],
  'leader-worker-set': ['rolloutStrategy', 'rollingUpdateConfiguration'],
};

/** How the pods of one workload are replaced: by a rollout, and by evictions. */
export class Replacement {
  readonly strategy: 'RollingUpdate' | 'Recreate';
  readonly maxSurge: IntOrPercent;
  readonly maxUnavailable: IntOrPercent;
  readonly minReadySeconds: number;
  readonly progressDeadlineSeconds: number;
  readonly acceleratorsPerPod: number;

  /** Several rules ask for the same rollout, and for the same evictions. */
  private last?: { readonly replicas: number; readonly coldStartSeconds: number; readonly rollout: Rollout };
  private lastRange?: { readonly budget: DisruptionBudget; readonly range?: EvictionRange };

  constructor(private readonly assessment: Assessment) {
    const { workload } = assessment;
    const { replacedBy } = workload.kind;
    const isDeployment = replacedBy === 'deployment';
    const recreates = isDeployment && textAt(workload.spec('strategy'), 'type') === 'Recreate';
    this.strategy = recreates ? 'Recreate' : 'RollingUpdate';
    const update = objectAt(workload.spec(...(UPDATE_PATHS[replacedBy] ?? UPDATE_PATH)));
    this.maxSurge = intOrPercent(update?.maxSurge) ?? (isDeployment ? DEFAULT_MAX_SURGE : 0);
    this.maxUnavailable = intOrPercent(update?.maxUnavailable) ?? (isDeployment ? DEFAULT_MAX_UNAVAILABLE : 1);
    this.minReadySeconds = countAt(workload.spec('minReadySeconds')) ?? 0;
    this.progressDeadlineSeconds =
      countAt(workload.spec('progressDeadlineSeconds')) ?? DEFAULT_PROGRESS_DEADLINE_SECONDS;
    this.acceleratorsPerPod = mostOf(workload.pod.accelerators);
  }

  /** Replicas needed at peak: stated, otherwise one fewer than the workload always has. */
  get requiredReplicas(): number {
    return this.assessment.intent.requiredReplicas ?? Math.max(0, this.assessment.workload.leastReplicas - 1);
  }

  /** Surge and unavailable pods in numbers, at this replica count. */
  at(replicas: number): { readonly surge: number; readonly unavailable: number; readonly bothZero: boolean } {
    if (this.strategy === 'Recreate') return { surge: 0, unavailable: replicas, bothZero: false };
    const { surge, unavailable, bothZero } = resolveRollingUpdate(replicas, this.maxSurge, this.maxUnavailable);
    return { surge: Math.min(surge, INT32_MAX), unavailable: Math.min(unavailable, INT32_MAX), bothZero };
  }

  /** From a pod's deletion to its end, at most. */
  get terminationSeconds(): number {
    const { budget, workload } = this.assessment;
    return budget?.requiredGraceSeconds ?? Math.max(0, workload.pod.graceSeconds);
  }

  rollout(
    replicas: number = this.assessment.workload.leastReplicas,
    coldStartSeconds: number = this.assessment.coldStartSeconds,
  ): Rollout {
    if (this.last?.replicas === replicas && this.last.coldStartSeconds === coldStartSeconds) return this.last.rollout;
    const { acceleratorsPerPod } = this;
    const { surge, unavailable } = this.at(replicas);
    const rollout = rolloutOf({
      replicas,
      surge,
      unavailable,
      acceleratorsPerPod,
      spareAccelerators: acceleratorsPerPod > 0 ? (this.assessment.intent.spareAccelerators ?? 0) : undefined,
      terminationSeconds: this.terminationSeconds,
      coldStartSeconds,
      minReadySeconds: this.minReadySeconds,
    });
    this.last = { replicas, coldStartSeconds, rollout };
    return rollout;
  }

  /** Pods that the PodDisruptionBudget lets go at once; without one, all of them. */
  evictions(replicas: number = this.assessment.workload.leastReplicas): number {
    const { workload } = this.assessment;
    let allowed = replicas;
    for (const budget of workload.disruptionBudgets) {
      const limits = limitsOf(budget);
      if (!limits) continue;
      // A budget counts the pods of all workloads that it selects, and does not care whose go.
      const others = sumOf(budget.workloads, (other) => (other === workload ? 0 : other.mostReplicas));
      allowed = Math.min(allowed, allowedEvictions(limits, Math.min(replicas + others, INT32_MAX)));
    }
    return allowed;
  }

  /** Over all replica counts of the workloads that the budget selects. */
  evictionsOverRange(budget: DisruptionBudget): EvictionRange | undefined {
    if (this.lastRange?.budget === budget) return this.lastRange.range;
    const limits = limitsOf(budget);
    const range =
      limits &&
      evictionsOverRange(
        limits,
        sumOf(budget.workloads, (workload) => workload.leastReplicas),
        sumOf(budget.workloads, (workload) => workload.mostReplicas),
      );
    this.lastRange = { budget, range };
    return range;
  }

  headroom(replicas: number = this.assessment.workload.leastReplicas) {
    return headroomCheck({
      replicas,
      requiredReplicas: this.requiredReplicas,
      rolloutUnavailable: this.at(replicas).unavailable,
      evictionsAllowed: this.assessment.workload.disruptionBudgets.length === 0 ? 0 : this.evictions(replicas),
    });
  }
}

/**
 * Undefined where the numbers cannot be read or both are there: the API server refuses such a budget. With neither it
 * is taken, and allows no eviction.
 */
export function limitsOf(budget: DisruptionBudget): DisruptionLimits | undefined {
  const [least, most] = [budget.minAvailable ?? undefined, budget.maxUnavailable ?? undefined];
  const minAvailable = intOrPercent(least);
  const maxUnavailable = intOrPercent(most);
  if (least !== undefined && most !== undefined) return undefined;
  if (minAvailable === undefined && least !== undefined) return undefined;
  if (maxUnavailable === undefined && most !== undefined) return undefined;
  return { minAvailable, maxUnavailable };
}

/** As in `minAvailable 90% of 5 rounds up to 5: 5 - 5 = 0 evictions allowed`. */
export function evictionSum(limits: DisruptionLimits, replicas: number): string {
  const allowed = allowedEvictions(limits, replicas);
  const evictions = `${allowed} eviction${allowed === 1 ? '' : 's'} allowed`;
  const { minAvailable, maxUnavailable } = limits;
  if (minAvailable !== undefined) {
    const left = scaled(minAvailable, replicas, 'up');
    return `${limitText('minAvailable', minAvailable, replicas, left)}: ${replicas} - ${left} ${left > replicas ? 'is below 0, so' : '='} ${evictions}`;
  }
  if (maxUnavailable !== undefined) {
    return `${limitText('maxUnavailable', maxUnavailable, replicas, scaled(maxUnavailable, replicas, 'up'))}: ${evictions}`;
  }
  return `neither minAvailable nor maxUnavailable: ${evictions}`;
}

function limitText(field: string, value: IntOrPercent, replicas: number, count: number): string {
  if (typeof value === 'number') return `${field} ${value} of ${replicas}`;
  const exact = (Number.parseInt(value, 10) * replicas) / 100 === count;
  return `${field} ${value} of ${replicas} ${exact ? 'is' : 'rounds up to'} ${count}`;
}

function mostOf(accelerators: ReadonlyMap<string, number>): number {
  let most = 0;
  for (const count of accelerators.values()) most = Math.max(most, count);
  return Math.min(most, INT32_MAX);
}

function sumOf(workloads: readonly Workload[], count: (workload: Workload) => number): number {
  return Math.min(
    INT32_MAX,
    workloads.reduce((sum, workload) => sum + count(workload), 0),
  );
}

function intOrPercent(value: unknown): IntOrPercent | undefined {
  return value !== undefined && parseIntOrPercent(value).kind !== 'invalid' ? (value as IntOrPercent) : undefined;
}
