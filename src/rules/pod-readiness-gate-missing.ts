import { listAt } from '../manifest/json';
import { cannotJudge, notApplicable, pass, violation, type WorkloadRule } from './rule';

const LABEL = 'elbv2.k8s.aws/pod-readiness-gate-inject';

export const podReadinessGateMissing: WorkloadRule = {
  id: 'pod-readiness-gate-missing',
  title: 'a rollout does not wait until the AWS load balancer knows the new pods',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'With targets of type ip a new pod is ready for Kubernetes before it is a healthy target, which takes two health checks. The rollout ' +
    'goes on and takes the old pods away: for some 30 s the load balancer has no healthy target, and every request gets 502 or 503.',
  remedy: `Set the label ${LABEL}: enabled on the namespace; the controller then adds a readiness gate to each new pod.`,
  sources: [
    'kubernetes-sigs/aws-load-balancer-controller@225f44568 docs/deploy/pod_readiness_gate.md',
    'kubernetes-sigs/aws-load-balancer-controller@225f44568 pkg/webhooks/core/pod_mutator.go',
  ],
  judge({ traffic, workload, intent }) {
    if (!traffic.sources.some((source) => source.id === 'aws-load-balancer')) {
      return notApplicable('no AWS load balancer with targets of type ip is known to send requests to the pods');
    }
    const gates = listAt(workload.pod.template, 'spec', 'readinessGates');
    if (gates.length > 0) return pass('the pods have a readiness gate');
    const { namespace } = workload;
    if (!namespace) {
      if (intent.trafficSources)
        return notApplicable('the traffic is stated, the namespace is not among the objects that were read');
      return cannotJudge(
        `whether namespace ${workload.ref.namespace ?? 'default'} has the label ${LABEL} is not known: it is not among the objects that were read`,
        'judge the workload together with its Namespace, or acknowledge this',
      );
    }
    if (namespace.labels[LABEL] === 'enabled') return pass(`namespace ${namespace.ref.name} has the label ${LABEL}`);
    return violation({
      message: `namespace ${namespace.ref.name} does not have the label ${LABEL}: old pods go before the load balancer sends to the new ones`,
      fix: `set the label ${LABEL}: enabled on namespace ${namespace.ref.name}`,
    });
  },
};
