import type { Assessment } from '../manifest/assessment';
import type { Container } from '../manifest/container';
import { intentKey } from '../manifest/intent';
import { readSetting, settingsOf } from '../manifest/runtime-view';
import { secondsText } from '../termination/seconds';
import { cannotJudge, notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';
import { holdFix, holdSum, inFlightNotKnown, knownBehaviour, serverTitle, settingText } from './server-words';

export const sigtermAbortsRequests: WorkloadRule = {
  id: 'sigterm-aborts-requests',
  title: 'the server aborts requests in flight at SIGTERM',
  severity: 'error',
  judges: 'workload',
  settledBy: ['sigterm'],
  hazard:
    'Every request that is in flight when preStop returns is cut, answered with an error or left hanging, however many seconds ' +
    'of the grace period are left. With streams of minutes that is nearly every request that the pod holds.',
  remedy: 'Let preStop hold until the last request is done, or turn on the drain of the server.',
  sources: [
    'vllm-project/vllm#36666 and #34730: without --shutdown-timeout requests in flight are aborted',
    'https://docs.spring.io/spring-boot/reference/web/graceful-shutdown.html',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow',
  ],
  judge(assessment) {
    const { sigterm, runtime, server, traffic, workload } = assessment;
    if (!workload.servesRequests && !traffic.slowest) return notApplicable('no request comes to its pods from outside');
    const stated = `state drains, aborts or ignored with the annotation ${intentKey('sigterm')}`;
    if (!sigterm || !server) {
      if (runtime)
        return cannotJudge(
          'what the server does with requests in flight at SIGTERM is not stated',
          stated,
          server?.name,
        );
      return notApplicable(
        traffic.slowest
          ? 'the server is not known; see runtime-unknown'
          : 'nothing is known to send requests to the pod',
      );
    }
    if (sigterm.inFlight === 'drains')
      return pass(`${serverTitle(assessment)} lets requests in flight finish (${sigterm.why})`);
    if (sigterm.inFlight === 'ignored') return ignored(assessment);
    const idle = assessment.idleAtSigterm;
    if (idle) return pass('preStop returns only when the last request is done');
    if (sigterm.inFlight === 'unknown') {
      return cannotJudge(
        `what ${serverTitle(assessment)} does with requests in flight at SIGTERM is not known: ${sigterm.why}`,
        stated,
        server.name,
      );
    }
    if (idle === false) return aborted(assessment, server);
    if (assessment.preStopSeconds !== undefined) return inFlightNotKnown(assessment);
    return cannotJudge(
      `${serverTitle(assessment)} aborts requests in flight at SIGTERM, and how long preStop holds is not known (${server.preStop?.unknown})`,
      'give the hook a length that can be read, such as lifecycle.preStop.sleep',
      server.name,
    );
  },
};

function aborted(assessment: Assessment, server: Container): Verdict {
  const { sigterm, longestRequestSeconds: longest } = assessment;
  const hook = server.preStop;
  const wait = hook?.waitUntilIdleSeconds;
  const holds =
    wait === undefined
      ? `holds ${secondsText(hook?.delaySeconds ?? 0)}`
      : `waits until idle for ${secondsText(wait)} at most`;
  const needs =
    wait === undefined || longest === undefined ? holdSum(assessment) : `longest request ${secondsText(longest)}`;
  return violation({
    message: `${serverTitle(assessment)} aborts requests in flight at SIGTERM, and preStop ${holds}`,
    arithmetic: `needed: ${needs}; preStop ${holds}; SIGTERM: ${sigterm?.why}`,
    fix: waysOut(assessment, server).join(', or '),
    container: server.name,
    field: 'lifecycle.preStop',
  });
}

/** What lets requests finish, the most natural for this server first. The grace grows with each. */
function waysOut(assessment: Assessment, server: Container): readonly string[] {
  const { intent, runtime, sigterm, longestRequestSeconds: longest } = assessment;
  const { drainBrokenBy, drainSwitch } = knownBehaviour(assessment) ?? {};
  const ways: string[] = [];
  if (runtime?.facts?.gauges) {
    const time = longest === undefined ? 'as long as the longest request' : `up to ${secondsText(longest)}`;
    ways.push(`let preStop wait until its in-flight gauges are zero, ${time}`);
  }
  const stated = intent.sigterm !== undefined;
  const broken = drainBrokenBy?.value;
  if (broken && Number(readSetting(broken.setting, settingsOf(server))) > broken.above) {
    ways.push(`set ${settingText(assessment, broken.setting, broken.above)}, with which it can drain`);
  } else if (drainSwitch && !stated && !sigterm?.cutsStreams) {
    const { setting, on } = drainSwitch.value;
    ways.push(
      typeof on === 'number'
        ? `turn its drain on with ${settingText(assessment, setting, Math.max(on, Math.ceil(longest ?? on)))} or more`
        : `turn its drain on with ${settingText(assessment, setting, on)}`,
    );
  }
  ways.push(holdFix(assessment));
  if (drainSwitch?.value.setting.env && !stated) {
    ways.push(
      `state drains with the annotation ${intentKey('sigterm')} where the image's own configuration turns it on`,
    );
  }
  return ways;
}

/** Nothing is cut at SIGTERM then, but only SIGKILL ends the pod. */
function ignored(assessment: Assessment): Verdict {
  const { server, traffic, longestRequestSeconds: longest, workload } = assessment;
  const grace = Math.max(1, workload.pod.graceSeconds);
  const lastDone = longest === undefined ? undefined : traffic.propagationSeconds + longest;
  const cut = lastDone !== undefined && lastDone > grace;
  return violation({
    message: cut
      ? `${serverTitle(assessment)} ignores SIGTERM, so SIGKILL after ${grace} s cuts requests that may last until ${secondsText(lastDone)} (${secondsText(lastDone - grace)} short)`
      : `${serverTitle(assessment)} ignores SIGTERM, so every pod stays until SIGKILL after its whole grace of ${grace} s`,
    arithmetic: `${holdSum(assessment)}; grace ${grace} s`,
    fix: `let the server end on SIGTERM when its requests are done${cut ? `, or raise terminationGracePeriod to ${Math.ceil(lastDone)} s or more` : ''}`,
    container: server?.name,
    severity: cut ? undefined : 'warning',
  });
}
