import { secondsText } from '../termination/seconds';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';
import { inFlightNotKnown, knownBehaviour, serverTitle, settingText, timeoutNotRead } from './server-words';

/**
 * An error only where nothing but the timeout, which somebody set, says how long a request may take. With a longest
 * request stated, whether requests are lost is what grace-shorter-than-shutdown judges.
 */
export const shutdownTimeoutLongerThanGrace: WorkloadRule = {
  id: 'shutdown-timeout-longer-than-grace',
  title: "the server's own shutdown timeout is longer than what is left of the grace period",
  severity: 'error',
  judges: 'workload',
  settledBy: ['drainTimeoutSeconds'],
  hazard:
    'SIGKILL comes while the server still waits for requests that its own timeout allows: they are cut without an answer for as ' +
    'many seconds as the grace is short, and nothing that should follow them (closing connections, flushing logs) is done.',
  remedy: 'Raise terminationGracePeriodSeconds above preStop and the timeout, or lower the timeout to what is left.',
  sources: [
    'vllm-project/vllm#43208: the grace must be more than preStop and --shutdown-timeout together',
    'https://docs.spring.io/spring-boot/reference/web/graceful-shutdown.html',
    'kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go v1.36.2, killContainer: grace minus the time of preStop',
  ],
  judge(assessment) {
    const { sigterm, server, longestRequestSeconds: longest, intent, workload, marginSeconds } = assessment;
    if (!sigterm || !server) return notApplicable('what the server does at SIGTERM is not known');
    if (sigterm.inFlight !== 'drains')
      return notApplicable('the server does not drain at SIGTERM; see sigterm-aborts-requests');
    const bound = sigterm.boundSeconds;
    if (bound === undefined && sigterm.boundDoubt) return timeoutNotRead(assessment, sigterm.boundDoubt);
    if (bound === undefined) return notApplicable(`${serverTitle(assessment)} has ${sigterm.boundBy}`);
    if (assessment.idleAtSigterm)
      return notApplicable('preStop returns only when the last request is done, so the timeout is never reached');
    if (sigterm.hangsAtBound && longest !== undefined) {
      return notApplicable('at its timeout the server leaves requests hanging, so SIGKILL is their end in any case');
    }

    const phases = sigterm.perPhase ? Math.max(1, intent.shutdownPhases ?? 1) : 1;
    const preStop = assessment.preStopSeconds ?? server.preStop?.delaySeconds ?? 0;
    const grace = workload.pod.graceSeconds;
    const left = Math.max(0, grace - preStop - sigterm.quietSeconds);
    const takes = bound * phases;
    const quiet = sigterm.quietSeconds > 0 ? ` - quiet period ${secondsText(sigterm.quietSeconds)}` : '';
    const sum = `grace ${grace} s - preStop ${secondsText(preStop)}${quiet} = ${secondsText(left)} left`;
    const timeout = `shutdown timeout ${secondsText(bound)}${phases > 1 ? ` x ${phases} phases = ${secondsText(takes)}` : ''}`;
    if (takes <= left) {
      return assessment.preStopSeconds === undefined ? inFlightNotKnown(assessment) : pass(`${sum}, ${timeout}`);
    }
    if (sigterm.boundDoubt) return timeoutNotRead(assessment, sigterm.boundDoubt);
    const setting = knownBehaviour(assessment)?.bound.value.setting;
    const most = Math.floor(left / phases);
    const lower =
      setting && most > 0 && most >= (longest ?? 0) ? `, or set ${settingText(assessment, setting, most)}` : '';
    const enough = Math.ceil(Math.max(preStop, 0) + sigterm.quietSeconds + takes + sigterm.exitSeconds + marginSeconds);
    const chosen = bound !== knownBehaviour(assessment)?.bound.value.seconds;
    return violation({
      message: `${serverTitle(assessment)} may wait ${secondsText(takes)} for requests (${sigterm.boundBy}), SIGKILL comes ${secondsText(left)} after SIGTERM (${secondsText(takes - left)} short)`,
      arithmetic: `${sum}; ${timeout}`,
      fix: `raise terminationGracePeriod to ${enough} s or more${lower}`,
      field: workload.podField('spec.terminationGracePeriodSeconds'),
      severity: longest === undefined && chosen ? undefined : 'warning',
    });
  },
};
