import { read } from '../fact';
import type { TrafficSourceFacts } from './traffic';

const ISTIO = 'istio/istio@86c9f01f';

/** Proxies of Istio in the pods of the clients. */
export const istio: TrafficSourceFacts = {
  id: 'istio',
  title: 'Istio',
  propagationSeconds: read(
    10,
    `${ISTIO} pilot/pkg/features (PILOT_DEBOUNCE_AFTER 100 ms, PILOT_DEBOUNCE_MAX 10 s): new endpoints are pushed to the proxies 10 s later at most`,
  ),
  follows: read('deletion', `${ISTIO} pilot/pkg/serviceregistry/kube/controller/endpointslice.go`),
  notes: [
    read(
      'The proxy in the pod itself ends 5 s after SIGTERM (terminationDrainDuration) unless it is a native sidecar, the default from 1.27 on.',
      `${ISTIO} pkg/config/mesh/mesh.go`,
    ),
  ],
};
