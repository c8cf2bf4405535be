import { only, type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf, deploymentStating } from './manifests';

export const cases: RuleCases = {
  rule: 'traffic-unknown',
  violation: [],
  pass: [
    withCompanions('a Service', deployment(), 'get requests by kube-proxy'),
    only('stated', [deploymentStating({ 'traffic-sources': 'kube-proxy' })], 'are stated'),
  ],
  notApplicable: [only('a worker', [deploymentOf({ ports: undefined })], 'opens no port')],
  cannotJudge: [
    only(
      'a port and no Service',
      [deployment()],
      'container main opens port 8080, and no Service among the objects that were read',
    ),
    only(
      'a model',
      [deploymentOf({ ports: undefined, resources: { limits: { 'nvidia.com/gpu': 1 } } })],
      'serves a model',
    ),
  ],
};
