import { measured, read } from '../fact';
import type { TrafficSourceFacts } from './traffic';

const ENDPOINTS = 'kubernetes/kubernetes staging/src/k8s.io/endpointslice/utils.go 1.36.2, podToEndpoint';
const DEFAULTS = 'kubernetes/kubernetes pkg/proxy/apis/config/v1alpha1/defaults.go 1.36.2';

/** A Service inside the cluster. */
export const kubeProxy: TrafficSourceFacts = {
  id: 'kube-proxy',
  title: 'kube-proxy',
  propagationSeconds: read(
    5,
    `${DEFAULTS}: minSyncPeriod 1 s; pkg/controller/endpointslice/endpointslice_controller.go: at least 1 s between two updates of a slice; 1 to 3 s in all on a healthy cluster, rounded up for a busy one`,
  ),
  follows: measured(
    'deletion',
    `run: 1.34.4 and 1.36.3, two nodes: ready is false in the EndpointSlice as soon as the pod is deleted; ${ENDPOINTS}`,
  ),
  notes: [
    read(
      'With publishNotReadyAddresses on the Service a terminating pod stays ready and gets new requests until its container ends.',
      ENDPOINTS,
    ),
    read(
      'While no endpoint is ready, terminating ones that still serve get the traffic.',
      'kubernetes/kubernetes pkg/proxy/topology.go 1.36.2, CategorizeEndpoints; KEP-1669, stable in 1.28',
    ),
    read(
      'In a graceful node shutdown and in an eviction by the kubelet the pod has no deletion timestamp: it stays ready until its own readiness probe fails.',
      'kubernetes/kubernetes#116965 and #124648',
    ),
  ],
};
