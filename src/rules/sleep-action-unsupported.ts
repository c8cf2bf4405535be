import { kubernetesGates, supports } from '../kubernetes/gates';
import { formatKubernetesVersion } from '../kubernetes/version';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

const LEAST = `1.${kubernetesGates.sleepAction.value}`;
const LEAST_FOR_ZERO = `1.${kubernetesGates.sleepActionOfZero.value}`;

export const sleepActionUnsupported: WorkloadRule = {
  id: 'sleep-action-unsupported',
  title: 'a hook uses the sleep action on a Kubernetes version without it',
  severity: 'error',
  judges: 'workload',
  hazard:
    'An older API server drops the field and refuses the empty hook; an older kubelet returns from it at once. SIGTERM then comes ' +
    '0 s after the deletion, and requests that are still sent to the pod are refused for as long as the hook should have waited.',
  remedy: 'Sleep with an exec hook, where the image has sleep, or raise the Kubernetes version.',
  sources: [
    'kubernetes/enhancements keps/sig-node/3960-pod-lifecycle-sleep-action: alpha 1.29, beta 1.30, stable 1.34',
    'kubernetes/enhancements keps/sig-node/4818-allow-zero-value-for-sleep-action-of-prestop-hook: beta 1.33',
    'kubernetes/kubernetes pkg/kubelet/lifecycle/handlers.go v1.36.2, runSleepHandler',
  ],
  judge(assessment) {
    const version = assessment.kubernetesVersion;
    const verdicts: Verdict[] = [];
    for (const container of assessment.workload.pod.all) {
      for (const hook of ['preStop', 'postStart'] as const) {
        const sleep = container[hook];
        if (sleep?.kind !== 'sleep') continue;
        if (version === undefined)
          verdicts.push(
            pass(`no Kubernetes version is stated, so ${LEAST} or later is assumed, which has the sleep action`),
          );
        else if (
          supports('sleepAction', version) &&
          sleep.delaySeconds === 0 &&
          !supports('sleepActionOfZero', version)
        ) {
          verdicts.push(
            violation({
              message: `${hook} sleeps 0 s, which the API server of Kubernetes ${formatKubernetesVersion(version)} refuses`,
              arithmetic: `a sleep of 0 s needs ${LEAST_FOR_ZERO}, the cluster is ${formatKubernetesVersion(version)}`,
              fix: `leave lifecycle.${hook} out, or sleep 1 s or more`,
              container: container.name,
              field: `lifecycle.${hook}.sleep`,
            }),
          );
        } else if (supports('sleepAction', version))
          verdicts.push(pass(`Kubernetes ${formatKubernetesVersion(version)} has the sleep action`));
        else {
          verdicts.push(
            violation({
              message: `${hook} sleeps ${sleep.delaySeconds} s with the sleep action, which Kubernetes ${formatKubernetesVersion(version)} does not have: it takes 0 s there`,
              arithmetic: `the sleep action needs ${LEAST}, the cluster is ${formatKubernetesVersion(version)}`,
              fix: `use lifecycle.${hook}.exec with the command [sleep, "${sleep.delaySeconds}"] where the image has sleep, or Kubernetes ${LEAST} or later`,
              container: container.name,
              field: `lifecycle.${hook}.sleep`,
            }),
          );
        }
      }
    }
    return verdicts.length > 0 ? verdicts : notApplicable('no hook uses the sleep action');
  },
};
