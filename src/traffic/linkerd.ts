import { read, unverified } from '../fact';
import type { TrafficSourceFacts } from './traffic';

const VALUES = 'linkerd/linkerd2 charts/linkerd-control-plane/values.yaml@b24cd4059';
const GUIDE = 'linkerd/website linkerd.io/content, Graceful Pod Shutdown@93f00175';

const shared: Pick<TrafficSourceFacts, 'propagationSeconds' | 'follows'> = {
  propagationSeconds: read(20, `${GUIDE}: sleep 20 in its example; no number is promised, so this is what is used`),
  follows: unverified('deletion', 'linkerd/linkerd2 controller/api/destination: it watches EndpointSlices; not read'),
} as const;

/** Linkerd with its proxy as a native sidecar, the default from Linkerd 2.20 on. */
export const linkerd: TrafficSourceFacts = {
  id: 'linkerd',
  title: 'Linkerd',
  ...shared,
  proxy: {
    container: 'linkerd-proxy',
    native: true,
    drainSeconds: unverified(
      5,
      `${VALUES}: shutdown-grace-period bounds it at 120 s, but it ends with its connections, and the application is gone by then; nobody measured it`,
    ),
  },
  notes: [],
};

/** Linkerd with its proxy as a container beside the application, as before 2.20. */
export const linkerdInjected: TrafficSourceFacts = {
  id: 'linkerd-injected',
  title: 'Linkerd (proxy as an ordinary container)',
  ...shared,
  proxy: {
    container: 'linkerd-proxy',
    native: false,
    drainSeconds: read(0, `${GUIDE}: the proxy gets SIGTERM with the application and takes no new connection then`),
    staysBy: read(
      { annotation: 'config.alpha.linkerd.io/proxy-wait-before-exit-seconds', counts: 'pre-stop' },
      `${GUIDE}; ${VALUES}: ignored where the proxy is a native sidecar`,
    ),
    nativeBy: read(
      {
        annotations: [
          'config.beta.linkerd.io/proxy-enable-native-sidecar',
          'config.alpha.linkerd.io/proxy-enable-native-sidecar',
        ],
        byDefaultFrom: '2.20',
      },
      VALUES,
    ),
  },
  notes: [
    read('The wait of the proxy must be longer than the preStop of the application.', GUIDE),
    read('The wait runs sleep in the image of the proxy, which one release did not have.', 'linkerd/linkerd2#6723'),
  ],
};
