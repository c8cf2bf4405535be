import { only, type RuleCases } from './case';
import { deployment, disruptionBudget } from './manifests';

export const cases: RuleCases = {
  rule: 'pdb-api-removed',
  violation: [
    only(
      'v1beta1',
      [deployment(), disruptionBudget({ apiVersion: 'policy/v1beta1' })],
      'removed in Kubernetes 1.25',
      'policy/v1',
    ),
  ],
  pass: [only('v1', [deployment(), disruptionBudget()], 'its version is policy/v1')],
  notApplicable: [
    only(
      'a cluster that still has it',
      [
        deployment(),
        disruptionBudget({
          apiVersion: 'policy/v1beta1',
          metadata: { annotations: { 'cdk8s-graceful/kubernetes-version': '1.24' } },
        }),
      ],
      'Kubernetes 1.24 still has it',
    ),
  ],
};
