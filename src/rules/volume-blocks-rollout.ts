import type { PersistentVolumeClaim, Workload } from '../manifest/fleet';
import { type JsonObject, objectAt, textAt, valueAt } from '../manifest/json';
import { surgesFirst, surgeText } from '../manifest/surge';
import { cannotJudge, notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const volumeBlocksRollout: WorkloadRule = {
  id: 'volume-blocks-rollout',
  title: 'a new pod needs a ReadWriteOnce volume that the old pod still holds',
  severity: 'error',
  judges: 'workload',
  hazard:
    'The volume is attached to the node of the old pod, and no old pod may go before the new one is available. On another node the new pod ' +
    'waits with "Multi-Attach error": the rollout hangs until its progress deadline, and so does the replacement after a drain.',
  remedy:
    'Use strategy Recreate, or maxSurge 0 with maxUnavailable 1, or a StatefulSet, or a volume with ReadWriteMany.',
  sources: [
    'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
    'kubestellar/console#41, cryostatio/cryostat-operator#491, mattermost/mattermost-helm#283 (Multi-Attach in rollouts)',
  ],
  judge(assessment) {
    const { workload } = assessment;
    const names = claimNames(workload);
    if (names.length === 0) return notApplicable('the pods share no volume claim');
    if (!surgesFirst(assessment)) return pass('an old pod may go before the new one runs');
    if (isPinned(workload)) return pass('all pods run on one node, which has the volume');
    return names.map((name) => judgeClaim(workload, name, surgeText(assessment)));
  },
};

function judgeClaim(workload: Workload, name: string, arithmetic: string): Verdict {
  const claim = workload.claims.find((each: PersistentVolumeClaim) => each.ref.name === name);
  if (!claim) {
    return cannotJudge(
      `whether a second pod can mount claim ${name} while the first one holds it is not known: the claim is not among the objects that were read`,
      'judge the workload together with its PersistentVolumeClaim, or set maxSurge to 0 and maxUnavailable to 1',
    );
  }
  const { accessModes } = claim;
  const shared = accessModes.find((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
  if (shared) return pass(`claim ${name} is ${shared}`);
  const mode = accessModes[0] ?? 'ReadWriteOnce';
  return violation({
    message: `claim ${name} is ${mode}, and a rollout starts a new pod before the old one lets go of it: ${mode === 'ReadWriteOncePod' ? 'it is never scheduled' : 'on any other node it never starts (Multi-Attach error)'}`,
    arithmetic,
    fix: 'use strategy Recreate or maxSurge 0 and maxUnavailable 1, or a claim with ReadWriteMany',
    field: 'spec.strategy',
  });
}

function claimNames({ pod }: Workload): readonly string[] {
  const names: string[] = [];
  for (const volume of pod.volumes) {
    const name = textAt(volume, 'persistentVolumeClaim', 'claimName');
    if (name !== undefined && objectAt(volume, 'persistentVolumeClaim')?.readOnly !== true) names.push(name);
  }
  return names;
}

function isPinned({ pod }: Workload): boolean {
  const spec = valueAt(pod.template, 'spec') as JsonObject | undefined;
  return textAt(spec, 'nodeName') !== undefined || textAt(spec, 'nodeSelector', 'kubernetes.io/hostname') !== undefined;
}
