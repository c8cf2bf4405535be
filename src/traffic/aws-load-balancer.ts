import { read } from '../fact';
import type { TrafficSourceFacts } from './traffic';

const CONTROLLER = 'kubernetes-sigs/aws-load-balancer-controller@225f44568';

/** An ALB or NLB of the AWS Load Balancer Controller with the pods' addresses as its targets. */
export const awsLoadBalancer: TrafficSourceFacts = {
  id: 'aws-load-balancer',
  title: 'AWS load balancer (target type ip)',
  propagationSeconds: read(
    60,
    'kubernetes-sigs/aws-load-balancer-controller#1719, #1064 and #2366; alphagov/govuk-helm-charts#2202: 25 s to 60 s were needed; AWS promises no number, so this is the cautious end',
  ),
  follows: read('deletion', `${CONTROLLER} pkg/backend/endpoint_resolver.go`),
  notes: [
    read(
      'The load balancer goes on sending new requests for a while after the target is deregistered; its deregistration delay (300 s by default) is for requests in flight.',
      'kubernetes-sigs/aws-load-balancer-controller#1719; AWS EKS best practices, Load Balancing',
    ),
    read(
      'In a rollout old pods can go before the new targets are healthy, unless the namespace has the label elbv2.k8s.aws/pod-readiness-gate-inject=enabled.',
      `${CONTROLLER} docs/deploy/pod_readiness_gate.md`,
    ),
  ],
};
