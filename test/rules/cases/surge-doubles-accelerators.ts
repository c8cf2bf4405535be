import { type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf } from './manifests';

const onGpus = (replicas: number, maxSurge: unknown, annotations: Changes = {}) =>
  deploymentOf(
    { resources: { limits: { 'nvidia.com/gpu': 2 } } },
    {},
    {
      metadata: { annotations },
      spec: { replicas, strategy: { rollingUpdate: { maxSurge, maxUnavailable: 0 } } },
    },
  );

export const cases: RuleCases = {
  rule: 'surge-doubles-accelerators',
  violation: [
    withCompanions(
      'twice as many',
      onGpus(8, '100%'),
      'a rollout starts 8 new pods at once, which need 16 accelerators beside the 16 in use',
      'maxSurge 100% of 8 is 8: 8 of 8 pods x 2 = 16',
      'set maxSurge to 1',
    ),
    withCompanions('half as many again', onGpus(4, '50%'), 'starts 2 new pods at once'),
  ],
  pass: [
    withCompanions('one at a time', onGpus(8, 1), '1 of 8 pods x 2 = 2 accelerators'),
    withCompanions('a quarter', onGpus(8, '25%'), '2 of 8'),
    withCompanions('they are spare', onGpus(8, '100%', { 'cdk8s-graceful/spare-accelerators': '16' }), '16 are spare'),
  ],
  notApplicable: [
    withCompanions('no accelerators', deployment(), 'no accelerator'),
    withCompanions('no replicas', onGpus(0, '100%'), 'no rollout adds pods'),
  ],
};
