import type { Workload } from './fleet';
import { parseGoSeconds } from './go-duration';
import type { NodeLifecycleIntent } from './intent';
import { objectAt, objectsAt, textAt, textsAt } from './json';

/** A node lifecycle that the manifests show, and what shows it. */
export interface InferredNode extends NodeLifecycleIntent {
  readonly knownBy: string;
  /** The pods may be placed there, and need not be. */
  readonly possible?: boolean;
}

/**
 * Labels that only nodes of one lifecycle have, and the taints of the same name.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 * @see https://karpenter.sh/docs/concepts/scheduling/ (karpenter.sh/capacity-type)
 * @see https://learn.microsoft.com/azure/aks/spot-node-pool
 */
const SPOT: Readonly<Record<string, { readonly value: string; readonly id: string }>> = {
  'cloud.google.com/gke-spot': { value: 'true', id: 'gke-spot' },
  'cloud.google.com/gke-preemptible': { value: 'true', id: 'gke-spot' },
  'eks.amazonaws.com/capacityType': { value: 'SPOT', id: 'aws-spot' },
  'karpenter.sh/capacity-type': { value: 'spot', id: 'aws-spot' },
  'kubernetes.azure.com/scalesetpriority': { value: 'spot', id: 'aks-spot' },
};

/** What nodeSelector, required node affinity, tolerations and a NodePool that they name say of the nodes. */
export function inferredNodes(workload: Workload): readonly InferredNode[] {
  const spec = objectAt(workload.pod.template, 'spec');
  if (!spec || !(spec.nodeSelector || spec.affinity || spec.tolerations)) return NOTHING;
  const found: InferredNode[] = [];
  const add = (node: InferredNode) => {
    if (!found.some(({ id }) => id === node.id)) found.push(node);
  };
  for (const [key, value] of requiredLabels(spec)) {
    const spot = SPOT[key];
    if (spot && spot.value === value) add({ id: idOf(key, spot.id, spec), knownBy: `${key}: ${value} is required` });
  }
  for (const toleration of objectsAt(spec, 'tolerations')) {
    const key = textAt(toleration, 'key') ?? '';
    const spot = SPOT[key];
    if (!spot || (textAt(toleration, 'value') ?? spot.value) !== spot.value) continue;
    add({ id: idOf(key, spot.id, spec), knownBy: `${key} is tolerated`, possible: true });
  }
  const { nodePool } = workload;
  const notice =
    nodePool?.terminationGracePeriod === undefined ? undefined : parseGoSeconds(nodePool.terminationGracePeriod);
  if (nodePool && notice !== undefined) {
    add({ id: 'karpenter', noticeSeconds: notice, knownBy: `terminationGracePeriod of NodePool ${nodePool.ref.name}` });
  }
  return found;
}

const NOTHING: readonly InferredNode[] = [];
const AZURE = /(^|\.)azure\.com\//;

/** Karpenter runs on Azure too, where pods that ask for its nodes use labels of Azure beside it. */
function idOf(key: string, id: string, spec: object): string {
  if (key !== 'karpenter.sh/capacity-type') return id;
  for (const [other] of requiredLabels(spec)) if (AZURE.test(other)) return 'aks-spot';
  return id;
}

/** Labels that a node must have, with the one value that is allowed. */
function* requiredLabels(spec: object): Generator<readonly [string, string]> {
  const selector = objectAt(spec, 'nodeSelector');
  for (const key in selector) {
    const value = selector[key];
    if (typeof value === 'string') yield [key, value];
    else if (typeof value === 'boolean') yield [key, String(value)];
  }
  const required = objectAt(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  const terms = objectsAt(required, 'nodeSelectorTerms');
  // One of several terms is enough, so each alone requires nothing.
  if (terms.length !== 1) return;
  for (const expression of objectsAt(terms[0], 'matchExpressions')) {
    const values = textsAt(expression, 'values') ?? [];
    if (textAt(expression, 'operator') === 'In' && values.length === 1) {
      yield [textAt(expression, 'key') ?? '', values[0] as string];
    }
  }
}

/** The NodePool of Karpenter that the pods ask for by name. */
export function nodePoolName(workload: Workload): string | undefined {
  const spec = objectAt(workload.pod.template, 'spec');
  if (!spec || !(spec.nodeSelector || spec.affinity)) return undefined;
  for (const [key, value] of requiredLabels(spec)) if (key === 'karpenter.sh/nodepool') return value;
  return undefined;
}
