import { kubernetesGates, supports } from '../kubernetes/gates';
import { formatKubernetesVersion } from '../kubernetes/version';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

const LEAST = `1.${kubernetesGates.nativeSidecars.value}`;

export const nativeSidecarUnsupported: WorkloadRule = {
  id: 'native-sidecar-unsupported',
  title: 'a native sidecar on a Kubernetes version without them',
  severity: 'error',
  judges: 'workload',
  hazard:
    'An older cluster drops restartPolicy of the init container and waits for it to end, which a sidecar never does: no pod of the ' +
    'workload ever starts its main containers, the rollout hangs, and a pod that is evicted is not replaced.',
  remedy: 'Run the sidecar as an ordinary container, or raise the Kubernetes version.',
  sources: [
    'kubernetes/enhancements keps/sig-node/753-sidecar-containers: alpha 1.28, beta 1.29, stable 1.33',
    'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/',
  ],
  judge(assessment) {
    const { sidecars } = assessment.workload.pod;
    if (sidecars.length === 0) return notApplicable('there are no native sidecars');
    const version = assessment.kubernetesVersion;
    if (version === undefined)
      return pass('no Kubernetes version is stated, so 1.30 or later is assumed, which has native sidecars');
    const name = `Kubernetes ${formatKubernetesVersion(version)}`;
    if (supports('nativeSidecars', version)) return pass(`${name} has native sidecars`);
    return sidecars.map((sidecar) =>
      violation({
        message: `init container ${sidecar.name} has restartPolicy Always, which ${name} ignores: the pod waits for its end and never starts`,
        arithmetic: `native sidecars need ${LEAST}, the cluster is ${formatKubernetesVersion(version)}`,
        fix: `move it to spec.containers, or use Kubernetes ${LEAST} or later`,
        container: sidecar.name,
        field: 'restartPolicy',
      }),
    );
  },
};
