import { read } from '../fact';
import type { TrafficSourceFacts } from './traffic';

const CONTROLLER = 'kubernetes-sigs/aws-load-balancer-controller@225f44568';

/** An ALB or NLB whose targets are the nodes: kube-proxy passes the request on to a pod. */
export const awsLoadBalancerInstance: TrafficSourceFacts = {
  id: 'aws-load-balancer-instance',
  title: 'AWS load balancer (target type instance)',
  propagationSeconds: read(
    30,
    `${CONTROLLER} docs/guide: with externalTrafficPolicy Local a node fails its health check after 2 x 15 s; with Cluster it takes kube-proxy's 5 s, so this is the cautious end`,
  ),
  follows: read('deletion', 'kubernetes/kubernetes pkg/proxy/endpointschangetracker.go 1.36.2, LocalReadyEndpoints'),
  notes: [
    read(
      'With externalTrafficPolicy Local the node is sent requests until its health check has failed; before 1.28 kube-proxy has nobody to give them to once the last local pod terminates.',
      'kubernetes/enhancements KEP-1669: stable in 1.28; kubernetes/kubernetes pkg/proxy/topology.go 1.36.2',
    ),
    read(
      'The pod readiness gate works with target type ip only: here a rollout has nothing to wait for but the readiness of the pods.',
      `${CONTROLLER} docs/deploy/pod_readiness_gate.md`,
    ),
  ],
};
