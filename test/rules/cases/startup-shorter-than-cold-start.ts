import { type Case, type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf, merged } from './manifests';

const warning = (example: Case): Case => ({ ...example, severity: 'warning' });
const starting = (coldStart: string | undefined, container: Changes = {}) =>
  merged(deploymentOf(container), { metadata: { annotations: { 'cdk8s-graceful/cold-start': coldStart } } });
const GPU = { resources: { limits: { 'nvidia.com/gpu': 1 } } };
const NO_STARTUP = { startupProbe: undefined };

export const cases: RuleCases = {
  rule: 'startup-shorter-than-cold-start',
  violation: [
    withCompanions(
      'one second short',
      starting('61s'),
      'the startup probe kills the container 60 s after its start, the cold start takes 61 s (1 s short)',
      'startup probe: 5 s x 12 = 60 s',
      'failureThreshold 13 or more',
    ),
    withCompanions(
      'a liveness probe in its place',
      starting('61s', {
        ...NO_STARTUP,
        livenessProbe: { initialDelaySeconds: 30, periodSeconds: 10, failureThreshold: 3 },
      }),
      'the liveness probe kills the container 60 s after its start',
      'initial delay 30 s + 10 s x 3 = 60 s',
      'add a startupProbe with failureThreshold 13',
    ),
    warning(
      withCompanions(
        'an engine without a startup probe',
        starting(undefined, { ...GPU, ...NO_STARTUP }),
        'there is no startup probe',
        '10 s x 6 = 60 s',
      ),
    ),
  ],
  pass: [
    withCompanions('exactly enough', deployment(), '= 60 s, cold start 60 s'),
    withCompanions('a liveness probe that waits', starting('60s', NO_STARTUP), 'liveness probe: 10 s x 6 = 60 s'),
    withCompanions(
      'nothing that kills',
      starting('600s', { ...NO_STARTUP, livenessProbe: undefined }),
      'neither a startup nor',
    ),
    withCompanions(
      'an engine with ten minutes',
      starting(undefined, { ...GPU, startupProbe: { failureThreshold: 120 } }),
      'a cold start of 600 s is assumed',
    ),
  ],
  notApplicable: [
    withCompanions('a web server that states nothing', starting(undefined), 'is not stated'),
    withCompanions('no container', deployment({ spec: { template: { spec: { containers: [] } } } }), 'no container'),
  ],
  cannotJudge: [
    withCompanions('an engine that states nothing', starting(undefined, GPU), 'lets the model load for 60 s'),
  ],
};
