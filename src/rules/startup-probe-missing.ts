import { startupBudgetSeconds } from '../manifest/probe';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

/** A shorter delay is a habit and hides no slow start; models and databases always start slowly. */
const LONG_DELAY_SECONDS = 30;
const LONG_DELAY_OF_SLOW_STARTER_SECONDS = 15;

/** What startup-shorter-than-cold-start judges is the whole time; this is about the delay that stands in for the probe. */
export const startupProbeMissing: WorkloadRule = {
  id: 'startup-probe-missing',
  title: 'initialDelaySeconds of the liveness probe stands in for a startup probe',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'The delay is too short for the slowest start and too long for all others: a start that takes longer is killed while it loads, again ' +
    'and again, and after every restart a server that hangs is left alone for the whole delay, failing what it is sent.',
  remedy:
    'Move the time of the start to a startupProbe with failureThreshold x periodSeconds, and remove initialDelaySeconds.',
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes',
    'kubernetes/enhancements keps/sig-node/950-liveness-probe-holdoff: stable in 1.20',
  ],
  judge(assessment) {
    const { server, mayServe, servesModel, workload } = assessment;
    const liveness = server?.liveness;
    if (!server || !liveness) return notApplicable('no liveness probe can end a slow start');
    if (server.startup) return pass('a startup probe holds the liveness probe off');
    const delay = liveness.initialDelaySeconds;
    const slow = servesModel || workload.ref.kind === 'StatefulSet';
    if (delay < (slow ? LONG_DELAY_OF_SLOW_STARTER_SECONDS : LONG_DELAY_SECONDS))
      return notApplicable('see startup-shorter-than-cold-start');
    if (!mayServe) return notApplicable('nothing sends requests to the pod');
    const budget = startupBudgetSeconds(liveness);
    const period = Math.min(10, liveness.periodSeconds);
    return violation({
      message: `a start that takes longer than ${budget} s is killed, and after each restart liveness looks only from ${delay} s on`,
      arithmetic: `initialDelaySeconds ${delay} s + ${liveness.periodSeconds} s x ${liveness.failureThreshold} = ${budget} s; no startup probe`,
      fix: `add a startupProbe with periodSeconds ${period} and failureThreshold ${Math.ceil(budget / period)} or more, and remove initialDelaySeconds`,
      container: server.name,
      field: 'livenessProbe.initialDelaySeconds',
    });
  },
};
