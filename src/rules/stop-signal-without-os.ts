import { kubernetesGates, supports } from '../kubernetes/gates';
import { formatKubernetesVersion, type KubernetesVersion } from '../kubernetes/version';
import { textAt } from '../manifest/json';
import { cannotJudge, notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';
import { howToState } from './stated-option';

/** kubernetes/enhancements KEP-4960: alpha from 1.33 on, where a cluster may turn it on. */
const ALPHA_MINOR = 33;
const LEAST = `1.${kubernetesGates.containerStopSignal.value}`;

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
    `kubernetes/enhancements keps/sig-node/4960-container-stop-signals: alpha in 1.${ALPHA_MINOR}, beta planned for 1.37, then for 1.38`,
    'kubernetes/kubernetes pkg/apis/core/validation/validation.go v1.36.2, validateStopSignal',
  ],
  since: `1.${ALPHA_MINOR}`,
  settledBy: ['kubernetesVersion'],
  judge({ workload: { pod }, kubernetesVersion }) {
    const verdicts: Verdict[] = [];
    for (const { name, json } of pod.all) {
      const signal = textAt(json, 'lifecycle', 'stopSignal');
      if (signal !== undefined)
        verdicts.push(judge(name, signal, textAt(pod.template, 'spec', 'os', 'name'), kubernetesVersion));
    }
    return verdicts.length > 0 ? verdicts : notApplicable('no container has a stop signal of its own');
  },
};

function judge(
  container: string,
  signal: string,
  os: string | undefined,
  version: KubernetesVersion | undefined,
): Verdict {
  const where = { container, field: 'lifecycle.stopSignal' };
  if (os === undefined)
    return violation({
      ...where,
      message: `stopSignal ${signal} needs spec.os.name, which is not set: the API server refuses the pod`,
      fix: 'set spec.template.spec.os.name to linux',
    });
  if (version === undefined)
    return cannotJudge(
      `stopSignal ${signal} is dropped before Kubernetes ${LEAST}, and the version is not stated`,
      `state it with ${howToState('kubernetesVersion')}`,
      container,
    );
  const name = formatKubernetesVersion(version);
  if (supports('containerStopSignal', version))
    return pass(`Kubernetes ${name} has stopSignal, and spec.os.name is set`);
  const mayBeOn = version.minor >= ALPHA_MINOR;
  return violation({
    ...where,
    message: `Kubernetes ${name} drops stopSignal ${signal}${mayBeOn ? ' unless its feature gate ContainerStopSignals is turned on' : ''}: the server gets the signal of its image`,
    arithmetic: `stopSignal needs ${LEAST}, the cluster is ${name}`,
    fix: 'set STOPSIGNAL in the image',
    severity: mayBeOn ? 'warning' : undefined,
  });
}
