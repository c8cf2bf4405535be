import type { Fact } from '../fact';

/** How a node goes away, and how much time that leaves a pod. */
export interface NodeLifecycleFacts {
  /** As in the intent annotation, for example `aws-spot`. */
  readonly id: string;
  readonly title: string;

  /** What a pod is given at most, whatever its grace period says; absent: no limit of its own. */
  readonly noticeSeconds?: Fact<number>;

  /** What a reader of the docs should know and no rule can judge. */
  readonly notes: readonly Fact<string>[];
}
