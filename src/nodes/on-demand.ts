import { read } from '../fact';
import type { NodeLifecycleFacts } from './node';

const SHUTDOWN_MANAGER = 'kubernetes/kubernetes pkg/kubelet/nodeshutdown/nodeshutdown_manager.go 1.36.2';

/** A node that goes away only when somebody drains it. */
export const onDemand: NodeLifecycleFacts = {
  id: 'on-demand',
  title: 'On-demand node',
  notes: [
    read(
      'kubectl drain gives each pod its own grace period and waits for it without limit.',
      'kubernetes/kubectl pkg/drain and pkg/cmd/drain/drain.go@dee3483a3',
    ),
    read(
      'A shutdown of the machine gives a pod at most shutdownGracePeriod minus shutdownGracePeriodCriticalPods of the kubelet, and nothing where that is not set.',
      SHUTDOWN_MANAGER,
    ),
    read(
      'An eviction by the kubelet under hard node pressure gives a pod 1 s.',
      'kubernetes/kubernetes pkg/kubelet/eviction/eviction_manager.go 1.36.2',
    ),
    read(
      'Managed upgrades limit the drain of a node: 15 min in EKS managed node groups, 30 min by default in AKS, 1 h in GKE.',
      'AWS EKS user guide, Managed node update behavior; MicrosoftDocs/azure-aks-docs upgrade-aks-node-pools-rolling.md@fb060abe6; docs.cloud.google.com/kubernetes-engine, Extended duration pods',
    ),
  ],
};
