import type { Assessment } from '../manifest/assessment';
import type { Container } from '../manifest/container';
import { markerOf } from '../manifest/drain-gate-view';
import { secondsToFail, secondsToFailText } from '../manifest/probe';
import { actionText, sameAction } from '../manifest/probe-action';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

/**
 * In a pod that is being deleted or shut down the kubelet runs no liveness probes any more. It does so while a drain is
 * made in any other way: the marker or the endpoint by hand, or a marker left behind by a container restart.
 */
export const livenessGatedOnDrain: WorkloadRule = {
  id: 'liveness-gated-on-drain',
  title: 'The liveness probe fails when the drain starts',
  severity: 'error',
  judges: 'workload',
  hazard:
    'A drain is no reason for a restart. A pod that is drained without being deleted (marker or endpoint used by hand, a ' +
    'marker left over from a container restart) is killed by its own liveness probe, and every request that the drain ' +
    'was to let finish is cut; with a marker on a volume, again and again.',
  remedy: 'Let liveness ask something that the drain does not change; only readiness may look at the drain.',
  sources: [
    'kubernetes/kubernetes pkg/kubelet/prober/worker.go (doProbe) and kubelet.go (SyncTerminatingPod, StopLivenessAndStartup) v1.36.2: no liveness probes in a terminating pod',
    'kubernetes/kubernetes#141766: until then native sidecars were still probed in a shutdown without a deletion',
  ],
  judge(assessment) {
    const verdicts: Verdict[] = [];
    for (const container of assessment.workload.pod.all) {
      if (!container.liveness) continue;
      verdicts.push(
        judgeMarker(container) ??
          judgeAnswer(assessment, container) ??
          pass(`liveness asks ${actionText(container.liveness)}, which the drain does not change`),
      );
    }
    return verdicts.length > 0 ? verdicts : notApplicable('there is no liveness probe');
  },
};

function judgeMarker(container: Container): Verdict | undefined {
  const { liveness } = container;
  const marker = markerOf(container, liveness);
  if (!liveness || marker === undefined) return undefined;
  const mount = container.mountAt(marker);
  const again = mount && !container.postStart?.removes.includes(marker);
  return violation({
    message:
      `the liveness probe tests the drain marker ${marker}: a pod drained by it is restarted after ${secondsToFail(liveness)} s` +
      (again ? `, and since volume ${mount.name} keeps the marker, again and again` : ''),
    arithmetic: `liveness ${secondsToFailText(liveness)}`,
    fix: `take the test of ${marker} out of the liveness probe; only readiness may look at the drain`,
    container: container.name,
    field: 'livenessProbe.exec',
  });
}

/** The same answer as readiness, which turns 503 on drain. */
function judgeAnswer({ server, sigterm, drainGate, intent }: Assessment, container: Container): Verdict | undefined {
  const { liveness, readiness } = container;
  if (container !== server || !liveness || !readiness || !sameAction(container, liveness, readiness)) return undefined;
  const cause =
    drainGate?.kind === 'drain-endpoint'
      ? `after a call of ${intent.drainEndpoint}`
      : sigterm?.readiness === '503' && liveness.kind !== 'tcpSocket'
        ? 'after SIGTERM'
        : undefined;
  if (cause === undefined) return undefined;
  return violation({
    message: `liveness asks what readiness asks, ${actionText(liveness)}, which turns bad ${cause}: a server that drains without its pod being deleted is killed after ${secondsToFail(liveness)} s`,
    arithmetic: `liveness ${secondsToFailText(liveness)}`,
    fix: 'let liveness ask a path that stays 200 during the drain',
    container: container.name,
    field: 'livenessProbe',
    severity: 'warning',
  });
}
