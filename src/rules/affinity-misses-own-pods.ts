import { type JsonObject, objectAt, objectsAt, textAt } from '../manifest/json';
import type { Labels } from '../manifest/selector';
import { selects } from '../manifest/selector';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const affinityMissesOwnPods: WorkloadRule = {
  id: 'affinity-misses-own-pods',
  title: 'the rule that should spread the pods selects none of them',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'Anti-affinity and topology spread look at the pods that their selector finds. If it does not find the pods of the workload itself, all ' +
    'of them may stand on one node, and the drain or the loss of that node takes the whole service away for a cold start.',
  remedy: "Use the labels of the workload's own pod template in the selector.",
  sources: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity',
    'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
  ],
  judge({ workload }) {
    const { pod } = workload;
    const spec = pod.template.spec as JsonObject | undefined;
    if (!spec?.affinity && !spec?.topologySpreadConstraints) return notApplicable('nothing spreads the pods');
    const spread = objectsAt(spec, 'topologySpreadConstraints').find((each) => !finds(each, pod.labels));
    if (spread) {
      return violation({
        message: `the spread over ${textAt(spread, 'topologyKey') ?? '(no topologyKey)'} selects ${textOf(spread)}, which the pods of this workload do not have`,
        fix: `select labels of spec.template.metadata.labels: ${labelsText(pod.labels)}`,
        field: workload.podField('spec.topologySpreadConstraints'),
      });
    }
    const terms = antiAffinityTerms(spec);
    if (terms.length === 0) return pass('what spreads the pods selects them');
    if (terms.some((term) => finds(term, pod.labels)))
      return pass('the anti-affinity keeps the pods apart from one another');
    // Another workload may be meant: only a label that none of the pods has at all looks like a slip.
    const slip = terms.find((term) => keysOf(term).every((key) => !(key in pod.labels)));
    if (!slip) return notApplicable('the anti-affinity is against pods of other workloads');
    return violation({
      message: `podAntiAffinity selects ${textOf(slip)}, and the pods of this workload have no such label: nothing keeps them apart`,
      arithmetic: `labels of the pods: ${labelsText(pod.labels)}`,
      fix: `select labels of spec.template.metadata.labels: ${labelsText(pod.labels)}`,
      field: workload.podField('spec.affinity.podAntiAffinity'),
    });
  },
};

function antiAffinityTerms(spec: JsonObject): readonly JsonObject[] {
  const rules = objectAt(spec, 'affinity', 'podAntiAffinity');
  const terms = [...objectsAt(rules, 'requiredDuringSchedulingIgnoredDuringExecution')];
  for (const preferred of objectsAt(rules, 'preferredDuringSchedulingIgnoredDuringExecution')) {
    const term = objectAt(preferred, 'podAffinityTerm');
    if (term) terms.push(term);
  }
  return terms;
}

function finds(term: JsonObject, labels: Labels): boolean {
  return selects(objectAt(term, 'labelSelector'), labels);
}

function keysOf(term: JsonObject): readonly string[] {
  const selector = objectAt(term, 'labelSelector');
  return [
    ...Object.keys(objectAt(selector, 'matchLabels') ?? {}),
    ...objectsAt(selector, 'matchExpressions').flatMap((each) => textAt(each, 'key') ?? []),
  ];
}

function textOf(term: JsonObject): string {
  const keys = keysOf(term);
  return keys.length > 0 ? keys.join(', ') : 'nothing';
}

function labelsText(labels: Labels): string {
  return Object.keys(labels).join(', ') || 'none';
}
