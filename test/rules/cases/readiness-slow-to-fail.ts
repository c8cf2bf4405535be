import { only, type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf } from './manifests';

const readiness = (changes: Changes, container: Changes = {}) =>
  deploymentOf({ readinessProbe: changes, ...container });

export const cases: RuleCases = {
  rule: 'readiness-slow-to-fail',
  violation: [
    withCompanions(
      'five minutes',
      readiness({ periodSeconds: 5, failureThreshold: 60 }),
      'a server that no longer answers keeps its traffic for 301 s',
      'readiness 5 s x 60 + 1 s = 301 s',
      'lower failureThreshold to 5',
    ),
    withCompanions(
      'seldom asked',
      readiness({ periodSeconds: 60, failureThreshold: 3 }),
      'for 181 s',
      'periodSeconds to 10',
    ),
    withCompanions(
      'no startup probe',
      readiness({ failureThreshold: 30 }, { startupProbe: undefined }),
      'cover a slow start by a startup probe',
    ),
  ],
  pass: [withCompanions('ten seconds', deployment(), 'readiness fails after 5 s x 2 + 1 s = 11 s')],
  notApplicable: [
    withCompanions('no readiness probe', deploymentOf({ readinessProbe: undefined }), 'no readiness probe'),
    only('a worker', [readiness({ failureThreshold: 60 }, { ports: undefined })], 'nothing sends requests'),
  ],
};
