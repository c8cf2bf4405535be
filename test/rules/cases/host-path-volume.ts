import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf } from './manifests';

const volumes = (...list: readonly unknown[]) => deploymentOf({}, { volumes: list });

export const cases: RuleCases = {
  rule: 'host-path-volume',
  violation: [
    withCompanions(
      'a path of the node',
      volumes({ name: 'models', hostPath: { path: '/data/models' } }),
      'volume models is the path /data/models of the node',
    ),
    withCompanions('without a path', volumes({ hostPath: {} }), 'volume (no name) is the path (no path)'),
  ],
  pass: [
    withCompanions('an emptyDir', volumes({ name: 'cache', emptyDir: {} }), 'no volume is a path of the node'),
    withCompanions('nothing to read', volumes(null, { name: 'x', hostPath: null }), 'no volume is a path of the node'),
  ],
  notApplicable: [withCompanions('no volumes', deployment(), 'the pod has no volumes')],
};
