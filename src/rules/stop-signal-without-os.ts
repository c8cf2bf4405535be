import { formatKubernetesVersion } from '../kubernetes/version';
import { textAt } from '../manifest/json';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

/** kubernetes/enhancements KEP-4960: alpha in 1.33, beta and on in 1.37. */
const FIRST_MINOR = 33;

export const stopSignalWithoutOs: WorkloadRule = {
  id: 'stop-signal-without-os',
  title: 'a container has its own stop signal, and the pod or the cluster cannot take it',
  severity: 'error',
  judges: 'workload',
  hazard:
    'Without spec.os.name the API server refuses the pod, so nothing of the workload runs. A cluster without the feature drops the field: ' +
    'the server gets the signal of its image, which may cut what is in flight in the same second.',
  remedy: 'Set spec.os.name beside stopSignal, on clusters that have the feature turned on.',
  sources: [
    'kubernetes/enhancements keps/sig-node/4960-container-stop-signals: alpha in 1.33, beta in 1.37',
    'kubernetes/kubernetes pkg/apis/core/validation/validation.go v1.36.2, validateStopSignal',
  ],
  since: `1.${FIRST_MINOR}`,
  judge({ workload: { pod }, kubernetesVersion: version }) {
    const verdicts: Verdict[] = [];
    for (const { name, json } of pod.all) {
      const signal = textAt(json, 'lifecycle', 'stopSignal');
      if (signal === undefined) continue;
      const where = { container: name, field: 'lifecycle.stopSignal' };
      if (textAt(pod.template, 'spec', 'os', 'name') === undefined) {
        verdicts.push(
          violation({
            ...where,
            message: `stopSignal ${signal} needs spec.os.name, which is not set: the API server refuses the pod`,
            fix: 'set spec.template.spec.os.name to linux',
          }),
        );
      } else if (version !== undefined && version.minor < FIRST_MINOR) {
        verdicts.push(
          violation({
            ...where,
            message: `Kubernetes ${formatKubernetesVersion(version)} drops stopSignal ${signal}: the server gets the signal of its image`,
            arithmetic: `stopSignal needs 1.${FIRST_MINOR}, the cluster is ${formatKubernetesVersion(version)}`,
            fix: 'set STOPSIGNAL in the image',
          }),
        );
      } else verdicts.push(pass(`stopSignal ${signal}, and spec.os.name is set`));
    }
    return verdicts.length > 0 ? verdicts : notApplicable('no container has a stop signal of its own');
  },
};
