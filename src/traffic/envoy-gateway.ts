import { read, unverified } from '../fact';
import type { TrafficSourceFacts } from './traffic';

const PROXY =
  'envoyproxy/gateway internal/infrastructure/kubernetes/proxy and internal/cmd/envoy/shutdown_manager.go@d32f28294';

export const envoyGateway: TrafficSourceFacts = {
  id: 'envoy-gateway',
  title: 'Envoy Gateway',
  propagationSeconds: unverified(
    10,
    'envoyproxy/gateway@d32f28294: EndpointSlice, controller and xDS follow one another; no number is promised, so the value of ingress-nginx is taken',
  ),
  follows: unverified('deletion', 'envoyproxy/gateway@d32f28294: endpoints that are ready; not read'),
  notes: [
    read('The proxies of the gateway drain by themselves: 60 s, at least 10 s, with a grace period of 360 s.', PROXY),
    read('A kept-alive connection between gateway and pod goes on until one of the two closes it.', PROXY),
  ],
};
