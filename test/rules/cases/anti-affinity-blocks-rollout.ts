import { type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf } from './manifests';

const TERM = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'orders' } } };
const apart = (term: Changes, changes: Changes = {}) =>
  deploymentOf(
    {},
    { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ...TERM, ...term }] } } },
    changes,
  );

export const cases: RuleCases = {
  rule: 'anti-affinity-blocks-rollout',
  violation: [
    withCompanions(
      'one pod per node, 0 unavailable',
      apart({}),
      'a rollout needs 4 places with different kubernetes.io/hostname for 3 replicas',
      'maxUnavailable 0 is 0',
      'set maxSurge to 0 and maxUnavailable to 1',
    ),
  ],
  pass: [
    withCompanions(
      'an old pod goes first',
      apart({}, { spec: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } } }),
      'an old pod may go before',
    ),
    withCompanions(
      'against another workload',
      apart({ labelSelector: { matchLabels: { app: 'db' } } }),
      'of other workloads',
    ),
    withCompanions('each version on its own', apart({ matchLabelKeys: ['pod-template-hash'] }), 'each version'),
  ],
  notApplicable: [withCompanions('none', deployment(), 'no anti-affinity is required')],
};
