import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const recreateBehindService: WorkloadRule = {
  id: 'recreate-behind-service',
  title: 'Strategy Recreate stops a service during every rollout',
  severity: 'error',
  judges: 'workload',
  hazard:
    'All old pods go before the first new one is created. No pod serves for the termination of the old ones and the cold ' +
    'start of the new ones: every request of that time fails.',
  remedy:
    'Use RollingUpdate; where nothing may run twice, or no accelerator is spare, with maxSurge 0 and maxUnavailable 1.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment',
    'kubernetes/kubernetes pkg/controller/deployment/recreate.go v1.36.2: it waits until no old pod runs, terminating ones included',
  ],
  judge({ workload, traffic, replacement, intent, mayServe }) {
    if (workload.kind.replacedBy !== 'deployment') return notApplicable('only a Deployment has the strategy Recreate');
    if (!mayServe) return notApplicable('nothing sends requests to the pods');
    if (workload.mostReplicas === 0) return notApplicable('there are no replicas');
    if (replacement.strategy !== 'Recreate') return pass('the strategy is RollingUpdate');
    const drain = replacement.terminationSeconds;
    const coldStart = intent.coldStartSeconds;
    const single = workload.mostReplicas === 1;
    return violation({
      message: `strategy Recreate takes ${single ? 'the only pod' : 'all pods'} away in every rollout before a new one starts: nothing serves meanwhile`,
      arithmetic:
        coldStart === undefined
          ? `termination up to ${drain} s + cold start (not stated) without a pod that serves`
          : `termination up to ${drain} s + cold start ${coldStart} s = ${drain + coldStart} s without a pod that serves`,
      fix:
        replacement.acceleratorsPerPod > 0
          ? 'use strategy RollingUpdate with maxSurge 0 and maxUnavailable 1, and two replicas or more'
          : 'use strategy RollingUpdate with maxSurge 1 and maxUnavailable 0',
      field: 'spec.strategy.type',
      // One replica that cannot surge stops with any strategy; and without a Service nobody may notice.
      severity: traffic.sources.length === 0 || (single && replacement.acceleratorsPerPod > 0) ? 'warning' : undefined,
    });
  },
};
