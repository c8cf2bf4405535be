import { trafficSource } from '../traffic';
import type { Workload } from './fleet';
import type { Pod } from './pod';

/** The service mesh that puts its proxy into each pod, as the traffic source that it is. */
export interface Mesh {
  readonly id: string;
  /** What in the manifests says so. */
  readonly knownBy: string;
  /**
   * Nothing says whether its proxy is a native sidecar, so the version of the mesh decides: what it is in an older one, whose proxy is
   * an ordinary container.
   */
  readonly olderId?: string;
}

/**
 * By the annotations and labels of the pods, and of their namespace where it was read.
 *
 * @see istio/istio manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml 1.26: the namespace before the pods,
 * istio-injection before istio.io/rev
 * @see https://linkerd.io/2/features/proxy-injection/
 */
export function meshOf({ pod, namespace }: Workload): Mesh | undefined {
  const { labels, annotations } = pod;
  const linkerd = annotations['linkerd.io/inject'] ?? namespace?.annotations['linkerd.io/inject'];
  if (linkerd === 'enabled' || linkerd === 'ingress') return linkerdOf(pod, `linkerd.io/inject: ${linkerd}`);
  const asked = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'];
  if (asked === 'false') return undefined;
  const ofNamespace = namespace?.labels['istio-injection'];
  if (ofNamespace === 'disabled') return undefined;
  if (asked === 'true') return istioOf(pod, 'sidecar.istio.io/inject: "true" on the pods');
  if (namespace && ofNamespace === 'enabled') {
    return istioOf(pod, `istio-injection: enabled on namespace ${namespace.ref.name}`);
  }
  const revision = namespace?.labels['istio.io/rev'];
  if (namespace && revision) return istioOf(pod, `istio.io/rev: ${revision} on namespace ${namespace.ref.name}`);
  return undefined;
}

function istioOf(pod: Pod, knownBy: string): Mesh {
  return meshWith('istio', 'istio-injected', pod, knownBy);
}

function linkerdOf(pod: Pod, knownBy: string): Mesh {
  return meshWith('linkerd', 'linkerd-injected', pod, knownBy);
}

function meshWith(nativeId: string, injectedId: string, pod: Pod, knownBy: string): Mesh {
  const native = isNative(injectedId, pod);
  if (native === undefined) return { id: nativeId, olderId: injectedId, knownBy };
  return { id: native ? nativeId : injectedId, knownBy };
}

/** As the manifest holds the proxy already, or as an annotation of the pods asks for it. */
function isNative(injectedId: string, pod: Pod): boolean | undefined {
  const proxy = trafficSource(injectedId)?.proxy;
  const there = pod.all.find(({ name }) => name === proxy?.container);
  if (there) return there.sidecar;
  const asked = proxy?.nativeBy?.value.annotations.map((annotation) => pod.annotationFor(annotation));
  const first = asked?.find((value) => value === 'true' || value === 'false');
  return first === undefined ? undefined : first === 'true';
}
