import { DEFAULT_GRACE_SECONDS } from '../manifest/pod';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const graceZero: WorkloadRule = {
  id: 'grace-zero',
  title: 'terminationGracePeriodSeconds is zero or negative',
  severity: 'error',
  judges: 'workload',
  hazard:
    'With 0 the API server removes the pod at once and the kubelet gives its containers 1 s for preStop and 2 s after SIGTERM; ' +
    'a negative number is taken for 1. Every request that needs longer is cut, and a new pod of the same name may run beside the old one.',
  remedy: 'Set terminationGracePeriodSeconds to what the shutdown needs.',
  sources: [
    'kubernetes/kubernetes pkg/registry/core/pod/strategy.go v1.36.2, CheckGracefulDelete',
    'kubernetes/kubernetes pkg/kubelet/pod_workers.go v1.36.2, calculateEffectiveGracePeriod',
    'kubernetes/kubernetes pkg/api/pod/warnings.go v1.36.2 (negative values will be treated as 1)',
    'https://kubernetes.io/docs/tasks/run-application/force-delete-stateful-set-pod/',
  ],
  judge(assessment) {
    const { graceSeconds, graceIsDefault } = assessment.workload.pod;
    if (graceIsDefault)
      return notApplicable(`terminationGracePeriodSeconds is not set, so it is ${DEFAULT_GRACE_SECONDS} s`);
    if (graceSeconds > 0) return pass(`terminationGracePeriodSeconds is ${graceSeconds} s`);
    const { budget } = assessment;
    const enough = budget?.requiredGraceSeconds ?? DEFAULT_GRACE_SECONDS;
    return violation({
      message: `terminationGracePeriodSeconds is ${graceSeconds} s, ${graceSeconds < 0 ? 'which is taken for 1 s' : 'so the pod is killed without a drain'}`,
      arithmetic: budget?.sum,
      fix: `set terminationGracePeriod to ${enough} s or more${budget ? '' : ', as long as the shutdown needs'}`,
      field: assessment.workload.podField('spec.terminationGracePeriodSeconds'),
    });
  },
};
