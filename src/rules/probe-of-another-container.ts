import type { Container } from '../manifest/container';
import type { Pod } from '../manifest/pod';
import type { Probe } from '../manifest/probe';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

const PROBES = ['readiness', 'liveness', 'startup'] as const;

export const probeOfAnotherContainer: WorkloadRule = {
  id: 'probe-of-another-container',
  title: 'a probe is answered by another container of the pod',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'All containers of a pod share one address. A probe whose port belongs to a container beside it says nothing of its own one: a dead server ' +
    'stays in the traffic and is never restarted, and when the other one is slow, the wrong container is killed with all that it has in flight.',
  remedy: 'Let each container be probed on a port of its own.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking',
    'knative/serving#12571 (drain state that is held in the other container)',
  ],
  judge({ workload: { pod } }) {
    if (pod.all.length < 2) return notApplicable('the pod has one container');
    const verdicts: Verdict[] = [];
    for (const container of pod.all) {
      for (const name of PROBES) {
        const probe = container[name];
        if (probe?.port !== undefined) verdicts.push(judgeProbe(pod, container, name, probe));
      }
    }
    return verdicts.length > 0 ? verdicts : notApplicable('no probe asks a port');
  },
};

function judgeProbe(pod: Pod, container: Container, name: string, { port }: Probe): Verdict {
  const declares = ({ ports }: Container) => ports.some((each) => each.containerPort === port || each.name === port);
  if (declares(container)) return pass(`the ${name} probe of ${container.name} asks its own port ${port}`);
  const other = pod.all.find((each) => each !== container && declares(each));
  if (!other) return pass(`no other container declares port ${port}`);
  return violation({
    message: `the ${name} probe asks port ${port}, which container ${other.name} declares and ${container.name} does not`,
    fix: `ask a port of ${container.name}, or declare ${port} in its ports if it listens there`,
    container: container.name,
    field: `${name}Probe`,
  });
}
