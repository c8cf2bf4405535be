import { only, type RuleCases } from './case';
import { container, deployment } from './manifests';

const groups = (replicas: number, size: number) => ({
  apiVersion: 'leaderworkerset.x-k8s.io/v1',
  kind: 'LeaderWorkerSet',
  metadata: { namespace: 'shop', name: 'model' },
  spec: { replicas, leaderWorkerTemplate: { size, workerTemplate: { spec: { containers: [container()] } } } },
});

export const cases: RuleCases = {
  rule: 'leader-worker-group-evicted',
  violation: [
    only(
      'the only group',
      [groups(1, 4)],
      'the eviction of any of 4 pods ends a group of 4: the only one',
      'restartPolicy RecreateGroupOnPodRestart; cold start of a group 600 s (assumed)',
      'run 2 groups or more',
    ),
    only('one of two', [groups(2, 2)], 'ends a group of 2, one of 2'),
  ],
  pass: [only('groups of one pod', [groups(3, 1)], 'a group is one pod')],
  notApplicable: [only('a Deployment', [deployment()], 'no LeaderWorkerSet')],
};
