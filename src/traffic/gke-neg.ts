import { read, unverified } from '../fact';
import type { TrafficSourceFacts } from './traffic';

const INGRESS_GCE = 'kubernetes/ingress-gce@acbcf5d66';
const KNOWLEDGE_BASE = 'cloud.google.com/knowledge/kb/502-503-errors-on-external-http-s-load-balancer-000006416';

/** A load balancer of Google Cloud with the pods as endpoints of a network endpoint group. */
export const gkeNeg: TrafficSourceFacts = {
  id: 'gke-neg',
  title: 'GKE load balancer (NEG)',
  propagationSeconds: read(
    60,
    `${KNOWLEDGE_BASE}: sleep 40 in its example, and 15 s beside the clean-up in another; 40 s to 60 s are used, so this is the cautious end`,
  ),
  follows: read('deletion', `${INGRESS_GCE} pkg/neg/types/types.go: terminating endpoints are dropped at once`),
  notes: [
    read(
      'Detaching an endpoint is tried again after 5 s to 600 s where the API of Google Cloud fails.',
      `${INGRESS_GCE} pkg/neg/syncers`,
    ),
    unverified(
      'Connection draining is off unless a BackendConfig or a GCPBackendPolicy turns it on; L4 load balancers have 30 s.',
      `${INGRESS_GCE} pkg/backends/features/draining.go and pkg/l4/backends/backends.go: it is left unset; nobody tried`,
    ),
    read(
      'The readiness gate of NEGs lets a rollout wait until the load balancer has seen the new pod, for 10 min at most.',
      `${INGRESS_GCE} pkg/neg/readiness`,
    ),
  ],
};
