import { read } from '../fact';
import type { NodeLifecycleFacts } from './node';

const PATCHING = 'docs.aws.amazon.com/eks/latest/userguide/fargate-pod-patching.html';

/** A pod of its own micro VM, which goes away only when AWS patches it. */
export const eksFargate: NodeLifecycleFacts = {
  id: 'eks-fargate',
  title: 'EKS Fargate',
  notes: [
    read(
      'To patch, AWS evicts the pod: budgets and the grace period count as in any eviction. A pod that cannot be evicted until the day that AWS has announced is deleted.',
      PATCHING,
      '2026-11',
    ),
    read(
      'There is no Spot capacity and no accelerator on EKS Fargate.',
      'docs.aws.amazon.com/eks/latest/userguide/fargate.html',
    ),
  ],
};
