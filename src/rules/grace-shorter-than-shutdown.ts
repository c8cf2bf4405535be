import { intentKey } from '../manifest/intent';
import { cannotJudge, notApplicable, pass, violation, type WorkloadRule } from './rule';

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
  ],
  judge(assessment) {
    const { budget } = assessment;
    if (!budget) {
      if (!assessment.workload.servesRequests && assessment.traffic.sources.length === 0) {
        return notApplicable('no request comes to its pods from outside');
      }
      return cannotJudge(
        'the longest request is not known',
        `state it with the annotation ${intentKey('longestRequestSeconds')}`,
      );
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
