import { only, type RuleCases, withCompanions } from './case';
import { deployment, deploymentStating, disruptionBudget, service } from './manifests';

const local = (version: string, spec: object = {}) => [
  deploymentStating({ 'kubernetes-version': version }),
  service({ spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ...spec } }),
  disruptionBudget(),
];

export const cases: RuleCases = {
  rule: 'external-traffic-policy-local',
  violation: [
    only(
      'before 1.26',
      local('1.25'),
      'Service orders has externalTrafficPolicy Local, and kube-proxy of 1.25 drops what comes to a node',
      'terminating pods get traffic from 1.26 on, the cluster is 1.25',
    ),
  ],
  pass: [
    only('since then', local('1.34'), 'kube-proxy of 1.34 goes on'),
    only('no version', [deployment(), ...local('1.25').slice(1)], 'no Kubernetes version is stated'),
  ],
  notApplicable: [
    withCompanions('within the cluster', deployment(), 'no Service has'),
    only('a ClusterIP', local('1.25', { type: 'ClusterIP' }), 'no Service has'),
  ],
};
