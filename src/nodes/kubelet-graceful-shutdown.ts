import { read } from '../fact';
import type { NodeLifecycleFacts } from './node';

const MANAGER = 'kubernetes/kubernetes pkg/kubelet/nodeshutdown/nodeshutdown_manager.go 1.36.2';

/** The shutdown of the machine, as the kubelet lets pods see it. */
export const kubeletGracefulShutdown: NodeLifecycleFacts = {
  id: 'kubelet-graceful-shutdown',
  title: 'kubelet graceful shutdown',
  noticeSeconds: read(
    0,
    `${MANAGER}: off unless shutdownGracePeriod is set; a regular pod gets that less shutdownGracePeriodCriticalPods, which must be stated`,
  ),
  notes: [
    read(
      'The critical share is kept for critical pods even where there are none; with both values equal a regular pod gets nothing but 1 s.',
      `${MANAGER}; aws/karpenter-provider-aws website nodeclasses.md@1d927085d sets both to 30 s in an example`,
    ),
    read('Groups of priorities follow one another, and none can be longer than its own share.', MANAGER),
    read(
      'The pod has no deletion timestamp: it stays ready, and gets requests, until its own readiness probe fails.',
      'kubernetes/kubernetes#116965 and #124648',
    ),
    read(
      'EKS AL2023 nodes from 1.34 on have 150 s, of which 30 s are for critical pods.',
      'awslabs/amazon-eks-ami nodeadm/internal/kubelet/config.go@81fec2e8',
    ),
  ],
};
