import { only, type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf, deploymentStating } from './manifests';

export const cases: RuleCases = {
  rule: 'prestop-shorter-than-propagation',
  violation: [
    withCompanions(
      'less than kube-proxy needs',
      deploymentOf({ lifecycle: { preStop: { sleep: { seconds: 4 } } } }),
      'preStop waits 4 s',
      '(1 s short)',
    ),
    withCompanions(
      'behind a load balancer',
      deploymentStating({ 'traffic-sources': 'kube-proxy, edge=25s' }),
      'edge may send new requests for 25 s',
      '(15 s short)',
    ),
  ],
  pass: [
    withCompanions(
      'as long as kube-proxy needs',
      deploymentOf({ lifecycle: { preStop: { sleep: { seconds: 5 } } } }),
      'kube-proxy',
    ),
    withCompanions(
      'an exec sleep',
      deploymentOf({ lifecycle: { preStop: { sleep: undefined, exec: { command: ['sleep', '8'] } } } }),
      'preStop waits 8 s',
    ),
  ],
  notApplicable: [
    only('no Service', [deployment()], 'nothing sends requests to the pod'),
    withCompanions('no hook', deploymentOf({ lifecycle: undefined }), 'prestop-missing'),
  ],
};
