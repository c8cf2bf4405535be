import type { Assessment } from '../manifest/assessment';
import type { Autoscaler } from '../manifest/fleet';
import { countAt, type JsonObject, objectAt, objectsAt, textAt } from '../manifest/json';
import type { ObjectRef } from '../manifest/object-ref';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

/** kubernetes/kubernetes pkg/controller/podautoscaler/config/v1alpha1/defaults.go, v1.36.2: 5 min. */
const DEFAULT_STABILIZATION_SECONDS = 300;
/** The most that the API server takes: kubernetes/kubernetes pkg/apis/autoscaling/validation/validation.go, v1.36.2. */
const MOST_STABILIZATION_SECONDS = 3600;
const MOST_PERIOD_SECONDS = 1800;

/** Draining well, no pod loses a request when it is scaled away. What is lost is capacity, hence a warning. */
export const autoscalerScalesDownFasterThanDrain: WorkloadRule = {
  id: 'autoscaler-scales-down-faster-than-drain',
  title: 'The autoscaler takes pods away faster than they drain',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'A dip in the load takes pods away that then drain for longer than the dip lasted. They take no new request and still ' +
    'hold their memory and accelerators when the load is back; until new pods have started, the rest is overloaded.',
  remedy:
    'Set behavior.scaleDown.stabilizationWindowSeconds to the time of one termination or more, and let no more pods go in that time than the headroom.',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#stabilization-window',
    'kubernetes/kubernetes pkg/controller/podautoscaler/horizontal.go v1.36.2 (stabilizeRecommendationWithBehaviors)',
    'kedacore/keda#2900 and volcano-sh/kthena#1589 (scale-down during long requests)',
  ],
  judge(assessment) {
    const { autoscalers } = assessment.workload;
    if (autoscalers.length === 0) return notApplicable('no autoscaler targets it');
    return autoscalers.map((autoscaler) => judgeAutoscaler(assessment, autoscaler));
  },
};

function judgeAutoscaler(assessment: Assessment, { ref, minReplicas, maxReplicas, behavior }: Autoscaler): Verdict {
  if (minReplicas === maxReplicas) return notApplicable(`${ref.name} never scales down: minReplicas is maxReplicas`);
  const scaleDown = objectAt(behavior, 'scaleDown');
  if (textAt(scaleDown, 'selectPolicy') === 'Disabled') return pass(`${ref.name} never scales down`);
  const { replacement, servesModel } = assessment;
  const given = countAt(scaleDown, 'stabilizationWindowSeconds');
  const window = given ?? DEFAULT_STABILIZATION_SECONDS;
  const drain = replacement.terminationSeconds;
  const least = Math.min(drain, MOST_STABILIZATION_SECONDS);
  const leaving = Math.min(maxReplicas - minReplicas, mostPodsDuring(drain, maxReplicas, scaleDown));
  const sum = `stabilization window ${window} s${given === undefined ? ' (the default)' : ''}, termination up to ${drain} s, in which up to ${leaving} of ${maxReplicas} pods may go`;
  if (window < least) {
    return violation({
      message: `${ref.kind} ${ref.name} deletes pods after ${window} s of lower load, and they take up to ${drain} s to drain (${least - window} s short)`,
      arithmetic: sum,
      fix: `set ${behaviorPath(ref)}.scaleDown.stabilizationWindowSeconds to ${least} or more`,
    });
  }
  const headroom = Math.max(1, minReplicas - replacement.requiredReplicas);
  // A web server is back within seconds; a model loads for minutes, and what drains holds its accelerator.
  if (!servesModel || leaving <= headroom) return pass(sum);
  return violation({
    message: `${ref.kind} ${ref.name} may delete ${leaving} pods within the ${drain} s of one termination, more than the headroom of ${headroom}`,
    arithmetic: sum,
    fix: `set ${behaviorPath(ref)}.scaleDown.policies to one policy: type Pods, value ${headroom}, periodSeconds ${Math.min(Math.max(15, drain), MOST_PERIOD_SECONDS)}`,
  });
}

/** KEDA keeps the fields of the autoscaler that it makes under a name of their own. */
function behaviorPath({ kind }: ObjectRef): string {
  return kind === 'ScaledObject' ? 'advanced.horizontalPodAutoscalerConfig.behavior' : 'behavior';
}

/** Pods that the policies let go within so many seconds; without policies all of them every 15 s. */
function mostPodsDuring(seconds: number, replicas: number, scaleDown: JsonObject | undefined): number {
  const policies = objectsAt(scaleDown, 'policies');
  if (policies.length === 0) return replicas;
  const counts = policies.map((policy) => {
    const value = countAt(policy, 'value') ?? 0;
    const pods = textAt(policy, 'type') === 'Percent' ? Math.ceil((replicas * value) / 100) : value;
    const period = Math.max(1, countAt(policy, 'periodSeconds') ?? 1);
    return pods * (period >= MOST_PERIOD_SECONDS ? 1 : Math.max(1, Math.ceil(seconds / period)));
  });
  return textAt(scaleDown, 'selectPolicy') === 'Min' ? Math.min(...counts) : Math.max(...counts);
}
