import { nodeLifecycle } from '../nodes';
import { trafficSource } from '../traffic';
import type { Workload } from './fleet';
import type { NodeLifecycleIntent, TrafficSourceIntent } from './intent';
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

export interface Traffic {
  readonly sources: readonly TrafficView[];
  /** Absent: nothing sends requests to the pod. */
  readonly slowest?: TrafficView;
  readonly propagationSeconds: number;
  readonly stated: boolean;
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
 * The traffic sources that were stated; otherwise, where a Service selects the pod, those of the
 * whole run or kube-proxy, and what the manifests show. Where no Service selects it, nothing is known to send requests.
 */
export function trafficOf(workload: Workload): Traffic {
  const stated = workload.intent.trafficSources;
  if (stated) return summarizeTraffic(stated, true);
  if (workload.services.length === 0) return NONE;
  const given = workload.defaults.trafficSources;
  if (given) return summarizeTraffic([...given, ...inferred(workload, given)], true);
  const shown = inferredTraffic(workload);
  return shown === KUBE_PROXY ? BY_SERVICE : summarizeTraffic(shown, false);
}

/** What the manifests show beyond what is stated for the whole run. */
function inferred(workload: Workload, given: readonly TrafficSourceIntent[]): readonly InferredTraffic[] {
  return inferredTraffic(workload).filter(
    ({ id, knownBy }) => knownBy !== undefined && !given.some((source) => source.id === id),
  );
}

export function summarizeTraffic(intents: readonly InferredTraffic[], stated: boolean): Traffic {
  const sources = intents.map(trafficView);
  const slowest = sources.reduce<TrafficView | undefined>(
    (slow, source) => (slow && slow.propagationSeconds >= source.propagationSeconds ? slow : source),
    undefined,
  );
  return { sources, slowest, propagationSeconds: slowest?.propagationSeconds ?? 0, stated };
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
