import { read } from '../fact';
import type { TrafficSourceFacts } from './traffic';

const MESH = 'istio/istio pkg/config/mesh/mesh.go@86c9f01f: terminationDrainDuration 5 s';
const PILOT = 'istio/istio pilot/pkg/features@86c9f01f: debounce 100 ms to 10 s';
const INJECTION = 'istio/istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml@86c9f01f';
const AGENT = 'istio/istio pkg/envoy/agent.go@86c9f01f';

const shared: Pick<TrafficSourceFacts, 'propagationSeconds' | 'follows'> = {
  propagationSeconds: read(
    15,
    `${PILOT}; the EndpointSlice comes before it, 5 s at most: 5 s to 15 s, and this is the cautious end`,
  ),
  follows: read('deletion', 'istio/istio pilot/pkg/serviceregistry/kube/controller/endpointslice.go@86c9f01f'),
};

/** Istio with its proxy as a native sidecar, the default from Istio 1.27 on. */
export const istio: TrafficSourceFacts = {
  id: 'istio',
  title: 'Istio',
  ...shared,
  proxy: {
    container: 'istio-proxy',
    native: true,
    drainSeconds: read(
      5,
      `${MESH}; ${AGENT}: it waits this long after SIGTERM, which comes when the application is gone`,
    ),
  },
  notes: [
    read(
      'The preStop hook of the proxy starts its drain at the deletion: responses say Connection: close from then on, and requests are still served.',
      INJECTION,
    ),
    read(
      'A proxy that this hook has drained exits at once on SIGTERM, whatever its terminationDrainDuration; the 5 s count where the hook was replaced.',
      'istio/istio pkg/envoy/agent.go, DrainNow and terminate: skipDrain',
    ),
  ],
};

/** Istio with its proxy as a container beside the application, as before 1.27. */
export const istioInjected: TrafficSourceFacts = {
  id: 'istio-injected',
  title: 'Istio (proxy as an ordinary container)',
  ...shared,
  proxy: {
    container: 'istio-proxy',
    native: false,
    drainSeconds: read(5, `${MESH}: the proxy gets SIGTERM with the application and is gone after this time`),
    staysBy: read({ annotation: 'proxy.istio.io/config', key: 'terminationDrainDuration', counts: 'drain' }, MESH),
    waitsBy: read(
      { annotation: 'proxy.istio.io/config', key: 'EXIT_ON_ZERO_ACTIVE_CONNECTIONS' },
      `${AGENT}: it waits for its connections instead of a fixed time; off by default`,
    ),
    nativeBy: read(
      { annotations: ['sidecar.istio.io/nativeSidecar'], byDefaultFrom: '1.27' },
      `${INJECTION}: off by default in 1.26`,
    ),
  },
  notes: [
    read(
      'The proxy cuts every request that is longer than its drain, in both directions, whatever the application does.',
      `${AGENT}; ${MESH}`,
    ),
    read('holdApplicationUntilProxyStarts replaces the preStop hook of a native sidecar.', INJECTION),
  ],
};
