import { only, type RuleCases, withCompanions } from './case';
import { deployment, disruptionBudget, service } from './manifests';

const sticky = (spec: object = {}, replicas = 3) => [
  deployment({ spec: { replicas } }),
  service({ spec: { sessionAffinity: 'ClientIP', ...spec } }),
  disruptionBudget(),
];

export const cases: RuleCases = {
  rule: 'session-affinity-pins-clients',
  violation: [
    only(
      'the default timeout',
      sticky(),
      'keeps each client at its pod until it was silent for 10800 s (the default)',
      'remove sessionAffinity',
    ),
    only('another', sticky({ sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } } }), 'silent for 600 s:'),
  ],
  pass: [withCompanions('none', deployment(), 'no Service has session affinity')],
  notApplicable: [
    only('one pod', sticky({}, 1), 'one pod for all clients'),
    only('no Service', [deployment()], 'no Service selects'),
  ],
};
