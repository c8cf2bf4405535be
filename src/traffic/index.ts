import { awsLoadBalancer } from './aws-load-balancer';
import { awsLoadBalancerInstance } from './aws-load-balancer-instance';
import { cilium } from './cilium';
import { envoyGateway } from './envoy-gateway';
import { gkeNeg } from './gke-neg';
import { headlessDns } from './headless-dns';
import { inferenceExtension } from './inference-extension';
import { ingressNginx } from './ingress-nginx';
import { istio, istioInjected } from './istio';
import { kubeProxy } from './kube-proxy';
import { linkerd, linkerdInjected } from './linkerd';
import type { TrafficSourceFacts } from './traffic';

export * from './traffic';

export const trafficSources: readonly TrafficSourceFacts[] = [
  kubeProxy,
  cilium,
  headlessDns,
  ingressNginx,
  envoyGateway,
  inferenceExtension,
  awsLoadBalancer,
  awsLoadBalancerInstance,
  gkeNeg,
  istio,
  istioInjected,
  linkerd,
  linkerdInjected,
];

export function trafficSource(id: string): TrafficSourceFacts | undefined {
  return trafficSources.find((facts) => facts.id === id);
}
