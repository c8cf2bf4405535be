import type { Assessment } from '../manifest/assessment';
import { intentKey } from '../manifest/intent';
import { MINIMUM_WINDOW_SECONDS } from '../termination/budget';
import { secondsText } from '../termination/seconds';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const longLivedConnectionsCut: WorkloadRule = {
  id: 'long-lived-connections-cut',
  title: 'connections without an end are cut when the pod goes',
  severity: 'warning',
  judges: 'workload',
  settledBy: ['longLivedConnections'],
  hazard:
    'No drain is long enough for a WebSocket or an endless stream: each one that is still open at the end of the drain is cut in ' +
    'that second, and until then it may keep the server from ending, so that every pod takes its whole grace period.',
  remedy:
    'Let clients connect again by themselves, and let the server close such connections, spread over the drain, when it starts.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 (close code 1001, going away)',
  ],
  judge(assessment) {
    const stated = assessment.intent.longLivedConnections;
    if (stated === undefined) {
      return notApplicable(
        `nobody stated connections without an end (annotation ${intentKey('longLivedConnections')})`,
      );
    }
    if (!stated) return pass('it is stated that no connection is without an end');
    const { second, why } = cutAt(assessment);
    return violation({
      message: `WebSockets and other connections without an end are cut ${second === undefined ? '' : `${secondsText(second)} after the deletion, `}${why}`,
      arithmetic: assessment.budget?.sum,
      fix: 'let clients connect again by themselves and the server close such connections when its drain starts, then acknowledge this',
      container: assessment.server?.name,
    });
  },
};

/** The second in which the last of them is gone, and what ends it. */
function cutAt(assessment: Assessment): { readonly second?: number; readonly why: string } {
  const { sigterm, preStopSeconds, workload, intent } = assessment;
  const grace = Math.max(1, workload.pod.graceSeconds);
  if (!sigterm) return { second: grace, why: 'at the latest: by SIGKILL' };
  if (sigterm.inFlight === 'ignored') return { second: grace, why: 'by SIGKILL' };
  if (preStopSeconds === undefined) return { why: 'at the end of the drain; when preStop returns is not known' };

  const sigtermAt = Math.min(preStopSeconds, grace);
  const killAt = Math.max(grace, sigtermAt + MINIMUM_WINDOW_SECONDS);
  if (sigterm.inFlight !== 'drains' || sigterm.cutsStreams)
    return { second: sigtermAt, why: 'by the server at SIGTERM' };
  if (sigterm.boundSeconds !== undefined && !sigterm.hangsAtBound) {
    const phases = sigterm.perPhase ? Math.max(1, intent.shutdownPhases ?? 1) : 1;
    const boundAt = sigtermAt + sigterm.quietSeconds + sigterm.boundSeconds * phases;
    if (boundAt < killAt) return { second: boundAt, why: `by the server's own timeout (${sigterm.boundBy})` };
  }
  return { second: killAt, why: 'by SIGKILL: the server has no timeout of its own before it' };
}
