import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const replicasBesideAutoscaler: WorkloadRule = {
  id: 'replicas-beside-autoscaler',
  title: 'spec.replicas is fixed although an autoscaler sets it',
  severity: 'error',
  judges: 'workload',
  hazard:
    'Each time the manifest is applied the replicas fall back to the fixed number: at peak most pods are deleted at ' +
    'once, and those that stay get all of the load until the autoscaler has added new ones and they have started.',
  remedy: 'Leave spec.replicas out of a manifest whose workload has an autoscaler.',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  ],
  judge({ workload, replacement, intent }) {
    const { autoscalers, replicas, leastReplicas, mostReplicas } = workload;
    if (autoscalers.length === 0) return notApplicable('no autoscaler targets it');
    if (replicas === undefined) return pass('spec.replicas is left to the autoscaler');
    const names = autoscalers.map(({ ref }) => ref.name).join(', ');
    const kinds = autoscalers[0]?.ref.kind;
    const fewer = mostReplicas - replicas;
    if (fewer <= 0) {
      return pass(
        `replicas ${replicas} is the most that ${names} asks for (${mostReplicas}): an apply takes no pod away`,
      );
    }
    const coldStart = intent.coldStartSeconds;
    return violation({
      message: `replicas is fixed at ${replicas} and ${kinds} ${names} sets ${leastReplicas} to ${mostReplicas}: each apply may delete up to ${fewer} pods at once`,
      arithmetic: `${mostReplicas} - ${replicas} = ${fewer} pods${coldStart ? `, missing for the cold start of ${coldStart} s` : ''}`,
      fix: 'remove spec.replicas',
      field: 'spec.replicas',
      // Pods that start within seconds are back before much is lost.
      severity: replacement.acceleratorsPerPod > 0 ? undefined : 'warning',
    });
  },
};
