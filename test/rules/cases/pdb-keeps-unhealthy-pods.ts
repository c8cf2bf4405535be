import { type Case, only, type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf, deploymentStating, disruptionBudget, merged } from './manifests';

const warning = (example: Case): Case => ({ ...example, severity: 'warning' });
const GPU = { resources: { limits: { 'nvidia.com/gpu': 1 } } };
const budget = (spec: Changes = {}) => disruptionBudget({ spec: { unhealthyPodEvictionPolicy: undefined, ...spec } });
const sibling = merged(deployment(), { metadata: { name: 'orders-canary' } });

export const cases: RuleCases = {
  rule: 'pdb-keeps-unhealthy-pods',
  violation: [
    only(
      'pods that load a model',
      [deploymentOf(GPU), budget()],
      'still load on their accelerator',
      'unhealthyPodEvictionPolicy is not set (IfHealthyBudget)',
    ),
    warning(only('a web service', [deployment(), budget()], 'crash or never get ready')),
    warning(
      only(
        'the default, written',
        [deployment(), budget({ unhealthyPodEvictionPolicy: 'IfHealthyBudget' })],
        'is IfHealthyBudget',
      ),
    ),
    warning(only('half of them', [deployment(), budget({ maxUnavailable: '50%' })], 'PodDisruptionBudget orders')),
    warning(only('shared', [deployment(), sibling, budget({ maxUnavailable: 4 })], 'PodDisruptionBudget orders')),
  ],
  pass: [
    withCompanions('AlwaysAllow', deployment(), 'lets pods go that are not ready'),
    only('a budget that lets all go', [deployment({ spec: { replicas: 1 } }), budget()], 'lets all pods go'),
  ],
  notApplicable: [
    only('no budget', [deployment()], 'no PodDisruptionBudget'),
    only('1.26', [deploymentStating({ 'kubernetes-version': '1.26' }), budget()], 'this version has no'),
    only(
      'a budget that is refused',
      [deployment(), budget({ minAvailable: 1 })],
      'see pdb-unreadable and pdb-both-fields',
    ),
  ],
};
