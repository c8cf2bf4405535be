import type { JsonObject } from '../../../src/manifest/json';
import { type RuleCases, withCompanions } from './case';
import { container, deployment, deploymentStating } from './manifests';

const on = (
  lifecycles: string,
  intent: Readonly<Record<string, string | undefined>> = {},
  pod: JsonObject = {},
): JsonObject => deploymentStating({ 'node-lifecycles': lifecycles, ...intent }, { spec: { template: { spec: pod } } });

export const cases: RuleCases = {
  rule: 'grace-longer-than-node-gives',
  violation: [
    withCompanions(
      'a spot node that gives less',
      on('gke-spot'),
      'GKE Spot VM gives 15 s, the shutdown needs 45 s (30 s short)',
      'preStop delay 10 s + longest request 30 s + margin 5 s = 45 s; GKE Spot VM 15 s',
      'use nodes that give 45 s or more',
      'cdk8s-graceful/acknowledge.grace-longer-than-node-gives',
    ),
    withCompanions(
      'one second short',
      on('on-demand, spot=44s'),
      'spot gives 44 s',
      '(1 s short)',
      'cap longestRequest at 29 s (44 s - 15 s for the rest)',
    ),
    withCompanions(
      'a spot node that the pods require',
      deployment({ spec: { template: { spec: { nodeSelector: { 'cloud.google.com/gke-spot': 'true' } } } } }),
      'GKE Spot VM gives 15 s, the shutdown needs 45 s (30 s short)',
      'GKE Spot VM 15 s (cloud.google.com/gke-spot: true is required)',
    ),
    {
      ...withCompanions(
        'one that they tolerate',
        deployment({
          spec: { template: { spec: { tolerations: [{ key: 'cloud.google.com/gke-spot', operator: 'Exists' }] } } },
        }),
        'the pods may run on a GKE Spot VM, which gives 15 s',
      ),
      severity: 'warning',
    },
    withCompanions('one of two', on('aws-spot, aks-spot'), 'AKS Spot node gives 20 s'),
    withCompanions(
      'no longest request',
      on('aws-spot', { 'longest-request': undefined }, { terminationGracePeriodSeconds: 101 }),
      'AWS Spot Instance gives 100 s, terminationGracePeriodSeconds is 101 s (1 s short)',
      'grace 101 s',
    ),
    withCompanions(
      'a sidecar that takes longest',
      on(
        'spot=60s',
        { 'drain.proxy': '90s' },
        { initContainers: [container({ name: 'proxy', restartPolicy: 'Always', lifecycle: undefined, ports: [] })] },
      ),
      'use nodes that give',
    ),
  ],
  pass: [
    withCompanions('exactly enough', on('spot=45s'), 'spot gives 45 s, the shutdown needs 45 s'),
    withCompanions(
      'a longer grace that nothing needs',
      on('aws-spot', {}, { terminationGracePeriodSeconds: 180 }),
      'of the grace of 180 s only the part that nothing needs is cut',
    ),
  ],
  notApplicable: [
    withCompanions('nodes that wait', on('on-demand, karpenter'), 'On-demand node, Karpenter'),
    withCompanions('nothing stated', deployment(), 'On-demand node'),
  ],
  cannotJudge: [
    withCompanions(
      'a lifecycle that nobody knows',
      on('spot'),
      "how much time node lifecycle 'spot' gives is not known",
    ),
  ],
};
