import { aksSpot } from './aks-spot';
import { awsSpot } from './aws-spot';
import { clusterAutoscaler } from './cluster-autoscaler';
import { gkeSpot } from './gke-spot';
import { karpenter } from './karpenter';
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
];

export function nodeLifecycle(id: string): NodeLifecycleFacts | undefined {
  return nodeLifecycles.find((facts) => facts.id === id);
}
