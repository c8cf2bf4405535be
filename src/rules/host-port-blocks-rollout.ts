import type { Workload } from '../manifest/fleet';
import { numberAt, objectsAt, valueAt } from '../manifest/json';
import { surgesFirst, surgeText } from '../manifest/surge';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const hostPortBlocksRollout: WorkloadRule = {
  id: 'host-port-blocks-rollout',
  title: 'a new pod needs a port of the node that the old pod still holds',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'Two pods with the same host port never fit on one node. With 0 unavailable the new pod has to run before an old one may go: ' +
    'on a cluster with no further node it stays Pending, the rollout hangs until its progress deadline, and the new version never serves.',
  remedy: 'Set maxSurge to 0 and maxUnavailable to 1, or do without the host port.',
  sources: [
    'kubernetes/kubernetes#106417 (a surge with host ports is not refused), traefik/traefik-helm-chart#645',
    'https://kubernetes.io/docs/concepts/configuration/overview/ (host ports limit where a pod can run)',
  ],
  judge(assessment) {
    const { workload } = assessment;
    const ports = hostPortsOf(workload);
    if (ports === undefined) return notApplicable('the pod uses no port of the node');
    const held = `host port ${ports}`;
    if (workload.ref.kind === 'DaemonSet') {
      const surge = workload.spec('updateStrategy', 'rollingUpdate', 'maxSurge');
      if (surge === undefined || surge === 0 || surge === '0%')
        return pass('no surge: the old pod goes before the new one');
      return violation({
        message: `with maxSurge ${surge} the new pod runs on the node of the old one, which holds ${held}: it never starts`,
        fix: 'remove maxSurge from spec.updateStrategy.rollingUpdate and set maxUnavailable to 1',
        field: 'spec.updateStrategy.rollingUpdate.maxSurge',
      });
    }
    if (!surgesFirst(assessment)) return pass('an old pod may go before the new one runs');
    return violation({
      message: `a rollout needs one more node than there are pods: each holds ${held} of its node, and no old pod may go before a new one is available`,
      arithmetic: surgeText(assessment),
      fix: 'set maxSurge to 0 and maxUnavailable to 1',
      field: 'spec.strategy.rollingUpdate',
    });
  },
};

function hostPortsOf({ pod }: Workload): string | undefined {
  const onHost = valueAt(pod.template, 'spec', 'hostNetwork') === true;
  let text: string | undefined;
  for (const { json } of pod.all) {
    for (const port of objectsAt(json, 'ports')) {
      const number = numberAt(port, 'hostPort') ?? (onHost ? numberAt(port, 'containerPort') : undefined);
      if (number !== undefined && number > 0) text = text === undefined ? String(number) : `${text}, ${number}`;
    }
  }
  return text;
}
