import type { Workload } from './fleet';
import { textMapAt } from './json';
import type { Labels } from './selector';

/** The proxy that a service mesh puts into each pod. */
export interface Mesh {
  readonly id: 'istio' | 'linkerd';
  readonly title: string;
  /** As an ordinary container it ends so many seconds after the deletion. */
  readonly endsAfterSeconds: number;
  /** Why it does not end before the server. */
  readonly waits?: string;
  /** What in the manifest says so. */
  readonly knownBy: string;
}

/** istio/istio@86c9f01f pkg/config/mesh/mesh.go: terminationDrainDuration. */
const ISTIO_DRAIN_SECONDS = 5;

/** By the annotations and labels of the pods, and of their namespace where it was read. */
export function meshOf(workload: Workload): Mesh | undefined {
  const { labels, template } = workload.pod;
  const annotations = textMapAt(template, 'metadata', 'annotations');
  const namespace = workload.namespace;
  const linkerd = annotations['linkerd.io/inject'] ?? namespace?.annotations['linkerd.io/inject'];
  if (linkerd === 'enabled' || linkerd === 'ingress') return linkerdOf(annotations);
  const asked = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'];
  if (asked === 'false') return undefined;
  if (asked === 'true') return istioOf(annotations, `sidecar.istio.io/inject: "true" on the pods`);
  if (namespace?.labels['istio-injection'] === 'enabled') {
    return istioOf(annotations, `istio-injection: enabled on namespace ${namespace.ref.name}`);
  }
  return undefined;
}

function istioOf(annotations: Labels, knownBy: string): Mesh {
  const config = annotations['proxy.istio.io/config'] ?? '';
  const drain = /terminationDrainDuration["']?\s*:\s*["']?(\d+)(m?)s/.exec(config);
  const given = drain ? Number(drain[1]) / (drain[2] === 'm' ? 1000 : 1) : undefined;
  return {
    id: 'istio',
    title: 'Istio',
    knownBy,
    endsAfterSeconds: given ?? ISTIO_DRAIN_SECONDS,
    waits:
      annotations['sidecar.istio.io/nativeSidecar'] === 'true'
        ? 'its proxy is a native sidecar, which ends after the server'
        : /EXIT_ON_ZERO_ACTIVE_CONNECTIONS["']?\s*:\s*["']?true/.test(config)
          ? 'its proxy waits until no connection is open'
          : undefined,
  };
}

function linkerdOf(annotations: Labels): Mesh {
  const wait = Number(annotations['config.alpha.linkerd.io/proxy-wait-before-exit-seconds'] ?? 0);
  const native =
    annotations['config.beta.linkerd.io/proxy-enable-native-sidecar'] ??
    annotations['config.alpha.linkerd.io/proxy-enable-native-sidecar'];
  return {
    id: 'linkerd',
    title: 'Linkerd',
    knownBy: 'linkerd.io/inject: enabled',
    endsAfterSeconds: Number.isFinite(wait) ? wait : 0,
    waits: native === 'true' ? 'its proxy is a native sidecar, which ends after the server' : undefined,
  };
}
