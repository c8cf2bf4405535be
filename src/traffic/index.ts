import { awsLoadBalancer } from './aws-load-balancer';
import { ingressNginx } from './ingress-nginx';
import { kubeProxy } from './kube-proxy';
import type { TrafficSourceFacts } from './traffic';

export * from './traffic';

export const trafficSources: readonly TrafficSourceFacts[] = [kubeProxy, awsLoadBalancer, ingressNginx];

export function trafficSource(id: string): TrafficSourceFacts | undefined {
  return trafficSources.find((facts) => facts.id === id);
}
