import { type Case, only, type RuleCases, withCompanions } from './case';
import { type Changes, container, deployment, merged } from './manifests';

const warning = (example: Case): Case => ({ ...example, severity: 'warning' });

function rolling(replicas: number, rollingUpdate: Changes | undefined, required?: string, changes: Changes = {}) {
  return merged(deployment({ metadata: { annotations: { 'cdk8s-graceful/required-replicas': required } } }), {
    spec: { replicas, strategy: { rollingUpdate }, ...changes },
  });
}

const onGpu = (rollingUpdate: Changes, spare?: string) =>
  merged(
    rolling(1, rollingUpdate, undefined, {
      template: { spec: { containers: [container({ resources: { limits: { 'nvidia.com/gpu': 1 } } })] } },
    }),
    { metadata: { annotations: { 'cdk8s-graceful/spare-accelerators': spare } } },
  );

export const cases: RuleCases = {
  rule: 'rollout-below-required-replicas',
  violation: [
    withCompanions(
      'two away, one to spare',
      rolling(8, undefined, '7'),
      'a rollout leaves 6 of 8 pods, peak load needs 7 (1 short)',
      'maxUnavailable 25% of 8, rounded down, is 2: 8 - 2 = 6 available, required 7',
      'set maxUnavailable to 1 or less',
    ),
    withCompanions(
      'both come to zero, and the only pod goes',
      rolling(1, { maxSurge: 0, maxUnavailable: '25%' }),
      'a rollout takes the only pod away before a new one is ready',
      'maxSurge 0 and maxUnavailable 25% of 1 both come to 0, and then Kubernetes takes 1 unavailable',
      'set maxUnavailable to 0 and maxSurge to 1',
    ),
    withCompanions(
      'all of them',
      rolling(3, { maxUnavailable: '100%' }),
      'takes all 3 pods away',
      'set maxUnavailable to 1 or less',
    ),
    withCompanions(
      'more than there are',
      rolling(3, { maxUnavailable: 5 }, '1'),
      'maxUnavailable 5: 3 - 3 = 0 available',
    ),
    withCompanions('both zero with headroom', rolling(3, { maxSurge: 0, maxUnavailable: 0 }, '3'), 'maxSurge to 1'),
    withCompanions(
      'a spare accelerator that is not used',
      onGpu({ maxSurge: 0, maxUnavailable: 1 }, '1'),
      'the only pod',
    ),
    warning(
      withCompanions('both zero on an accelerator', onGpu({ maxSurge: 0, maxUnavailable: '25%' }), 'the only pod'),
    ),
    warning(
      only('a port, but no Service', [rolling(1, { maxSurge: 0, maxUnavailable: 1 })], 'takes the only pod away'),
    ),
    only('no Service, but stated', [rolling(2, { maxUnavailable: 1 }, '2')], '2 - 1 = 1 available, required 2'),
  ],
  pass: [
    withCompanions('exactly as many as needed', rolling(8, undefined, '6'), '8 - 2 = 6 available, required 6'),
    withCompanions('none away', deployment(), 'maxUnavailable 0: 3 - 0 = 3 available, required 2 (assumed)'),
    withCompanions('one away, and nothing stated', rolling(4, undefined), '4 - 1 = 3 available'),
  ],
  notApplicable: [
    withCompanions('Recreate', deployment({ spec: { strategy: { type: 'Recreate' } } }), 'see recreate-behind-service'),
    withCompanions('no replicas', rolling(0, undefined), 'no replicas'),
    withCompanions(
      'the only pod on the only accelerator',
      onGpu({ maxSurge: 0, maxUnavailable: 1 }),
      'see no-headroom',
    ),
    only('no traffic', [rolling(8, undefined)], 'nothing sends requests'),
    only(
      'a worker',
      [
        rolling(1, { maxSurge: 0, maxUnavailable: 1 }, undefined, {
          template: { spec: { containers: [container({ ports: [] })] } },
        }),
      ],
      'nothing sends requests',
    ),
  ],
  cannotJudge: [withCompanions('two away, and nothing stated', rolling(8, undefined), 'leaves 6 of 8 pods')],
};
