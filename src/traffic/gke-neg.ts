import { read } from '../fact';
import type { TrafficSourceFacts } from './traffic';

const CONTROLLER = 'kubernetes/ingress-gce@acbcf5d66';
const KNOWLEDGE_BASE = 'cloud.google.com/knowledge/kb, 502 and 503 responses while backends terminate';

/** A load balancer of Google Cloud with the pods' addresses in network endpoint groups (container-native). */
export const gkeNeg: TrafficSourceFacts = {
  id: 'gke-neg',
  title: 'GKE load balancer (network endpoint groups)',
  propagationSeconds: read(40, `${KNOWLEDGE_BASE}: a preStop of sleep 40`),
  follows: read('deletion', `${CONTROLLER} pkg/neg/types/types.go: terminating endpoints are dropped at once`),
  notes: [
    read(
      'GKE puts a readiness gate into the pods, so a rollout waits until the load balancer knows them; it gives up after 10 min.',
      `${CONTROLLER} pkg/neg/readiness`,
    ),
    read(
      'Connection draining is 0 unless BackendConfig or GCPBackendPolicy sets it.',
      `${CONTROLLER} pkg/backends/features/draining.go`,
    ),
  ],
};
