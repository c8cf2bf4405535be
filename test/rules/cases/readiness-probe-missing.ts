import { type Case, only, type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf, deploymentStating } from './manifests';

const warning = (example: Case): Case => ({ ...example, severity: 'warning' });
const unprobed = deploymentOf({ readinessProbe: undefined, startupProbe: undefined });

export const cases: RuleCases = {
  rule: 'readiness-probe-missing',
  violation: [
    withCompanions(
      'no readiness probe behind a Service',
      unprobed,
      'gets requests as soon as its process runs',
      'cold start of 60 s: 60 s of failed requests',
      'httpGet /actuator/health/readiness',
    ),
    withCompanions(
      'a probe without an action',
      deploymentOf({ readinessProbe: { httpGet: undefined }, startupProbe: { httpGet: undefined } }),
      'no readiness probe',
    ),
    only(
      'traffic that is stated and comes past any Service',
      [
        deploymentStating(
          { 'traffic-sources': 'mesh=5s', 'cold-start': undefined, runtime: undefined },
          { spec: { template: { spec: { containers: [{ name: 'main', image: 'orders:1' }] } } } },
        ),
      ],
      'no readiness probe',
    ),
    warning(
      withCompanions(
        'a startup probe alone',
        deploymentOf({ readinessProbe: undefined }),
        'once the startup probe has succeeded',
      ),
    ),
    warning(only('a port, but no Service', [unprobed], 'takes each new pod for available')),
    warning(
      only(
        'an accelerator, and neither port nor Service',
        [
          deploymentOf({
            readinessProbe: undefined,
            startupProbe: undefined,
            ports: undefined,
            resources: { limits: { 'nvidia.com/gpu': 1 } },
          }),
        ],
        'takes each new pod for available',
      ),
    ),
  ],
  pass: [withCompanions('a readiness probe', deployment(), 'container main has a readiness probe')],
  notApplicable: [
    only(
      'a worker without ports',
      [deploymentOf({ readinessProbe: undefined, startupProbe: undefined, ports: undefined })],
      'a worker',
    ),
    withCompanions('no container', deployment({ spec: { template: { spec: { containers: null } } } }), 'no container'),
  ],
};
