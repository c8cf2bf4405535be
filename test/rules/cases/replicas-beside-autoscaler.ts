import { type Case, only, type RuleCases, withCompanions } from './case';
import { autoscaler, companions, deployment, deploymentOf, deploymentStating } from './manifests';

const warning = (example: Case): Case => ({ ...example, severity: 'warning' });
const GPU = { resources: { limits: { 'nvidia.com/gpu': 1 } } };

export const cases: RuleCases = {
  rule: 'replicas-beside-autoscaler',
  violation: [
    only(
      'pods that load a model',
      [deploymentOf(GPU), autoscaler()],
      'replicas is fixed at 3 and HorizontalPodAutoscaler orders sets 3 to 10: each apply may delete up to 7 pods at once',
      '10 - 3 = 7 pods, missing for the cold start of 60 s',
      'remove spec.replicas',
    ),
    warning(
      only(
        'a web service',
        [deploymentStating({ 'cold-start': undefined }, { spec: { replicas: 9 } }), autoscaler()],
        '10 - 9 = 1 pods',
      ),
    ),
  ],
  pass: [
    only(
      'left to the autoscaler',
      [deployment({ spec: { replicas: undefined } }), autoscaler()],
      'left to the autoscaler',
    ),
    only('fixed at the most', [deployment({ spec: { replicas: 10 } }), autoscaler()], 'takes no pod away'),
  ],
  notApplicable: [
    withCompanions('no autoscaler', deployment(), 'no autoscaler'),
    only(
      'an autoscaler of something else',
      [deployment(), ...companions(), autoscaler({ spec: { scaleTargetRef: { name: 'carts' } } })],
      'no autoscaler',
    ),
  ],
};
