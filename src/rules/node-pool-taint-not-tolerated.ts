import { type JsonObject, objectsAt, textAt } from '../manifest/json';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const nodePoolTaintNotTolerated: WorkloadRule = {
  id: 'node-pool-taint-not-tolerated',
  title: 'the pods ask for nodes of a NodePool whose taint they do not tolerate',
  severity: 'error',
  judges: 'workload',
  hazard:
    'No node of that pool ever takes the pods: each new one stays Pending, a rollout hangs until its progress deadline, and a pod that is ' +
    'drained from a node without the taint is not replaced.',
  remedy: 'Tolerate the taint of the pool, as pods with accelerators do with nvidia.com/gpu.',
  sources: [
    'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespectaints',
    'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
  ],
  judge({ workload }) {
    const { nodePool, pod } = workload;
    if (!nodePool)
      return notApplicable('the pods ask for no NodePool that was read; the taints of other nodes are in no manifest');
    const tolerations = objectsAt(pod.template, 'spec', 'tolerations');
    const taints = objectsAt(nodePool.spec, 'template', 'spec', 'taints').filter(
      (taint) => taint.effect !== 'PreferNoSchedule',
    );
    const open = taints.find((taint) => !tolerations.some((toleration) => tolerates(toleration, taint)));
    if (!open) return pass(`the pods tolerate what NodePool ${nodePool.ref.name} has of taints`);
    const text = `${textAt(open, 'key')}${textAt(open, 'value') ? `=${textAt(open, 'value')}` : ''}:${textAt(open, 'effect')}`;
    return violation({
      message: `the pods ask for NodePool ${nodePool.ref.name}, whose nodes have the taint ${text}, and do not tolerate it: they stay Pending`,
      fix: `add a toleration of key ${textAt(open, 'key')} with operator Exists`,
      field: workload.podField('spec.tolerations'),
    });
  },
};

/** @see kubernetes/kubernetes staging/src/k8s.io/component-helpers/scheduling/corev1/helpers.go v1.36.2, ToleratesTaint */
function tolerates(toleration: JsonObject, taint: JsonObject): boolean {
  const effect = textAt(toleration, 'effect');
  if (effect && effect !== taint.effect) return false;
  const key = textAt(toleration, 'key');
  if (key && key !== taint.key) return false;
  if (textAt(toleration, 'operator') === 'Exists') return true;
  return key !== undefined && (textAt(toleration, 'value') ?? '') === (textAt(taint, 'value') ?? '');
}
