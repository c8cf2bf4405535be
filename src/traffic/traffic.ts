import type { Fact } from '../fact';

/** What sends requests to a pod, and how long it goes on after the pod is deleted. */
export interface TrafficSourceFacts {
  /** As in the intent annotation, for example `kube-proxy`. */
  readonly id: string;
  readonly title: string;

  /** From the event it follows until it sends nothing new to the pod. */
  readonly propagationSeconds: Fact<number>;

  /** What it learns from: the pod's deletion, or its readiness turning false. */
  readonly follows: Fact<'deletion' | 'readiness'>;

  /** What a reader of the docs should know and no rule can judge. */
  readonly notes: readonly Fact<string>[];
}
