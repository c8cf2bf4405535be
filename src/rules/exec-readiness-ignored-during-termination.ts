import type { TrafficView } from '../manifest/traffic-view';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';
import { howToState } from './stated-option';

export const execReadinessIgnoredDuringTermination: WorkloadRule = {
  id: 'exec-readiness-ignored-during-termination',
  title: 'The kubelet of this version does not run exec readiness probes in a terminating pod',
  severity: 'error',
  judges: 'workload',
  settledBy: ['kubernetesVersion'],
  hazard:
    'preStop makes the marker, but the kubelet no longer asks the probe that tests it: readiness stays true until the ' +
    'container is gone, and whatever follows readiness sends new requests during the whole drain.',
  remedy:
    'Use an httpGet readiness probe that turns 503 on drain, or a version whose kubelet goes on with exec probes.',
  sources: [
    'kubernetes/kubernetes#140881 and #140509: 1.35, and 1.36 from 1.36.3 on; fixed on the main branch by #140882',
    'run: 1.34.4 and 1.36.3, two nodes, exec readiness probe every second, one pod deleted: on 1.36.3 it stayed ready',
  ],
  judge({ server, traffic, drainGate, kubernetesVersion }) {
    if (!server || drainGate?.kind !== 'marker') {
      return notApplicable('no exec readiness probe tests a marker that preStop makes');
    }
    const { sources } = traffic;
    if (sources.length === 0) return notApplicable('nothing sends requests to the pod');
    if (drainGate.falseAtSeconds !== undefined) {
      return pass(`the marker turns readiness false at ${drainGate.falseAtSeconds} s at the latest`);
    }
    const deaf = sources.filter((source) => source.follows === 'readiness');
    const told = sources.filter((source) => source.follows === 'deletion');
    if (kubernetesVersion === undefined && deaf.length === 0) {
      return pass(`nothing depends on the marker: ${titlesOf(told)} learn of the drain from the deletion`);
    }
    const who = [
      ...(deaf.length > 0 ? [`does not learn of the drain: ${titlesOf(deaf)}`] : []),
      ...(told.length > 0 ? [`still learns of it, from the deletion: ${titlesOf(told)}`] : []),
    ].join('; ');
    return violation({
      message: `the drain marker ${drainGate.path} is tested by an exec readiness probe, which the kubelet may not run during termination; ${who}`,
      arithmetic: drainGate.why,
      fix:
        kubernetesVersion === undefined
          ? `state the version with ${howToState('kubernetesVersion')}, or use an httpGet readiness probe that answers 503 on drain`
          : 'use an httpGet readiness probe that answers 503 on drain, or Kubernetes 1.34 or 1.36.0 to 1.36.2',
      container: server.name,
      field: 'readinessProbe.exec',
      severity: deaf.length > 0 && kubernetesVersion !== undefined ? undefined : 'warning',
    });
  },
};

function titlesOf(sources: readonly TrafficView[]): string {
  return sources.map((source) => source.title).join(', ');
}
