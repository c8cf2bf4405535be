import type { Assessment } from '../manifest/assessment';
import type { Container } from '../manifest/container';
import { type Hook, longestHookSeconds } from '../manifest/hook';
import { MINIMUM_WINDOW_SECONDS } from '../termination/budget';
import { secondsText } from '../termination/seconds';
import { cannotJudge, notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const prestopConsumesGrace: WorkloadRule = {
  id: 'prestop-consumes-grace',
  title: 'preStop takes the whole grace period',
  severity: 'error',
  judges: 'workload',
  hazard:
    'The preStop hook runs within the grace period. Where it takes all of it, SIGKILL follows SIGTERM after the 2 s that the ' +
    'kubelet leaves to every container: requests in flight that need longer are cut, and the process cannot end in order.',
  remedy:
    'Raise terminationGracePeriodSeconds above the length of the hook and the drain after it, or shorten the hook.',
  sources: [
    'kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go v1.36.2, killContainer: grace minus the time of preStop',
    'kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_manager.go v1.36.2, minimumGracePeriodInSeconds = 2',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow',
  ],
  judge(assessment) {
    const { pod } = assessment.workload;
    if (pod.graceSeconds <= 0) return notApplicable('there is no grace period to speak of; see grace-zero');
    const verdicts: Verdict[] = [];
    for (const container of pod.all) {
      if (container.preStop) verdicts.push(judgeHook(assessment, container, container.preStop));
    }
    return verdicts.length > 0 ? verdicts : notApplicable('no container has a preStop hook');
  },
};

function judgeHook(assessment: Assessment, container: Container, hook: Hook): Verdict {
  const { graceSeconds: grace, graceIsDefault } = assessment.workload.pod;
  const longest = longestHookSeconds(hook);
  const takes = longest ?? hook.delaySeconds;
  if (takes === Infinity) {
    return violation({
      message: `preStop never returns: it is given up after the grace of ${grace} s, and SIGKILL comes ${MINIMUM_WINDOW_SECONDS} s after SIGTERM`,
      fix: 'let the hook end when the last traffic source has stopped sending',
      container: container.name,
      field: 'lifecycle.preStop',
    });
  }
  if (takes > 0 && takes >= grace - MINIMUM_WINDOW_SECONDS) {
    const least = takes + MINIMUM_WINDOW_SECONDS + 1;
    const needed = Math.ceil(Math.max(least, assessment.budget?.requiredGraceSeconds ?? 0));
    const most = grace - MINIMUM_WINDOW_SECONDS - 1;
    return violation({
      message: `preStop takes ${longest === undefined ? 'at least ' : ''}${secondsText(takes)} of the grace of ${grace} s${graceIsDefault ? ' (the default)' : ''}: SIGKILL comes ${secondsText(Math.max(MINIMUM_WINDOW_SECONDS, grace - takes))} after SIGTERM`,
      arithmetic: `grace ${grace} s - preStop ${secondsText(takes)} = ${secondsText(grace - takes)}, which is no more than the ${MINIMUM_WINDOW_SECONDS} s that every container gets`,
      fix: `raise terminationGracePeriod to ${needed} s or more${most > 0 ? `, or shorten the hook to ${most} s or less` : ''}`,
      container: container.name,
      field: 'lifecycle.preStop',
    });
  }
  if (longest === undefined) {
    return cannotJudge(
      `preStop has no known length: ${hook.unknown ?? 'it cannot be read'}`,
      'give the hook a length that can be read, such as lifecycle.preStop.sleep',
      container.name,
    );
  }
  return pass(`preStop of ${container.name} leaves ${secondsText(grace - takes)} of the grace of ${grace} s`);
}
