import type { Container } from '../manifest/container';
import { type Probe, secondsToFail, secondsToFailText } from '../manifest/probe';
import { actionText, sameAction } from '../manifest/probe-action';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

/** Looser by this factor, liveness leaves a busy server time to recover outside of the traffic. */
const CLEARLY_LOOSER = 2;

export const livenessSameAsReadiness: WorkloadRule = {
  id: 'liveness-same-as-readiness',
  title: 'The liveness probe asks the same as the readiness probe, and is no more patient',
  severity: 'error',
  judges: 'workload',
  hazard:
    'A server that is too busy to answer should be left alone until it has caught up. With equal probes the kubelet ' +
    'restarts it at the moment when it would be taken out of the traffic: every request in flight is cut, its load ' +
    'goes to the other pods, and they fail next.',
  remedy: 'Ask something that only a restart can mend, or give liveness clearly more time than readiness.',
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/ (the same endpoint, but with a higher failureThreshold)',
    'zegl/kube-score#339 and #366 (the same path with looser thresholds is defended)',
  ],
  judge({ workload, server, traffic }) {
    const verdicts: Verdict[] = [];
    for (const container of workload.pod.all) {
      const { liveness, readiness } = container;
      if (!liveness || !readiness) continue;
      const serving = container === server && traffic.sources.length > 0;
      verdicts.push(compare(container, liveness, readiness, serving));
    }
    return verdicts.length > 0 ? verdicts : notApplicable('no container has both a liveness and a readiness probe');
  },
};

function compare(container: Container, liveness: Probe, readiness: Probe, serving: boolean): Verdict {
  const what = actionText(liveness);
  if (!sameAction(container, liveness, readiness)) {
    return pass(`liveness asks ${what}, readiness ${actionText(readiness)}`);
  }
  const [restart, unready] = [secondsToFail(liveness), secondsToFail(readiness)];
  const sum = `liveness ${secondsToFailText(liveness)}, readiness ${secondsToFailText(readiness)}`;
  if (failing(liveness) >= CLEARLY_LOOSER * failing(readiness)) {
    return pass(`both ask ${what}, but the pod is out of the traffic ${restart - unready} s before a restart (${sum})`);
  }
  const fix = `let liveness ask something that does not depend on the load, or raise its failureThreshold to ${Math.ceil((CLEARLY_LOOSER * failing(readiness)) / liveness.periodSeconds)} or more`;
  const sooner = restart <= unready;
  return violation({
    message: sooner
      ? `liveness and readiness both ask ${what}: a busy server is restarted after ${restart} s, when readiness takes it out of the traffic after ${unready} s`
      : `liveness and readiness both ask ${what}, and a busy server has only ${restart - unready} s outside of the traffic before it is restarted`,
    arithmetic: sum,
    fix,
    container: container.name,
    field: 'livenessProbe',
    // Without traffic there is nothing in flight to lose.
    severity: sooner && serving ? undefined : 'warning',
  });
}

function failing({ periodSeconds, failureThreshold }: Probe): number {
  return periodSeconds * failureThreshold;
}
