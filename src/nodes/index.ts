import { aksSpot } from './aks-spot';
import { awsSpot } from './aws-spot';
import { clusterAutoscaler } from './cluster-autoscaler';
import { eksFargate } from './eks-fargate';
import { eksManagedNodeGroup } from './eks-managed-node-group';
import { gkeSpot } from './gke-spot';
import { karpenter } from './karpenter';
import { kubeletGracefulShutdown } from './kubelet-graceful-shutdown';
import type { NodeLifecycleFacts } from './node';
import { onDemand } from './on-demand';

export * from './node';

export const nodeLifecycles: readonly NodeLifecycleFacts[] = [
  onDemand,
  awsSpot,
  gkeSpot,
  aksSpot,
  clusterAutoscaler,
  karpenter,
  eksManagedNodeGroup,
  eksFargate,
  kubeletGracefulShutdown,
];

export function nodeLifecycle(id: string): NodeLifecycleFacts | undefined {
  return nodeLifecycles.find((facts) => facts.id === id);
}
