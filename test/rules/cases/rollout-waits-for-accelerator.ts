import { type Case, type RuleCases, withCompanions } from './case';
import { type Changes, container, deployment, merged } from './manifests';

const warning = (example: Case): Case => ({ ...example, severity: 'warning' });

function onGpus(perPod: number, spec: Changes, spare?: string) {
  return merged(deployment({ metadata: { annotations: { 'cdk8s-graceful/spare-accelerators': spare } } }), {
    spec: {
      template: { spec: { containers: [container({ resources: { limits: { 'nvidia.com/gpu': perPod } } })] } },
      ...spec,
    },
  });
}

const surging = { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } };

export const cases: RuleCases = {
  rule: 'rollout-waits-for-accelerator',
  violation: [
    withCompanions(
      'a surge that nothing is spare for',
      onGpus(1, surging),
      'a rollout cannot take its first step unless an accelerator is spare: a new pod needs 1 accelerator, none is spare, and with 0 unavailable',
      '(3 + 1) x 1 = 4 accelerators, there are 3 x 1 + 0 = 3',
      'set maxSurge to 0 and maxUnavailable to 1',
      'cdk8s-graceful/spare-accelerators',
    ),
    withCompanions(
      'one accelerator short',
      onGpus(4, surging, '3'),
      'only 3 are spare',
      '= 16 accelerators, there are 3 x 4 + 3 = 15',
    ),
    withCompanions(
      'the defaults, and none to spare',
      onGpus(1, { strategy: undefined }, '0'),
      'surge 1, unavailable 0',
    ),
    warning(
      withCompanions('the defaults, and nothing stated', onGpus(1, { strategy: undefined }), 'none stated as spare'),
    ),
  ],
  pass: [
    withCompanions(
      'one goes first',
      onGpus(1, { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } }),
      'at most 3 accelerators',
    ),
    withCompanions('just enough spare', onGpus(4, surging, '4'), 'at most 16 accelerators at once (3 x 4, 4 spare)'),
    withCompanions(
      'the defaults at four replicas',
      onGpus(1, { strategy: undefined, replicas: 4 }),
      'at most 4 accelerators',
    ),
  ],
  notApplicable: [
    withCompanions('no accelerator', deployment(), 'use no accelerator'),
    withCompanions('no replicas', onGpus(1, { ...surging, replicas: 0 }), 'no replicas'),
  ],
};
