import { notApplicable, pass, violation, type WorkloadRule } from './rule';
import { notCounted } from './workload-words';

export const noHeadroom: WorkloadRule = {
  id: 'no-headroom',
  title: 'No replica may ever be missing',
  severity: 'error',
  judges: 'workload',
  settledBy: ['requiredReplicas'],
  hazard:
    'When peak load needs every replica, each eviction, node failure and rollout without a surge takes capacity that is ' +
    'needed: requests fail for the cold start of the new pod. With a single replica nothing serves at all meanwhile.',
  remedy: 'Run at least one replica more than peak load needs.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#dealing-with-disruptions'],
  judge({ workload, intent, mayServe }) {
    if (!workload.scales) return notCounted(workload);
    const { leastReplicas: replicas } = workload;
    if (!mayServe) return notApplicable('nothing sends requests to the pods');
    if (replicas === 0) return notApplicable('there are no replicas');
    const scaled = workload.autoscalers.length > 0;
    const field = scaled ? undefined : 'spec.replicas';
    const name = scaled ? 'minReplicas' : 'replicas';
    const required = intent.requiredReplicas;
    if (required !== undefined) {
      const sum = `${name} ${replicas} - required ${required} = ${replicas - required}`;
      if (replicas > required) return pass(`${sum} may be missing`);
      return violation({
        message: `peak load needs ${required} replicas and ${name} is ${replicas}: none may be missing, in an eviction or when a node fails`,
        arithmetic: sum,
        fix: `raise ${name} to ${required + 1} or more, or lower requiredReplicas`,
        field,
      });
    }
    if (replicas > 1)
      return pass(`one of ${replicas} replicas may be missing (assumed: requiredReplicas is not stated)`);
    return violation({
      message: `a single replica${scaled ? " (the autoscaler's minimum)" : ''}: each eviction or node failure stops the service for the cold start of a new pod`,
      arithmetic: `${name} 1 - 1 = 0 that serve${intent.coldStartSeconds ? `, for ${intent.coldStartSeconds} s` : ''}`,
      fix: `raise ${name} to 2 or more`,
      field,
      severity: 'warning',
    });
  },
};
