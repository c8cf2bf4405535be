import type { Assessment } from '../manifest/assessment';
import { secondsText } from '../termination/seconds';
import { cannotJudge, notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';
import { howToState } from './stated-option';

export const graceShorterThanShutdown: WorkloadRule = {
  id: 'grace-shorter-than-shutdown',
  title: 'terminationGracePeriodSeconds is shorter than the shutdown needs',
  severity: 'error',
  judges: 'workload',
  settledBy: ['longestRequestSeconds'],
  hazard:
    'SIGKILL ends the pod while requests are still in flight: every request that would end after the grace period is cut. ' +
    'The preStop hook runs inside the grace period, so each second of it is taken from the drain.',
  remedy: 'Raise terminationGracePeriodSeconds to the sum, or lower the longest request.',
  sources: [
    'kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go v1.36.2, killContainer: grace minus the time of preStop',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'knative/serving pkg/reconciler/revision/resources/deploy.go@0217cb33: the timeout of a revision is the grace period of its pods',
  ],
  judge(assessment) {
    const { budget } = assessment;
    const { knativeTimeout } = assessment.workload;
    if (knativeTimeout !== undefined) return ofKnative(assessment, knativeTimeout);
    if (getsRequestsByDefaultAlone(assessment)) return notApplicable('no request comes to its pods from outside');
    if (!budget) {
      if (!assessment.workload.servesRequests && assessment.traffic.sources.length === 0) {
        return notApplicable('no request comes to its pods from outside');
      }
      return cannotJudge('the longest request is not known', `state it with ${howToState('longestRequestSeconds')}`);
    }
    const { graceSeconds, requiredGraceSeconds, slackSeconds, sum } = budget;
    if (slackSeconds >= 0) return pass(`${sum}, grace ${graceSeconds} s`);
    const byDefault = assessment.workload.pod.graceIsDefault ? ' (the default)' : '';
    return violation({
      message: `terminationGracePeriodSeconds is ${graceSeconds} s${byDefault}, the shutdown needs ${requiredGraceSeconds} s (${-slackSeconds} s short)`,
      arithmetic: sum,
      fix: `raise terminationGracePeriod to ${requiredGraceSeconds} s or more, or lower longestRequest`,
      field: assessment.workload.podField('spec.terminationGracePeriodSeconds'),
    });
  },
};

/** The longest request that is stated for the whole run says nothing of pods that run to their end. */
function getsRequestsByDefaultAlone({ workload, traffic, longestRequestSeconds: longest }: Assessment): boolean {
  const runsToItsEnd = workload.kind.replacedBy === 'job' || workload.isHelmHook;
  return runsToItsEnd && traffic.sources.length === 0 && longest === workload.defaults.longestRequestSeconds;
}

/** Its queue-proxy cuts a request at the timeout of the revision, and holds SIGTERM back from the server until requests are done. */
function ofKnative(assessment: Assessment, timeout: string): Verdict {
  const { longestRequestSeconds: longest, workload } = assessment;
  const { graceSeconds: grace, graceIsDefault } = workload.pod;
  if (longest === undefined) {
    return cannotJudge('the longest request is not known', `state it with ${howToState('longestRequestSeconds')}`);
  }
  if (longest <= grace) return pass(`longest request ${secondsText(longest)}, ${timeout} ${secondsText(grace)}`);
  const short = secondsText(longest - grace);
  return violation({
    message: `${timeout} is ${secondsText(grace)}${graceIsDefault ? ' (the default of Knative)' : ''}, the longest request takes ${secondsText(longest)} (${short} short)`,
    arithmetic: `longest request ${secondsText(longest)} - ${timeout} ${secondsText(grace)} = ${short}; it is the grace period of the pods too`,
    fix: `raise ${timeout} to ${Math.ceil(longest)} s or more, or lower longestRequest`,
    field: workload.podField(`spec.${timeout}`),
  });
}
