import { only, type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf } from './manifests';

const dir = (emptyDir: object) => deploymentOf({}, { volumes: [{ name: 'cache', emptyDir }] });

export const cases: RuleCases = {
  rule: 'empty-dir-limit-evicts',
  violation: [
    withCompanions(
      'a limit on disk',
      dir({ sizeLimit: '2Gi' }),
      'emptyDir cache is on disk with a limit of 2Gi: when it is reached the pod gets 1 s instead of its grace of 45 s',
      'ephemeral volume claim',
    ),
  ],
  pass: [
    withCompanions('no limit', dir({}), 'no emptyDir on disk has a limit'),
    withCompanions('in memory', dir({ medium: 'Memory', sizeLimit: '2Gi' }), 'no emptyDir on disk'),
  ],
  notApplicable: [
    withCompanions('no volumes', deployment(), 'no volumes'),
    withCompanions(
      'another volume',
      deploymentOf({}, { volumes: [{ name: 'config', configMap: { name: 'c' } }] }),
      'no emptyDir',
    ),
    only('no traffic', [dir({ sizeLimit: '2Gi' })], 'nothing is known to send'),
  ],
};
