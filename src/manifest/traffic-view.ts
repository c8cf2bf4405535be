import { nodeLifecycle } from '../nodes';
import { trafficSource } from '../traffic';
import type { Workload } from './fleet';
import type { NodeLifecycleIntent, TrafficSourceIntent } from './intent';

export interface TrafficView {
  readonly id: string;
  readonly title: string;
  readonly propagationSeconds: number;
  /** What tells it that the pod is leaving: its deletion, or its readiness. */
  readonly follows: 'deletion' | 'readiness';
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
}

/**
 * The traffic sources that were stated; otherwise, where a Service selects the pod, those of the
 * whole run or kube-proxy. Where no Service selects it, nothing is known to send requests.
 */
export function trafficOf(workload: Workload): Traffic {
  const stated = workload.intent.trafficSources;
  if (stated) return summarizeTraffic(stated, true);
  if (workload.services.length === 0) return NONE;
  const given = workload.defaults.trafficSources;
  return given ? summarizeTraffic(given, true) : BY_SERVICE;
}

export function summarizeTraffic(intents: readonly TrafficSourceIntent[], stated: boolean): Traffic {
  const sources = intents.map(trafficView);
  const slowest = sources.reduce<TrafficView | undefined>(
    (slow, source) => (slow && slow.propagationSeconds >= source.propagationSeconds ? slow : source),
    undefined,
  );
  return { sources, slowest, propagationSeconds: slowest?.propagationSeconds ?? 0, stated };
}

function trafficView(intent: TrafficSourceIntent): TrafficView {
  const facts = trafficSource(intent.id);
  return {
    id: intent.id,
    title: facts?.title ?? intent.id,
    propagationSeconds: intent.propagationSeconds ?? facts?.propagationSeconds.value ?? 0,
    follows: intent.follows ?? facts?.follows.value ?? 'deletion',
  };
}

export function nodesOf(intents: readonly NodeLifecycleIntent[] | undefined): readonly NodeView[] {
  if (!intents) return ON_DEMAND;
  return intents.map(({ id, noticeSeconds }) => {
    const facts = nodeLifecycle(id);
    return { id, title: facts?.title ?? id, noticeSeconds: noticeSeconds ?? facts?.noticeSeconds?.value };
  });
}

const NONE = summarizeTraffic([], false);
const BY_SERVICE = summarizeTraffic([{ id: 'kube-proxy' }], false);
const ON_DEMAND = nodesOf([{ id: 'on-demand' }]);
