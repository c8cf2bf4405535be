import { notApplicable, pass, violation, type WorkloadRule } from './rule';

const PROBES = ['readiness', 'liveness', 'startup'] as const;

export const probePortUnnamed: WorkloadRule = {
  id: 'probe-port-unnamed',
  title: 'a probe asks a port by a name that its container does not have',
  severity: 'error',
  judges: 'workload',
  hazard:
    'The kubelet looks the name up in the ports of the same container and finds none, so the probe fails each time: the pod never ' +
    'becomes ready and a rollout hangs, or the container is restarted for ever, and no request is served.',
  remedy: 'Give the port that name in ports of the container, or write its number into the probe.',
  sources: [
    'kubernetes/kubernetes pkg/probe/util.go v1.36.2, ResolveContainerPort',
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port',
  ],
  judge({ workload }) {
    let found = 0;
    for (const container of workload.pod.all) {
      for (const name of PROBES) {
        const port = container[name]?.port;
        if (typeof port !== 'string' || /^\d+$/.test(port)) continue;
        found++;
        if (container.ports.some((each) => each.name === port)) continue;
        const names = container.ports.flatMap((each) => each.name ?? []);
        return violation({
          message: `the ${name} probe asks port '${port}', and container ${container.name} has ${names.length > 0 ? `only ${names.join(', ')}` : 'no port with a name'}: the probe always fails`,
          fix: `add a port named ${port} to the container, or write the number of the port into the probe`,
          container: container.name,
          field: `${name}Probe`,
        });
      }
    }
    return found > 0 ? pass('every port that a probe names is there') : notApplicable('no probe asks a port by name');
  },
};
