import { supports } from '../kubernetes/gates';
import type { Container } from '../manifest/container';
import type { Hook } from '../manifest/hook';
import { DEFAULT_GRACE_SECONDS } from '../manifest/pod';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

/** A hook shorter than that does not delay a restart by much. */
const LONG_PRE_STOP_SECONDS = 10;
/** A grace this long is meant for requests in flight; a container that hangs finishes none. */
const LONG_GRACE_SECONDS = 120;

export const livenessWithoutOwnGrace: WorkloadRule = {
  id: 'liveness-without-own-grace',
  title: 'A hung container is restarted only when the preStop hook or the grace period of the pod is over',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'The kubelet runs preStop, sends SIGTERM and waits out the grace period also when it restarts a container that failed ' +
    'its liveness probe. Nothing drains then: the pod is not deleted, traffic sources that follow the deletion go on ' +
    'sending, and the hung server fails those requests for all these seconds.',
  remedy: 'Set livenessProbe.terminationGracePeriodSeconds: it bounds preStop and drain for that restart only.',
  sources: [
    'kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go v1.36.2, setTerminationGracePeriod and killContainer',
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#probe-level-terminationgraceperiodseconds',
    'kubernetes/kubernetes#64715',
  ],
  since: '1.25',
  judge({ workload, kubernetesVersion }) {
    if (!supports('probeTerminationGracePeriod', kubernetesVersion)) {
      return notApplicable('this version has no grace period of its own for a probe');
    }
    const verdicts: Verdict[] = [];
    for (const container of workload.pod.all) {
      if (container.liveness)
        verdicts.push(judgeContainer(container, container.preStop, Math.max(0, workload.pod.graceSeconds)));
    }
    return verdicts.length > 0 ? verdicts : notApplicable('there is no liveness probe');
  },
};

function judgeContainer(container: Container, hook: Hook | undefined, grace: number): Verdict {
  const own = container.liveness?.terminationGracePeriodSeconds;
  if (own !== undefined) return pass(`a restart by the liveness probe takes at most ${own} s`);
  const known = Math.min(grace, (hook?.delaySeconds ?? 0) + (hook?.waitUntilIdleSeconds ?? 0));
  const unbounded = hook?.longestSeconds === undefined && hook?.unknown !== undefined && grace > DEFAULT_GRACE_SECONDS;
  if (known < LONG_PRE_STOP_SECONDS && !unbounded && grace < LONG_GRACE_SECONDS) {
    return pass(`preStop delays a restart by ${known} s, the grace period of the pod ends it after ${grace} s`);
  }
  const how =
    known >= LONG_PRE_STOP_SECONDS
      ? `for ${known} s, the length of its preStop hook`
      : unbounded
        ? `for up to ${grace} s, since the length of its preStop hook is not known`
        : `for up to ${grace} s if it does not react to SIGTERM`;
  return violation({
    message: `a hung container is not restarted ${how}, although its liveness probe has failed`,
    arithmetic: `livenessProbe.terminationGracePeriodSeconds not set: the grace of the pod, ${grace} s, counts`,
    fix: `set livenessProbe.terminationGracePeriodSeconds, for example to ${LONG_PRE_STOP_SECONDS}`,
    container: container.name,
    field: 'livenessProbe.terminationGracePeriodSeconds',
  });
}
