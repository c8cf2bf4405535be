import { read } from '../fact';
import type { NodeLifecycleFacts } from './node';

const DISRUPTION = 'aws/karpenter-provider-aws@1d927085d website/content/en/preview/concepts/disruption.md';
const TERMINATOR = 'kubernetes-sigs/karpenter@22664681 pkg/controllers/node/termination/terminator';

/** Without a limit unless the NodePool sets terminationGracePeriod, which the user states. */
export const karpenter: NodeLifecycleFacts = {
  id: 'karpenter',
  title: 'Karpenter',
  notes: [
    read(
      'With terminationGracePeriod on the NodePool a pod is deleted so early that its grace period ends with the node, and a longer one is cut to what is left, whatever pod disruption budgets say.',
      `${TERMINATOR}; ${DISRUPTION}`,
    ),
    read(
      'On a Spot interruption Karpenter drains the node but does not cut grace periods to the two minutes that are left: state the Spot lifecycle too.',
      'kubernetes-sigs/karpenter#2350',
    ),
  ],
};
