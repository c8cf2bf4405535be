import type { Assessment } from '../manifest/assessment';
import { DEFAULT_PROGRESS_DEADLINE_SECONDS, resolveRollingUpdate } from '../termination/rollout';
import type { Checks } from './checks';
import type { Inputs } from './inputs';

/** How pods may be taken away and replaced. */
export interface RollingUpdatePlan {
  readonly maxSurge: number | string;
  readonly maxUnavailable: number | string;
}

/** Without spare accelerators a new pod can start only where an old one has gone. */
export function rollingUpdateOf(inputs: Inputs, checks: Checks): RollingUpdatePlan {
  const { acceleratorsPerPod, spareAccelerators = 0 } = inputs;
  const least = leastReplicas(inputs);
  const sparePods =
    acceleratorsPerPod > 0 ? Math.floor(spareAccelerators / acceleratorsPerPod) : Number.POSITIVE_INFINITY;
  const nothingMayBeMissing = inputs.maxUnavailable === 0 || inputs.maxUnavailable === '0%';
  const roomyStep = Math.ceil(least / 4);
  const maxSurge =
    inputs.maxSurge ?? (acceleratorsPerPod === 0 ? '25%' : nothingMayBeMissing ? 1 : Math.min(sparePods, roomyStep));
  const maxUnavailable = inputs.maxUnavailable ?? (resolveRollingUpdate(least, maxSurge, 0).surge === 0 ? 1 : 0);
  if (isZero(maxSurge) && isZero(maxUnavailable))
    checks.refuse('maxSurge and maxUnavailable are both 0: a rollout could never take a step');
  return { maxSurge, maxUnavailable };
}

export interface DisruptionPlan {
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
}

/** A budget as large as the headroom; none for a single replica, which it would pin to its node. */
export function disruptionOf(inputs: Inputs): DisruptionPlan | undefined {
  const { maxUnavailable, minAvailable } = inputs.budget;
  if (minAvailable !== undefined) return { minAvailable };
  if (maxUnavailable !== undefined) return { maxUnavailable };
  return leastReplicas(inputs) === 1 ? undefined : { maxUnavailable: Math.max(1, headroomOf(inputs)) };
}

/** The longest that one step of a rollout may take, and never less than Kubernetes' own default. */
export function progressDeadlineOf(inputs: Inputs, assessment: Assessment): number {
  const least = assessment.replacement.rollout(leastReplicas(inputs)).leastProgressDeadlineSeconds;
  return inputs.progressDeadlineSeconds ?? Math.max(DEFAULT_PROGRESS_DEADLINE_SECONDS, least);
}

export interface ScaleDownPlan {
  readonly stabilizationSeconds: number;
  readonly pods: number;
  readonly periodSeconds: number;
}

/** kubernetes/kubernetes pkg/apis/autoscaling/validation/validation.go v1.36.2. */
const MAX_STABILIZATION_SECONDS = 3600;
const MAX_POLICY_PERIOD_SECONDS = 1800;
const DEFAULT_STABILIZATION_SECONDS = 300;

/** No more pods go during one termination than the headroom allows. */
export function scaleDownOf(inputs: Inputs, graceSeconds: number): ScaleDownPlan {
  const stabilization =
    inputs.autoscaling?.stabilizationSeconds ?? Math.max(DEFAULT_STABILIZATION_SECONDS, graceSeconds);
  return {
    stabilizationSeconds: Math.min(MAX_STABILIZATION_SECONDS, stabilization),
    pods: Math.max(1, headroomOf(inputs)),
    periodSeconds: Math.min(MAX_POLICY_PERIOD_SECONDS, Math.max(15, graceSeconds)),
  };
}

export function leastReplicas(inputs: Inputs): number {
  return inputs.autoscaling?.minReplicas ?? inputs.replicas;
}

function headroomOf(inputs: Inputs): number {
  const least = leastReplicas(inputs);
  return least - (inputs.requiredReplicas ?? least - 1);
}

function isZero(value: number | string): boolean {
  return value === 0 || value === '0%';
}
