import { read, unverified } from '../fact';
import type { TrafficSourceFacts } from './traffic';

/** A Service as Cilium implements it in place of kube-proxy. */
export const cilium: TrafficSourceFacts = {
  id: 'cilium',
  title: 'Cilium',
  propagationSeconds: unverified(
    5,
    'cilium/cilium: the agent follows EndpointSlices within a second or so; nobody measured it, so the value of kube-proxy is taken',
  ),
  follows: read(
    'deletion',
    'cilium/cilium#17716: terminating backends get no new connections, on by default since 2021',
  ),
  notes: [read('Connections that exist go on to a terminating backend.', 'cilium/cilium#17716')],
};
