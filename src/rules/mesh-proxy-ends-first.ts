import { type Mesh, meshOf } from '../manifest/mesh';
import { secondsText } from '../termination/seconds';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const meshProxyEndsFirst: WorkloadRule = {
  id: 'mesh-proxy-ends-first',
  title: 'the proxy of the mesh ends before the server has drained',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'The injected proxy is not in the manifest, but gets SIGTERM with the others and ends on its own clock. Everything of the server goes ' +
    'through it: when it is gone, requests in flight are cut and calls to databases and other services fail, whatever grace is left.',
  remedy:
    'Run the proxy as a native sidecar, which ends after the server, or let it wait as long as the server drains.',
  sources: [
    'istio/istio@86c9f01f pkg/config/mesh/mesh.go (terminationDrainDuration 5 s; native sidecars by default from 1.27)',
    'linkerd/linkerd2@b24cd4059 charts/linkerd-control-plane/values.yaml (native sidecar by default from 2.20)',
    'istio/istio#34855 and #51855',
  ],
  judge({ workload, longestRequestSeconds: longest, preStopSeconds }) {
    const mesh = meshOf(workload);
    if (!mesh) return notApplicable('no annotation or label asks for the proxy of a mesh');
    if (mesh.waits) return pass(`${mesh.title}: ${mesh.waits}`);
    const drain = (preStopSeconds ?? 0) + (longest ?? 0);
    if (longest !== undefined && drain <= mesh.endsAfterSeconds) {
      return pass(
        `the proxy waits ${secondsText(mesh.endsAfterSeconds)}, the server is done after ${secondsText(drain)}`,
      );
    }
    return violation({
      message: `the proxy of ${mesh.title} ends ${secondsText(mesh.endsAfterSeconds)} after the deletion unless it is a native sidecar, the server drains ${longest === undefined ? 'for the longest request, which is not stated' : `until ${secondsText(drain)}`}`,
      arithmetic: `preStop ${secondsText(preStopSeconds ?? 0)} + longest request ${longest === undefined ? '(not stated)' : secondsText(longest)}; proxy ${secondsText(mesh.endsAfterSeconds)}`,
      fix: fixOf(mesh, Math.ceil(drain)),
      field: workload.podField('metadata.annotations'),
    });
  },
};

function fixOf(mesh: Mesh, seconds: number): string {
  const wait = seconds > mesh.endsAfterSeconds ? `${seconds}s` : 'the longest request';
  return mesh.id === 'istio'
    ? `set the annotation sidecar.istio.io/nativeSidecar: "true" on the pods, or proxy.istio.io/config with terminationDrainDuration: ${wait}`
    : `set the annotation config.beta.linkerd.io/proxy-enable-native-sidecar: "true" on the pods, or config.alpha.linkerd.io/proxy-wait-before-exit-seconds to ${wait.replace(/s$/, '')}`;
}
