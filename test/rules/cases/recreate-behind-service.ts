import { type Case, only, type RuleCases, withCompanions } from './case';
import { container, deployment, deploymentOf, deploymentStating } from './manifests';

const warning = (example: Case): Case => ({ ...example, severity: 'warning' });
const strategy = { type: 'Recreate', rollingUpdate: undefined };
const GPU = container({ resources: { limits: { 'nvidia.com/gpu': 1 } } });
const onGpu = (replicas: number) =>
  deployment({ spec: { strategy, replicas, template: { spec: { containers: [GPU] } } } });

export const cases: RuleCases = {
  rule: 'recreate-behind-service',
  violation: [
    withCompanions(
      'behind a Service',
      deployment({ spec: { strategy } }),
      'strategy Recreate takes all pods away in every rollout',
      'termination up to 45 s + cold start 60 s = 105 s without a pod that serves',
      'maxSurge 1 and maxUnavailable 0',
    ),
    withCompanions(
      'a single replica',
      deploymentStating({ 'cold-start': undefined }, { spec: { strategy, replicas: 1 } }),
      'takes the only pod away',
      'cold start (not stated)',
    ),
    withCompanions('on accelerators', onGpu(3), 'maxSurge 0 and maxUnavailable 1'),
    warning(only('a port, but no Service', [deployment({ spec: { strategy } })], 'takes all pods away')),
    warning(withCompanions('a single replica on an accelerator', onGpu(1), 'the only pod')),
  ],
  pass: [withCompanions('RollingUpdate', deployment(), 'the strategy is RollingUpdate')],
  notApplicable: [
    only('a worker', [deploymentOf({ ports: undefined }, {}, { spec: { strategy } })], 'nothing sends requests'),
    withCompanions('no replicas', deployment({ spec: { strategy, replicas: 0 } }), 'no replicas'),
  ],
};
