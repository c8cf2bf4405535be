import { nodeLifecycle } from '../nodes';
import { type MeshProxy, trafficSource } from '../traffic';
import type { Workload } from './fleet';
import type { NodeLifecycleIntent, TrafficSourceIntent } from './intent';
import { type Mesh, meshOf } from './mesh';
import { type InferredNode, inferredNodes } from './node-inference';
import { type InferredTraffic, inferredTraffic, KUBE_PROXY } from './traffic-inference';

export interface TrafficView {
  readonly id: string;
  readonly title: string;
  readonly propagationSeconds: number;
  /** What tells it that the pod is leaving: its deletion, or its readiness. */
  readonly follows: 'deletion' | 'readiness';
  /** What in the manifests shows it, where nobody stated it. */
  readonly knownBy?: string;
}

/** The proxy that a mesh puts into the pod. */
export interface ProxyView {
  /** Of the mesh. */
  readonly title: string;
  readonly proxy: MeshProxy;
  /** Nothing says whether it is a native sidecar: this is what it is in versions of the mesh where it is none by default. */
  readonly byVersion: boolean;
}

export interface Traffic {
  readonly sources: readonly TrafficView[];
  /** Absent: nothing sends requests to the pod. */
  readonly slowest?: TrafficView;
  readonly propagationSeconds: number;
  readonly stated: boolean;
  /** Also where nothing sends requests to the pod: its own calls go through them. */
  readonly proxies: readonly ProxyView[];
}

export interface NodeView {
  readonly id: string;
  readonly title: string;
  /** Absent: the lifecycle sets no limit of its own. */
  readonly noticeSeconds?: number;
  /** What in the manifests shows it, where nobody stated it. */
  readonly knownBy?: string;
  /** The pods may be placed there, and need not be. */
  readonly possible?: boolean;
}

/**
 * The traffic sources that were stated; otherwise, where a Service selects the pod, those of the whole run or kube-proxy, and what the
 * manifests show. Where neither a Service nor an InferencePool selects it, nothing is known to send requests.
 */
export function trafficOf(workload: Workload): Traffic {
  const mesh = meshOf(workload);
  const stated = workload.intent.trafficSources;
  if (stated) return summarizeTraffic(stated, true, mesh);
  const { services, inferencePools } = workload;
  if (services.length === 0 && inferencePools.length === 0) {
    return mesh ? summarizeTraffic([], false, mesh) : NONE;
  }
  const shown = inferredTraffic(workload, mesh);
  const given = workload.defaults.trafficSources;
  if (given && services.length > 0) return summarizeTraffic([...given, ...beyond(given, shown)], true, mesh);
  return shown === KUBE_PROXY ? BY_SERVICE : summarizeTraffic(shown, false, mesh);
}

/** What the manifests show beyond what is stated for the whole run. */
function beyond(given: readonly TrafficSourceIntent[], shown: readonly InferredTraffic[]): readonly InferredTraffic[] {
  return shown.filter(
    ({ id, knownBy }) => knownBy !== undefined && !given.some((source) => source.id === id || sameMesh(source.id, id)),
  );
}

function sameMesh(one: string, other: string): boolean {
  const container = trafficSource(one)?.proxy?.container;
  return container !== undefined && container === trafficSource(other)?.proxy?.container;
}

/** @param mesh what the manifests show of it */
export function summarizeTraffic(intents: readonly InferredTraffic[], stated: boolean, mesh?: Mesh): Traffic {
  const sources = intents.map(trafficView);
  const slowest = sources.reduce<TrafficView | undefined>(
    (slow, source) => (slow && slow.propagationSeconds >= source.propagationSeconds ? slow : source),
    undefined,
  );
  const propagationSeconds = slowest?.propagationSeconds ?? 0;
  return { sources, slowest, propagationSeconds, stated, proxies: proxiesOf(intents, mesh) };
}

/** What the pods ask of the injector counts; then what is stated; then what older versions of the mesh do. */
function proxiesOf(intents: readonly InferredTraffic[], mesh: Mesh | undefined): readonly ProxyView[] {
  const stated = intents.filter(({ knownBy }) => knownBy === undefined).map(({ id }) => id);
  if (!mesh) return stated.flatMap((id) => proxyViews(id));
  const others = stated.filter((id) => !sameMesh(id, mesh.id));
  if (!mesh.olderId) return [...others, mesh.id].flatMap((id) => proxyViews(id));
  if (others.length < stated.length) return stated.flatMap((id) => proxyViews(id));
  return [...stated.flatMap((id) => proxyViews(id)), ...proxyViews(mesh.olderId, true)];
}

function proxyViews(id: string, byVersion = false): readonly ProxyView[] {
  const facts = trafficSource(id);
  return facts?.proxy ? [{ title: facts.title, proxy: facts.proxy, byVersion }] : [];
}

function trafficView(intent: InferredTraffic): TrafficView {
  const facts = trafficSource(intent.id);
  return {
    id: intent.id,
    title: facts?.title ?? intent.id,
    propagationSeconds: intent.propagationSeconds ?? facts?.propagationSeconds.value ?? 0,
    follows: intent.follows ?? facts?.follows.value ?? 'deletion',
    knownBy: intent.knownBy,
  };
}

/** The node lifecycles that were stated; otherwise those that the manifests show, and on-demand where they show none. */
export function nodesOf(workload: Workload): readonly NodeView[] {
  const given = workload.intent.nodeLifecycles;
  if (given && given !== workload.defaults.nodeLifecycles) return given.map(nodeView);
  const shown = inferredNodes(workload);
  if (shown.length === 0) return given ? given.map(nodeView) : ON_DEMAND;
  return [...(given ?? []), ...shown.filter(({ id }) => !given?.some((node) => node.id === id))].map(nodeView);
}

function nodeView(intent: NodeLifecycleIntent & Partial<InferredNode>): NodeView {
  const { id, noticeSeconds, knownBy, possible } = intent;
  const facts = nodeLifecycle(id);
  return {
    id,
    title: facts?.title ?? id,
    noticeSeconds: noticeSeconds ?? facts?.noticeSeconds?.value,
    knownBy,
    possible,
  };
}

const NONE = summarizeTraffic([], false);
const BY_SERVICE = summarizeTraffic(KUBE_PROXY, false);
const ON_DEMAND: readonly NodeView[] = [nodeView({ id: 'on-demand' })];
