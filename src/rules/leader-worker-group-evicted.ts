import { countAt, textAt } from '../manifest/json';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const leaderWorkerGroupEvicted: WorkloadRule = {
  id: 'leader-worker-group-evicted',
  title: 'one eviction takes a whole group of pods away',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'The pods of a group serve one model together. When one of them is evicted the others are of no use, and with the default restart policy ' +
    'they are all deleted: every request of the group is cut, whichever pod drains, and the whole model is loaded again.',
  remedy:
    'Run two groups or more, give leader and workers the same grace, and a PodDisruptionBudget over the leaders only.',
  sources: [
    'https://lws.sigs.k8s.io/docs/concepts/#failure-handling-restart-policy (RecreateGroupOnPodRestart)',
    'kubernetes-sigs/lws api/leaderworkerset/v1/leaderworkerset_types.go v0.7.0',
  ],
  judge({ workload, coldStartSeconds, intent }) {
    if (workload.ref.kind !== 'LeaderWorkerSet') return notApplicable('it is no LeaderWorkerSet');
    const size = countAt(workload.spec('leaderWorkerTemplate', 'size')) ?? 1;
    if (size < 2) return pass('a group is one pod');
    if (workload.place.role === 'worker') return notApplicable('judged at the leader');
    const groups = countAt(workload.spec('replicas')) ?? 1;
    const policy = textAt(workload.spec('leaderWorkerTemplate', 'restartPolicy')) ?? 'RecreateGroupOnPodRestart';
    return violation({
      message: `the eviction of any of ${groups * size} pods ends a group of ${size}${groups === 1 ? ': the only one' : `, one of ${groups}`}`,
      arithmetic: `${groups} ${groups === 1 ? 'group' : 'groups'} x ${size} pods; restartPolicy ${policy}; cold start of a group ${coldStartSeconds} s${intent.coldStartSeconds === undefined ? ' (assumed)' : ''}`,
      fix: `${groups === 1 ? 'run 2 groups or more, ' : ''}let all pods of a group have the same grace, and limit evictions by a PodDisruptionBudget on the leaders; then acknowledge this`,
    });
  },
};
