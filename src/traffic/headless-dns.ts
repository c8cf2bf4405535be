import { read } from '../fact';
import type { TrafficSourceFacts } from './traffic';

const COREDNS = 'kubernetes/kubernetes cluster/addons/dns/coredns/coredns.yaml.base 1.36.2: ttl 30';

/** Clients that look a headless Service up and connect to the pods themselves. */
export const headlessDns: TrafficSourceFacts = {
  id: 'headless-dns',
  title: 'headless Service (DNS)',
  propagationSeconds: read(
    35,
    `${COREDNS}; an answer given just before the endpoint went, up to 5 s after the deletion, is used for its 30 s`,
  ),
  follows: read('deletion', `${COREDNS}; CoreDNS answers with endpoints that are ready`),
  notes: [
    read(
      'A client with a cache of its own, as gRPC and the JVM have, goes on for as long as that lasts: give it a retry, or state a longer propagation.',
      COREDNS,
    ),
    read(
      'With publishNotReadyAddresses terminating pods stay in the answers until their containers end.',
      'kubernetes/kubernetes staging/src/k8s.io/endpointslice/utils.go 1.36.2, podToEndpoint',
    ),
  ],
};
