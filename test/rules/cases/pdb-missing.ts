import { type Case, only, type RuleCases, withCompanions } from './case';
import { autoscaler, deployment, deploymentOf, deploymentStating, service } from './manifests';

const warning = (example: Case): Case => ({ ...example, severity: 'warning' });

export const cases: RuleCases = {
  rule: 'pdb-missing',
  violation: [
    only(
      'three replicas behind a Service',
      [deployment(), service()],
      'no PodDisruptionBudget selects the pods: all 3 may be evicted at once',
      '3 replicas - 3 evictions = 0 that serve, for the cold start of 60 s',
      'maxUnavailable: 1',
    ),
    only(
      'with headroom',
      [deploymentStating({ 'required-replicas': '1', 'cold-start': undefined }), service()],
      'maxUnavailable: 2',
    ),
    only('two replicas', [deployment({ spec: { replicas: 2 } }), service()], 'all 2 may be evicted'),
    warning(
      only('an engine, and no Service', [deploymentOf({ image: 'vllm/vllm-openai:v0.32.0' })], 'all 3 may be evicted'),
    ),
    warning(
      only(
        'an autoscaler from one replica on',
        [deployment(), service(), autoscaler({ spec: { minReplicas: 1 } })],
        'up to 10 may be evicted at once',
      ),
    ),
  ],
  pass: [withCompanions('a budget', deployment(), 'orders selects the pods')],
  notApplicable: [
    only('a single replica', [deployment({ spec: { replicas: undefined } }), service()], 'a single replica'),
    only('a worker', [deploymentOf({ ports: undefined })], 'nothing sends requests'),
  ],
};
