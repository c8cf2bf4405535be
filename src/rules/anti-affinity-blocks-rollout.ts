import { objectAt, objectsAt, textAt } from '../manifest/json';
import { selects } from '../manifest/selector';
import { surgesFirst, surgeText } from '../manifest/surge';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const antiAffinityBlocksRollout: WorkloadRule = {
  id: 'anti-affinity-blocks-rollout',
  title: 'required anti-affinity leaves no node for the new pod of a rollout',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'Every pod keeps the others of its kind, old ones too, off its node or zone. With 0 unavailable the new pod needs a place of its ' +
    'own before an old one may go: where there are no more nodes (or zones) than pods it stays Pending, and the rollout hangs.',
  remedy: 'Prefer the anti-affinity instead of requiring it, or set maxSurge to 0 and maxUnavailable to 1.',
  sources: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity',
    'kubernetes/kubernetes#56539, #116891 and #121388',
  ],
  judge(assessment) {
    const { workload } = assessment;
    const terms = objectsAt(
      objectAt(workload.pod.template, 'spec', 'affinity'),
      'podAntiAffinity',
      'requiredDuringSchedulingIgnoredDuringExecution',
    );
    if (terms.length === 0) return notApplicable('no anti-affinity is required');
    const own = terms.find((term) => selects(objectAt(term, 'labelSelector'), workload.pod.labels));
    if (!own) return pass('the required anti-affinity is against pods of other workloads');
    if (new Set(listOf(own.matchLabelKeys)).has('pod-template-hash')) return pass('each version is spread on its own');
    if (!surgesFirst(assessment)) return pass('an old pod may go before the new one runs');
    const key = textAt(own, 'topologyKey') ?? '(no topologyKey)';
    const replicas = Math.max(1, workload.leastReplicas);
    return violation({
      message: `a rollout needs ${replicas + 1} places with different ${key} for ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}: the new pod must not stand beside an old one, and none may go before it is available`,
      arithmetic: surgeText(assessment),
      fix: 'set maxSurge to 0 and maxUnavailable to 1, or move the term to preferredDuringSchedulingIgnoredDuringExecution',
      field: workload.podField('spec.affinity.podAntiAffinity'),
    });
  },
};

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
