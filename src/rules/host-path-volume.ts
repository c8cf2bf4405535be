import { isObject, textAt } from '../manifest/json';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const hostPathVolume: WorkloadRule = {
  id: 'host-path-volume',
  title: 'a volume is a path of the node',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'The data stays on the node when the pod leaves it: a replacement on another node starts without it, so a model or a cache is ' +
    'loaded again while capacity is missing for as many seconds, and pods of one node write to the same files. Namespaces that ' +
    'enforce the baseline Pod Security Standard refuse the pod.',
  remedy: 'Use a PersistentVolumeClaim, an ephemeral volume or an emptyDir.',
  sources: [
    'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  ],
  judge(assessment) {
    const { volumes } = assessment.workload.pod;
    if (volumes.length === 0) return notApplicable('the pod has no volumes');
    const verdicts: Verdict[] = [];
    for (const volume of volumes) {
      if (!isObject(volume.hostPath)) continue;
      const name = textAt(volume, 'name') ?? '(no name)';
      const path = textAt(volume.hostPath, 'path') ?? '(no path)';
      verdicts.push(
        violation({
          message: `volume ${name} is the path ${path} of the node: its data stays there when the pod is replaced on another node`,
          fix: 'use a PersistentVolumeClaim for what must be kept and an emptyDir for what can be made again',
          field: assessment.workload.podField('spec.volumes'),
        }),
      );
    }
    return verdicts.length > 0 ? verdicts : pass('no volume is a path of the node');
  },
};
