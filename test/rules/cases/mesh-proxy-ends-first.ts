import type { JsonObject } from '../../../src/manifest/json';
import { type Case, only, type RuleCases, withCompanions } from './case';
import { companions, container, deployment, deploymentStating, merged, silent } from './manifests';

const ISTIO = 'proxy.istio.io/config';
const LINKERD = 'config.alpha.linkerd.io/proxy-wait-before-exit-seconds';
const ISTIO_NATIVE = 'sidecar.istio.io/nativeSidecar';
const LINKERD_NATIVE = 'config.beta.linkerd.io/proxy-enable-native-sidecar';
const ASKS_ISTIO = { 'sidecar.istio.io/inject': 'true' };
const ASKS_LINKERD = { 'linkerd.io/inject': 'enabled' };

type Annotations = Readonly<Record<string, string>>;

/** preStop 10 s, longest request 30 s: the last request is done after 40 s. */
const behind = (sources: string, annotations: Annotations = {}, podSpec: object = {}): JsonObject =>
  deploymentStating(
    { 'traffic-sources': sources },
    { spec: { template: { metadata: { annotations }, spec: { terminationGracePeriodSeconds: 60, ...podSpec } } } },
  );

/** The mesh is not stated: labels and annotations of the pods show it. */
const pods = (metadata: object): JsonObject => merged(deployment(), { spec: { template: { metadata } } });
const namespace: JsonObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } },
};
const warning = (found: Case): Case => ({ ...found, severity: 'warning' });

export const cases: RuleCases = {
  rule: 'mesh-proxy-ends-first',
  violation: [
    withCompanions(
      'Istio by its default',
      behind('istio-injected=10s'),
      'istio-proxy ends 5 s after the deletion, the last request after 40 s (35 s short)',
      "annotate the pods with proxy.istio.io/config: 'terminationDrainDuration: 40s' or longer",
    ),
    withCompanions(
      'Istio with a drain that is too short',
      behind('istio-injected=10s', { [ISTIO]: 'holdApplicationUntilProxyStarts: true\nterminationDrainDuration: 30s' }),
      'ends 30 s after the deletion',
      '(10 s short)',
    ),
    withCompanions(
      'Istio with other settings',
      behind('istio-injected=10s', { [ISTIO]: '{"concurrency": 2}' }),
      'ends 5 s after the deletion',
    ),
    withCompanions(
      'Linkerd by its default',
      behind('linkerd-injected=10s'),
      'linkerd-proxy ends 0 s after the deletion, the last request after 40 s (40 s short)',
      `annotate the pods with ${LINKERD}: '40' or longer`,
    ),
    withCompanions(
      'pods that ask Istio for an ordinary container',
      pods({ labels: ASKS_ISTIO, annotations: { [ISTIO_NATIVE]: 'false' } }),
      'ends 5 s after the deletion',
    ),
    withCompanions(
      'pods that ask for it, whatever is stated',
      behind('linkerd=10s', { ...ASKS_LINKERD, [LINKERD_NATIVE]: 'false' }),
      'linkerd-proxy ends 0 s after the deletion',
    ),
    warning(
      withCompanions(
        'Istio of an unknown version',
        pods({ labels: ASKS_ISTIO }),
        'istio-proxy ends 5 s after the deletion, the last request after 40 s (35 s short), unless it is a native sidecar, as it is by default from 1.27 on',
        `or with ${ISTIO_NATIVE}: 'true' for a native sidecar; where the mesh is 1.27 or newer`,
      ),
    ),
    warning(
      withCompanions(
        'Istio of an unknown version with too little',
        pods({ annotations: { ...ASKS_ISTIO, [ISTIO]: '{"terminationDrainDuration": "20s"}' } }),
        'ends 20 s after the deletion',
      ),
    ),
    warning(
      only('Istio by the namespace', [deployment(), namespace, ...companions()], 'istio-proxy ends 5 s after', '1.27'),
    ),
    warning(
      withCompanions(
        'Linkerd of an unknown version',
        pods({ annotations: ASKS_LINKERD }),
        'linkerd-proxy ends 0 s after the deletion',
        'by default from 2.20 on',
        `${LINKERD}: '40'`,
      ),
    ),
    warning(
      only('a mesh beside what is stated', [behind('kube-proxy', ASKS_LINKERD), ...companions()], 'linkerd-proxy ends'),
    ),
    warning(only('pods without a Service', [pods({ labels: ASKS_ISTIO })], 'istio-proxy ends 5 s after')),
  ],
  pass: [
    withCompanions(
      'Istio that stays',
      behind('istio-injected=10s', { [ISTIO]: 'terminationDrainDuration: 40s' }),
      'istio-proxy stays 40 s, the last request is done after 40 s',
    ),
    withCompanions(
      'as JSON',
      behind('istio-injected=10s', { [ISTIO]: '{"terminationDrainDuration": "1m"}' }),
      'istio-proxy stays 60 s',
    ),
    withCompanions(
      'Linkerd that stays',
      behind('linkerd-injected=10s', { [LINKERD]: '45' }),
      'linkerd-proxy stays 45 s',
    ),
    withCompanions(
      'Istio of an unknown version that stays',
      pods({ labels: ASKS_ISTIO, annotations: { [ISTIO]: 'terminationDrainDuration: 40s' } }),
      'istio-proxy stays 40 s',
    ),
    withCompanions(
      'Istio that waits for its connections',
      behind('istio-injected=10s', { [ISTIO]: 'proxyMetadata:\n  EXIT_ON_ZERO_ACTIVE_CONNECTIONS: "true"\n' }),
      'istio-proxy waits until no connection is open',
    ),
    withCompanions('a native sidecar', behind('istio=10s'), 'istio-proxy is a native sidecar'),
    withCompanions(
      'a native sidecar that is stated, of pods that only ask for a proxy',
      behind('linkerd=10s', ASKS_LINKERD),
      'linkerd-proxy is a native sidecar',
    ),
    withCompanions(
      'a native sidecar of Istio, by an annotation',
      pods({ labels: ASKS_ISTIO, annotations: { [ISTIO_NATIVE]: 'true' } }),
      'istio-proxy is a native sidecar',
    ),
    withCompanions(
      'a native sidecar of Linkerd, by an annotation',
      pods({ annotations: { ...ASKS_LINKERD, [LINKERD_NATIVE]: 'true' } }),
      'linkerd-proxy is a native sidecar',
    ),
    withCompanions(
      'a native sidecar that is there already',
      behind('kube-proxy', ASKS_LINKERD, {
        initContainers: [container({ name: 'linkerd-proxy', restartPolicy: 'Always', lifecycle: undefined })],
      }),
      'linkerd-proxy is a native sidecar',
    ),
  ],
  notApplicable: [
    withCompanions('no mesh', deployment(), 'no mesh is known to put its proxy into the pods'),
    only(
      'not these pods',
      [pods({ labels: { 'sidecar.istio.io/inject': 'false' } }), namespace, ...companions()],
      'no mesh is known',
    ),
  ],
  cannotJudge: [
    withCompanions(
      'a longest request that is not known',
      deploymentStating({ 'traffic-sources': 'istio-injected', 'longest-request': undefined }),
      'the longest request is not known, which istio-proxy has to outlive',
    ),
    withCompanions(
      'nor the version of the mesh',
      silent(pods({ labels: ASKS_ISTIO })),
      'the longest request is not known',
    ),
  ],
};
