import { only, type RuleCases, withCompanions } from './case';
import { companions, deployment, merged, silent } from './manifests';

const pods = (metadata: object, workload = deployment()) => merged(workload, { spec: { template: { metadata } } });
const ISTIO = { 'sidecar.istio.io/inject': 'true' };
const LINKERD = { 'linkerd.io/inject': 'enabled' };
const namespace = (metadata: object) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', ...metadata },
});

export const cases: RuleCases = {
  rule: 'mesh-proxy-ends-first',
  violation: [
    withCompanions(
      'Istio by its default',
      pods({ labels: ISTIO }),
      'the proxy of Istio ends 5 s after the deletion unless it is a native sidecar, the server drains until 40 s',
      'preStop 10 s + longest request 30 s; proxy 5 s',
      'terminationDrainDuration: 40s',
    ),
    withCompanions(
      'Istio with too little',
      pods({ annotations: { ...ISTIO, 'proxy.istio.io/config': '{"terminationDrainDuration": "20s"}' } }),
      'ends 20 s after the deletion',
    ),
    only(
      'Istio by the namespace',
      [deployment(), namespace({ labels: { 'istio-injection': 'enabled' } }), ...companions()],
      'the proxy of Istio',
    ),
    withCompanions(
      'Linkerd',
      pods({ annotations: LINKERD }),
      'the proxy of Linkerd ends 0 s after',
      'proxy-wait-before-exit-seconds to 40',
    ),
    withCompanions('a request of unknown length', silent(pods({ labels: ISTIO })), 'which is not stated'),
  ],
  pass: [
    withCompanions(
      'Istio, native',
      pods({ labels: ISTIO, annotations: { 'sidecar.istio.io/nativeSidecar': 'true' } }),
      'native sidecar',
    ),
    withCompanions(
      'Istio, long enough',
      pods({ labels: ISTIO, annotations: { 'proxy.istio.io/config': 'terminationDrainDuration: 40s' } }),
      'the proxy waits 40 s',
    ),
    withCompanions(
      'Linkerd, native',
      pods({ annotations: { ...LINKERD, 'config.beta.linkerd.io/proxy-enable-native-sidecar': 'true' } }),
      'native sidecar',
    ),
  ],
  notApplicable: [
    withCompanions('no mesh', deployment(), 'no annotation or label'),
    only(
      'not these pods',
      [
        pods({ labels: { 'sidecar.istio.io/inject': 'false' } }),
        namespace({ labels: { 'istio-injection': 'enabled' } }),
      ],
      'no annotation or label',
    ),
  ],
};
