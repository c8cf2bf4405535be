import { only, type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf } from './manifests';

const delayed = (initialDelaySeconds: number, changes: Changes = {}) =>
  deploymentOf({ startupProbe: undefined, livenessProbe: { initialDelaySeconds, failureThreshold: 3 }, ...changes });

export const cases: RuleCases = {
  rule: 'startup-probe-missing',
  violation: [
    withCompanions(
      'a delay of a minute',
      delayed(60),
      'a start that takes longer than 90 s is killed, and after each restart liveness looks only from 60 s on',
      'initialDelaySeconds 60 s + 10 s x 3 = 90 s; no startup probe',
      'periodSeconds 10 and failureThreshold 9',
    ),
    withCompanions(
      'a model',
      delayed(15, { resources: { limits: { 'nvidia.com/gpu': 1 } } }),
      'longer than 45 s is killed',
    ),
  ],
  pass: [withCompanions('a startup probe', deployment(), 'holds the liveness probe off')],
  notApplicable: [
    withCompanions('a short delay', delayed(25), 'see startup-shorter-than-cold-start'),
    withCompanions(
      'no liveness probe',
      deploymentOf({ startupProbe: undefined, livenessProbe: undefined }),
      'no liveness probe',
    ),
    only('a worker', [delayed(60, { ports: undefined })], 'nothing sends requests'),
  ],
};
