import type { Container } from '../manifest/container';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

const PROBES = ['readiness', 'liveness', 'startup'] as const;

export const execProbeTimeoutShort: WorkloadRule = {
  id: 'exec-probe-timeout-short',
  title: 'an exec probe has 1 s to start a program and finish it',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'Each exec probe starts a process in the container, which takes most of a second where the CPU is throttled or the node is busy. A ' +
    'timeout counts as a failure: healthy pods lose their traffic or are restarted, and the program that timed out may go on, one more each period.',
  remedy: 'Set timeoutSeconds to 5 or more, or ask by httpGet or gRPC, which start nothing.',
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/ (exec timeouts count since 1.20)',
    'containerd/containerd#7802 and kubernetes/kubernetes#110070 (children of a probe that timed out go on)',
  ],
  judge({ workload }) {
    let verdicts: Verdict[] | undefined;
    for (const container of workload.pod.all) {
      for (const name of PROBES) {
        if (container[name]?.kind !== 'exec') continue;
        verdicts ??= [];
        verdicts.push(judgeProbe(container, name));
      }
    }
    return verdicts ?? notApplicable('no probe runs a program');
  },
};

function judgeProbe(container: Container, name: (typeof PROBES)[number]): Verdict {
  const seconds = container[name]?.timeoutSeconds ?? 1;
  if (seconds > 1) return pass(`the ${name} probe of ${container.name} has ${seconds} s`);
  const consequence = {
    readiness: 'the pod loses its traffic',
    liveness: 'the container is restarted',
    startup: 'the container is restarted before it has started',
  }[name];
  const failures = container[name]?.failureThreshold ?? 3;
  return violation({
    message: `the ${name} probe runs a program and gives it ${seconds} s: ${failures} slow ${failures === 1 ? 'answer' : 'answers'} in a row and ${consequence}`,
    fix: `set timeoutSeconds of the ${name} probe to 5 or more`,
    container: container.name,
    field: `${name}Probe.timeoutSeconds`,
  });
}
