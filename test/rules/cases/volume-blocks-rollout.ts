import { only, type RuleCases, withCompanions } from './case';
import { companions, deployment, deploymentOf } from './manifests';

const VOLUMES = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'orders' } }] };
const claim = (mode: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { namespace: 'shop', name: 'orders' },
  spec: { accessModes: [mode] },
});
const on = (mode: string, pod: object = {}, changes: object = {}) => [
  deploymentOf({}, { ...VOLUMES, ...pod }, { ...changes }),
  claim(mode),
  ...companions(),
];

export const cases: RuleCases = {
  rule: 'volume-blocks-rollout',
  violation: [
    only(
      'ReadWriteOnce and 0 unavailable',
      on('ReadWriteOnce'),
      'claim orders is ReadWriteOnce, and a rollout starts a new pod before the old one lets go of it: on any other node it never starts',
      'maxUnavailable 0 is 0',
      'use strategy Recreate or maxSurge 0 and maxUnavailable 1',
    ),
    only('ReadWriteOncePod', on('ReadWriteOncePod'), 'it is never scheduled'),
  ],
  pass: [
    only(
      'an old pod goes first',
      on('ReadWriteOnce', {}, { spec: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } } }),
      'an old pod may go',
    ),
    only('shared', on('ReadWriteMany'), 'ReadWriteMany'),
    only('all on one node', on('ReadWriteOnce', { nodeSelector: { 'kubernetes.io/hostname': 'a' } }), 'on one node'),
  ],
  notApplicable: [withCompanions('no claim', deployment(), 'no volume claim')],
  cannotJudge: [withCompanions('a claim that was not read', deploymentOf({}, VOLUMES), 'claim orders')],
};
