import { secondsToFail, secondsToFailText } from '../manifest/probe';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

/** A web server that is silent for less than this is in a garbage collection or a burst, not dead. */
const LEAST_WEB_SECONDS = 10;
/** An inference engine computes a batch, compiles a graph or loads an adapter for longer than that. */
const LEAST_ENGINE_SECONDS = 30;
/** Probed this seldom, it takes a long stall and not one busy moment to be killed. */
const PATIENT_ENGINE_SECONDS = 60;
/** With a timeout as long as this, one missing answer is not just a slow one. */
const PATIENT_TIMEOUT_SECONDS = 10;

export const livenessKillsBusyServer: WorkloadRule = {
  id: 'liveness-kills-busy-server',
  title: 'The liveness probe is tight enough to kill a server that is only busy',
  severity: 'error',
  judges: 'workload',
  hazard:
    'Under load a healthy server answers late. If the liveness probe takes that for death, the kubelet restarts the ' +
    'container: every request in flight is cut, the cold start follows, and the load moves to the other pods, which ' +
    'are killed in their turn.',
  remedy:
    'Give liveness several failures, a timeout that covers a slow answer under load, and more time than readiness takes.',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/ (wrong liveness probes restart containers under high load and fail in a cascade)',
    'ai-dynamo/dynamo#2124 and #11120, scaleapi/llm-engine#255, llm-d/llm-d-benchmark#1734 (busy engines that do not answer within 1 s)',
  ],
  judge({ server, traffic, servesModel, mayServe }) {
    const liveness = server?.liveness;
    if (!server || !liveness) return notApplicable('there is no liveness probe');
    if (!mayServe) return notApplicable('nothing sends requests to the pod');
    const seen = traffic.sources.length > 0;
    const { failureThreshold, timeoutSeconds } = liveness;
    const seconds = secondsToFail(liveness);
    const arithmetic = `liveness ${secondsToFailText(liveness)}`;
    const where = { arithmetic, container: server.name, field: 'livenessProbe' };

    if (failureThreshold === 1) {
      return violation({
        ...where,
        message: `one answer slower than ${timeoutSeconds} s restarts the container (failureThreshold 1)`,
        fix: 'raise failureThreshold of the liveness probe to 3 or more (6 is a good number)',
        severity: seen && timeoutSeconds < PATIENT_TIMEOUT_SECONDS ? undefined : 'warning',
      });
    }
    if (servesModel && timeoutSeconds === 1 && failureThreshold <= 3) {
      return violation({
        ...where,
        message: `${failureThreshold} answers slower than 1 s restart an engine that answers probes late under load`,
        fix: 'raise timeoutSeconds of the liveness probe to 5 and its failureThreshold to 6 or more',
        severity: seen && seconds < PATIENT_ENGINE_SECONDS ? undefined : 'warning',
      });
    }
    const least = servesModel ? LEAST_ENGINE_SECONDS : LEAST_WEB_SECONDS;
    if (seconds < least) {
      return violation({
        ...where,
        message: `a server that is too busy to answer for ${seconds} s is restarted (less than ${least} s)`,
        fix: `raise failureThreshold of the liveness probe to ${Math.ceil((least - timeoutSeconds) / liveness.periodSeconds)} or more`,
        severity: 'warning',
      });
    }
    const { readiness } = server;
    if (readiness && seconds < secondsToFail(readiness)) {
      const unready = secondsToFail(readiness);
      return violation({
        ...where,
        message: `a busy server is restarted after ${seconds} s, before readiness takes it out of the traffic after ${unready} s`,
        arithmetic: `${arithmetic}; readiness ${secondsToFailText(readiness)}`,
        fix: `raise failureThreshold of the liveness probe to ${Math.ceil((unready - timeoutSeconds) / liveness.periodSeconds) + 1} or more, or let readiness fail sooner`,
        severity: 'warning',
      });
    }
    return pass(`${arithmetic} until a restart`);
  },
};
