import type { Assessment } from '../manifest/assessment';
import { intentKey } from '../manifest/intent';
import { nameOf, settingsOf, settingValue } from '../manifest/runtime-view';
import { sigtermBehaviour } from '../runtimes';
import type { Setting, SigtermBehaviour } from '../runtimes/runtime';
import { secondsText } from '../termination/seconds';
import { cannotJudge, notApplicable, type Verdict } from './rule';

/** The server as messages call it: `vLLM 0.32.0`, or `the server` where nobody knows its name. */
export function serverTitle({ runtime }: Assessment): string {
  if (!runtime?.facts) return 'the server';
  return runtime.version === undefined ? runtime.title : `${runtime.title} ${runtime.version}`;
}

/** Nobody can say whether requests are in flight at SIGTERM; another rule asks what would settle it. */
export function inFlightNotKnown({ preStopSeconds }: Assessment): Verdict {
  return preStopSeconds === undefined
    ? notApplicable('how long preStop holds is not known; see prestop-consumes-grace')
    : notApplicable('the longest request is not known; see grace-shorter-than-shutdown');
}

/** The timeout of the server is set, or may be, by something that was not read. */
export function timeoutNotRead(assessment: Assessment, doubt: string): Verdict {
  return cannotJudge(
    `how long ${serverTitle(assessment)} waits for requests after SIGTERM is not known: ${doubt}`,
    `state it with the annotation ${intentKey('drainTimeoutSeconds')}, or judge the workload together with its ConfigMaps`,
    assessment.server?.name,
  );
}

/** What the facts say of this server and version, whatever was stated of it. */
export function knownBehaviour({ runtime }: Assessment): SigtermBehaviour | undefined {
  return runtime?.facts && sigtermBehaviour(runtime.facts, runtime.version).behaviour;
}

/** As in `SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE=30s` or `--shutdown-timeout 150`. */
export function settingText({ server }: Assessment, setting: Setting, value: string | number): string {
  const name = server ? nameOf(setting, settingsOf(server)) : '';
  const text = typeof value === 'number' ? settingValue(setting, value) : value;
  return setting.flag !== undefined && name.endsWith(setting.flag) ? `${name} ${text}` : `${name}=${text}`;
}

/** As in `kube-proxy 5 s + longest request 30 s = 35 s`: how long preStop would have to hold for no request to meet SIGTERM. */
export function holdSum({ traffic, longestRequestSeconds: longest }: Assessment): string {
  const source = traffic.slowest ? `${traffic.slowest.title} ${secondsText(traffic.propagationSeconds)} + ` : '';
  if (longest === undefined) return `${source}the longest request, which is not known`;
  const sum = source && ` = ${secondsText(traffic.propagationSeconds + longest)}`;
  return `${source}longest request ${secondsText(longest)}${sum}`;
}

export function holdFix({ traffic, longestRequestSeconds: longest }: Assessment): string {
  if (longest !== undefined) return `let preStop hold ${secondsText(traffic.propagationSeconds + longest)} or more`;
  return `let preStop hold ${traffic.slowest ? `${secondsText(traffic.propagationSeconds)} and ` : ''}the longest request`;
}
