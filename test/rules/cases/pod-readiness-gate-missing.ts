import { only, type RuleCases, withCompanions } from './case';
import { deployment, deploymentStating, disruptionBudget, merged, service } from './manifests';

const SERVICE = service({
  metadata: {
    annotations: {
      'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
      'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
    },
  },
  spec: { type: 'LoadBalancer' },
});
const namespace = (labels: object) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } });
const behind = (...others: object[]) => [
  deployment(),
  SERVICE,
  disruptionBudget(),
  ...(others as ReturnType<typeof deployment>[]),
];

export const cases: RuleCases = {
  rule: 'pod-readiness-gate-missing',
  violation: [
    only(
      'a namespace without the label',
      behind(namespace({})),
      'namespace shop does not have the label elbv2.k8s.aws/pod-readiness-gate-inject',
      'pod-readiness-gate-inject: enabled on namespace shop',
    ),
  ],
  pass: [
    only(
      'a namespace with it',
      behind(namespace({ 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' })),
      'has the label',
    ),
    only(
      'gates of its own',
      [
        merged(deployment(), {
          spec: { template: { spec: { readinessGates: [{ conditionType: 'target-health.elbv2.k8s.aws/x' }] } } },
        }),
        ...behind().slice(1),
      ],
      'have a readiness gate',
    ),
  ],
  notApplicable: [
    withCompanions('no load balancer', deployment(), 'no AWS load balancer'),
    only(
      'stated',
      [deploymentStating({ 'traffic-sources': 'aws-load-balancer' }), service(), disruptionBudget()],
      'is stated',
    ),
  ],
  cannotJudge: [only('a namespace that was not read', behind(), 'namespace shop')],
};
