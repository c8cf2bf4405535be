import { awsLoadBalancer } from './aws-load-balancer';
import { gkeNeg } from './gke-neg';
import { ingressNginx } from './ingress-nginx';
import { istio } from './istio';
import { kubeProxy } from './kube-proxy';
import type { TrafficSourceFacts } from './traffic';

export * from './traffic';

export const trafficSources: readonly TrafficSourceFacts[] = [kubeProxy, awsLoadBalancer, gkeNeg, ingressNginx, istio];

export function trafficSource(id: string): TrafficSourceFacts | undefined {
  return trafficSources.find((facts) => facts.id === id);
}
