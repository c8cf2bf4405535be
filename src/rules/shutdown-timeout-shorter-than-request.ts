import type { Assessment } from '../manifest/assessment';
import { intentKey } from '../manifest/intent';
import { secondsText } from '../termination/seconds';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';
import { inFlightNotKnown, knownBehaviour, serverTitle, settingText, timeoutNotRead } from './server-words';

export const shutdownTimeoutShorterThanRequest: WorkloadRule = {
  id: 'shutdown-timeout-shorter-than-request',
  title: "the server's own shutdown timeout is shorter than the longest request",
  severity: 'error',
  judges: 'workload',
  settledBy: ['drainTimeoutSeconds'],
  hazard:
    'The server drains on SIGTERM, but only until its own timeout: a request that needs longer is cut then, or left hanging, ' +
    'even if the grace period would have given it all the seconds that it needs.',
  remedy: "Raise the server's own shutdown timeout to the longest request.",
  sources: [
    'https://docs.spring.io/spring-boot/reference/web/graceful-shutdown.html (spring.lifecycle.timeout-per-shutdown-phase, 30 s by default)',
    'spring-projects/spring-boot#26469',
    'vllm-project/vllm vllm/config/vllm.py, shutdown_timeout; Kludex/uvicorn uvicorn/server.py, timeout_graceful_shutdown',
  ],
  judge(assessment) {
    const { sigterm, longestRequestSeconds: longest } = assessment;
    if (!sigterm) return notApplicable('what the server does at SIGTERM is not known');
    if (sigterm.inFlight !== 'drains')
      return notApplicable('the server does not drain at SIGTERM; see sigterm-aborts-requests');
    const bound = sigterm.boundSeconds;
    if (bound === undefined && sigterm.boundDoubt) return timeoutNotRead(assessment, sigterm.boundDoubt);
    if (bound === undefined) return notApplicable(`${serverTitle(assessment)} has ${sigterm.boundBy}`);
    if (longest !== undefined && bound >= longest) {
      return pass(
        `${serverTitle(assessment)} waits ${secondsText(bound)} (${sigterm.boundBy}), the longest request takes ${secondsText(longest)}`,
      );
    }
    const idle = assessment.idleAtSigterm;
    if (idle) return pass('preStop returns only when the last request is done');
    if (longest === undefined || idle === undefined) return inFlightNotKnown(assessment);
    if (sigterm.boundDoubt) return timeoutNotRead(assessment, sigterm.boundDoubt);
    return tooShort(assessment, bound, longest);
  },
};

function tooShort(assessment: Assessment, bound: number, longest: number): Verdict {
  const { sigterm, server } = assessment;
  const ends = sigterm?.hangsAtBound ? 'leaves what is in flight hanging' : 'cuts what is in flight';
  const short = secondsText(longest - bound);
  return violation({
    message: `${serverTitle(assessment)} ${ends} after ${secondsText(bound)} (${sigterm?.boundBy}), the longest request takes ${secondsText(longest)} (${short} short)`,
    arithmetic: `longest request ${secondsText(longest)} - shutdown timeout ${secondsText(bound)} = ${short}`,
    fix: `${raiseTimeout(assessment, longest)}, or lower longestRequest`,
    container: server?.name,
  });
}

function raiseTimeout(assessment: Assessment, seconds: number): string {
  const { setting, configuredBy } = knownBehaviour(assessment)?.bound.value ?? {};
  const least = Math.ceil(seconds);
  const stated = `annotation ${intentKey('drainTimeoutSeconds')}`;
  return setting
    ? `set ${settingText(assessment, setting, least)} or more, or state with the ${stated} what the image's own configuration sets`
    : `raise ${configuredBy ?? "the server's shutdown timeout"}, and the ${stated}, to ${least} s or more`;
}
