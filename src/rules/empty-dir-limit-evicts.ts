import { isObject, objectAt, textAt, valueAt } from '../manifest/json';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const emptyDirLimitEvicts: WorkloadRule = {
  id: 'empty-dir-limit-evicts',
  title: 'a full emptyDir ends the pod without a drain',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'The kubelet evicts a pod whose emptyDir on disk is larger than its sizeLimit, and gives it 1 s whatever its grace says: preStop is cut ' +
    'short, the pod is not taken out of the traffic first, and every request in flight is lost.',
  remedy:
    'Leave the limit far above what is ever written, or use a volume that is full instead: an ephemeral volume claim, or medium: Memory.',
  sources: [
    'kubernetes/kubernetes pkg/kubelet/eviction/eviction_manager.go v1.36.2, emptyDirLimitEviction (immediateEvictionGracePeriodSeconds = 1)',
    'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  ],
  judge({ workload, traffic }) {
    const { volumes, graceSeconds } = workload.pod;
    if (volumes.length === 0) return notApplicable('the pod has no volumes');
    const verdicts: Verdict[] = [];
    let dirs = 0;
    for (const volume of volumes) {
      const dir = volume.emptyDir;
      if (!isObject(dir)) continue;
      dirs++;
      const limit = valueAt(dir, 'sizeLimit');
      if (limit === undefined || textAt(dir, 'medium') === 'Memory') continue;
      const name = textAt(objectAt(volume), 'name') ?? '(no name)';
      verdicts.push(
        violation({
          message: `emptyDir ${name} is on disk with a limit of ${limit}: when it is reached the pod gets 1 s instead of its grace of ${graceSeconds} s`,
          fix: 'use an ephemeral volume claim of that size, which is full then and ends nothing, or raise the limit far above what is written',
          field: workload.podField('spec.volumes'),
        }),
      );
    }
    if (dirs === 0) return notApplicable('the pod has no emptyDir');
    if (verdicts.length === 0) return pass('no emptyDir on disk has a limit of its own');
    return traffic.slowest ? verdicts : notApplicable('nothing is known to send requests to the pod');
  },
};
