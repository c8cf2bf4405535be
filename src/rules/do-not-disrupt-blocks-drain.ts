import { textMapAt } from '../manifest/json';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

const KARPENTER = 'karpenter.sh/do-not-disrupt';
const CLUSTER_AUTOSCALER = 'cluster-autoscaler.kubernetes.io/safe-to-evict';

export const doNotDisruptBlocksDrain: WorkloadRule = {
  id: 'do-not-disrupt-blocks-drain',
  title: 'an annotation keeps nodes from ever being drained of the pod',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'A pod that runs for ever and must not be disrupted keeps its node for ever: node upgrades and consolidation wait for it, until somebody ' +
    'forces them or the machine fails, which cuts everything that is in flight. A spot reclaim does not ask it at all.',
  remedy:
    'Drain gracefully and drop the annotation, keep it for Jobs, or set terminationGracePeriod on the NodePool as a limit.',
  sources: [
    'https://karpenter.sh/docs/concepts/disruption/#pod-level-controls',
    'kubernetes/autoscaler cluster-autoscaler/FAQ.md (safe-to-evict)',
  ],
  judge({ workload, nodes }) {
    const annotations = textMapAt(workload.pod.template, 'metadata', 'annotations');
    const karpenter = annotations[KARPENTER] === 'true';
    if (!karpenter && annotations[CLUSTER_AUTOSCALER] !== 'false')
      return notApplicable('no annotation holds the node back');
    if (workload.ref.kind === 'Job' || workload.ref.kind === 'CronJob')
      return pass('a Job ends by itself, and its node is free then');
    const key = karpenter ? `${KARPENTER}: "true"` : `${CLUSTER_AUTOSCALER}: "false"`;
    const limit = karpenter
      ? nodes.find((node) => node.id === 'karpenter' && node.noticeSeconds !== undefined)
      : undefined;
    if (limit) return pass(`${key}, and the NodePool ends the wait after ${limit.noticeSeconds} s`);
    return violation({
      message: `${key} on pods that never end: their nodes are never drained by ${karpenter ? 'Karpenter' : 'the Cluster Autoscaler'}`,
      fix: karpenter
        ? 'remove the annotation, give it a duration such as "1h", or set terminationGracePeriod on the NodePool and state it as in node-lifecycles: karpenter=3600s'
        : 'remove the annotation, and let a PodDisruptionBudget limit the evictions',
      field: workload.podField(`metadata.annotations['${karpenter ? KARPENTER : CLUSTER_AUTOSCALER}']`),
    });
  },
};
