import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const rollingUpdateRoundsToZero: WorkloadRule = {
  id: 'rolling-update-rounds-to-zero',
  title: 'maxSurge and maxUnavailable both come to zero pods',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'maxUnavailable rounds down. Where the surge is 0 too, Kubernetes does not refuse the rollout but takes 1 unavailable, which ' +
    'nobody wrote: with one replica every request fails for the termination of the old pod and the cold start of the new one.',
  remedy: 'Write whole numbers: maxSurge 1 and maxUnavailable 0, or maxSurge 0 and maxUnavailable 1.',
  sources: [
    'kubernetes/kubernetes pkg/controller/deployment/util/deployment_util.go v1.36.2, ResolveFenceposts',
    'kubernetes/kubernetes pkg/apis/apps/validation/validation.go v1.36.2 (only 0 and 0 as written are refused)',
  ],
  judge({ workload, replacement }) {
    if (workload.ref.kind !== 'Deployment') return notApplicable('only a Deployment rounds both');
    if (replacement.strategy === 'Recreate') return notApplicable('strategy Recreate has neither');
    const replicas = workload.leastReplicas;
    if (replicas === 0) return notApplicable('there are no replicas');
    const { maxSurge, maxUnavailable } = replacement;
    // A surge of any percentage rounds up to a pod.
    const surges = maxSurge !== 0 && maxSurge !== '0%';
    if (surges || !replacement.at(replicas).bothZero) return pass('one of the two is 1 pod or more');
    const refused = (maxSurge === 0 || maxSurge === '0%') && (maxUnavailable === 0 || maxUnavailable === '0%');
    return violation({
      message: refused
        ? 'maxSurge and maxUnavailable are both 0, which the API server refuses'
        : `maxSurge and maxUnavailable both come to 0 of ${replicas} pods, and then Kubernetes takes 1 unavailable${replicas === 1 ? ': the only one' : ''}`,
      arithmetic: `maxSurge ${maxSurge} of ${replicas} = 0, maxUnavailable ${maxUnavailable} of ${replicas}, rounded down, = 0`,
      fix: 'set maxSurge to 1 and maxUnavailable to 0, or maxSurge to 0 and maxUnavailable to 1',
      field: 'spec.strategy.rollingUpdate',
    });
  },
};
