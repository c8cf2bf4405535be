import type { Workload } from '../manifest/fleet';
import { objectsAt } from '../manifest/json';
import { DEFAULT_GRACE_SECONDS } from '../manifest/pod';
import { secondsText } from '../termination/seconds';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';
import { howToState } from './stated-option';

/** Only where the longest request is not stated: with it, grace-shorter-than-shutdown has the whole sum. */
export const graceNotSized: WorkloadRule = {
  id: 'grace-not-sized',
  title: 'terminationGracePeriodSeconds is not sized for what the pod does',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'SIGKILL comes when the grace is over. The default of 30 s suits a web server with short requests; a generation of a model often ' +
    'takes longer, and a database that is killed while it flushes replays its log for minutes at the next start.',
  remedy:
    'Set terminationGracePeriodSeconds to the time of the preStop hook and the longest request or flush, and state the latter.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'kubernetes/kubernetes pkg/apis/core/v1/defaults.go v1.36.2 (30 s)',
    'llm-d/llm-d#1653 and kserve/kserve#5485 (graces of 60 s to 330 s for inference)',
  ],
  judge(assessment) {
    const { workload, traffic, marginSeconds } = assessment;
    const { graceSeconds: grace, graceIsDefault } = workload.pod;
    if (grace <= 0) return notApplicable('see grace-zero');
    if (grace > DEFAULT_GRACE_SECONDS) return pass(`terminationGracePeriodSeconds is ${grace} s`);
    if (assessment.longestRequestSeconds !== undefined)
      return notApplicable('the longest request is known; see grace-shorter-than-shutdown');
    const set = graceIsDefault ? `not set, so it is ${grace} s` : `${grace} s`;
    const settle = `state the longest request with ${howToState('longestRequestSeconds')}`;
    const field = workload.podField('spec.terminationGracePeriodSeconds');
    if (assessment.servesModel && !RUNS_TO_ITS_END.has(workload.ref.kind)) {
      return violation({
        message: `terminationGracePeriodSeconds is ${set}: a generation that takes longer is cut each time a pod of this model server goes`,
        arithmetic: `grace ${grace} s - propagation ${secondsText(traffic.propagationSeconds)} - margin ${secondsText(marginSeconds)} = ${secondsText(grace - traffic.propagationSeconds - marginSeconds)} for the longest request`,
        fix: `set terminationGracePeriodSeconds to the preStop hook, the longest generation and ${secondsText(marginSeconds)} together, and ${settle}`,
        field,
      });
    }
    if (keepsState(workload) && (graceIsDefault || grace < DEFAULT_GRACE_SECONDS)) {
      return violation({
        message: `terminationGracePeriodSeconds is ${set}: a server that keeps data is killed if handing over and flushing take longer`,
        fix: 'set terminationGracePeriodSeconds to the time in which the server hands over and flushes under full load',
        field,
      });
    }
    const left = grace - traffic.propagationSeconds - marginSeconds;
    if (traffic.slowest && left <= 0) {
      return violation({
        message: `terminationGracePeriodSeconds is ${set}: ${traffic.slowest.title} may send new requests for ${secondsText(traffic.propagationSeconds)}, and nothing of it is left for them to finish`,
        arithmetic: `grace ${grace} s - ${traffic.slowest.title} ${secondsText(traffic.propagationSeconds)} - margin ${secondsText(marginSeconds)} = ${secondsText(left)} for the longest request`,
        fix: `leave it at ${DEFAULT_GRACE_SECONDS} s or more, and ${settle}`,
        field,
      });
    }
    return pass(`terminationGracePeriodSeconds is ${set}, and nothing says that the shutdown takes longer`);
  },
};

const RUNS_TO_ITS_END: ReadonlySet<string> = new Set(['Job', 'CronJob']);

/** A StatefulSet with volumes of its own. */
function keepsState(workload: Workload): boolean {
  return (
    workload.ref.kind === 'StatefulSet' && objectsAt(workload.source.json, 'spec', 'volumeClaimTemplates').length > 0
  );
}
