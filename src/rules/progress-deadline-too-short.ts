import { ASSUMED_COLD_START_SECONDS } from '../manifest/assessment';
import { intentKey } from '../manifest/intent';
import { type Probe, startupBudgetSeconds } from '../manifest/probe';
import { cannotJudge, notApplicable, pass, violation, type WorkloadRule } from './rule';

export const progressDeadlineTooShort: WorkloadRule = {
  id: 'progress-deadline-too-short',
  title: 'progressDeadlineSeconds is over before one step of a rollout can be',
  severity: 'error',
  judges: 'workload',
  settledBy: ['coldStartSeconds'],
  hazard:
    'A healthy rollout is reported as failed (ProgressDeadlineExceeded) while the new pod still starts. Pipelines and ' +
    'operators that believe it roll back, and take pods away once more.',
  remedy:
    'Let the deadline cover one step: the drain of an old pod where the new one waits for it, the cold start, minReadySeconds.',
  sources: [
    'kubernetes/kubernetes pkg/controller/deployment/util/deployment_util.go v1.36.2, DeploymentTimedOut',
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds',
  ],
  judge({ workload, server, replacement, intent, servesModel }) {
    if (workload.kind.replacedBy !== 'deployment') return notApplicable('only a Deployment has a progress deadline');
    if (workload.mostReplicas === 0) return notApplicable('there are no replicas');
    const deadline = replacement.progressDeadlineSeconds;
    const stated = intent.coldStartSeconds;
    const startup = server?.startup;
    const start = stated ?? (startup && allowedStartSeconds(startup));
    if (start === undefined) {
      return servesModel
        ? cannotJudge(
            `how long a new pod takes to be ready is not stated, the progress deadline is ${deadline} s`,
            `state it with ${intentKey('coldStartSeconds')}`,
          )
        : notApplicable(`the cold start is not stated and there is no startup probe (deadline ${deadline} s)`);
    }
    const least = replacement.rollout(Math.max(1, workload.leastReplicas), start).leastProgressDeadlineSeconds;
    const what = stated === undefined ? 'startup probe' : 'cold start';
    // What the least deadline has besides the new pod's start is the drain that it waits for.
    const drain = least - 1 - start - replacement.minReadySeconds;
    const terms = [
      ...(drain > 0 ? [`termination of an old pod ${drain} s`] : []),
      `${what} ${start} s`,
      ...(replacement.minReadySeconds > 0 ? [`minReadySeconds ${replacement.minReadySeconds} s`] : []),
    ];
    const sum = `${terms.join(' + ')} = ${least - 1} s`;
    if (deadline >= least) return pass(`${sum}, deadline ${deadline} s`);
    return violation({
      message:
        stated === undefined
          ? `progressDeadlineSeconds is ${deadline} s, and the startup probe lets one step of a rollout take ${least - 1} s`
          : `progressDeadlineSeconds is ${deadline} s, one step of a rollout takes ${least - 1} s`,
      arithmetic: sum,
      fix: `raise progressDeadlineSeconds to ${least} or more`,
      field: 'spec.progressDeadlineSeconds',
      // The startup probe only tells what is allowed, not what is needed.
      severity: stated === undefined ? 'warning' : undefined,
    });
  },
};

/** A startup probe that was sized from the assumed cold start allows that, and up to one period of rounding. */
function allowedStartSeconds(startup: Probe): number {
  const budget = startupBudgetSeconds(startup);
  const rounded = budget >= ASSUMED_COLD_START_SECONDS && budget - startup.periodSeconds < ASSUMED_COLD_START_SECONDS;
  return rounded ? ASSUMED_COLD_START_SECONDS : budget;
}
