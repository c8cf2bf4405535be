import type { Container } from '../manifest/container';
import { markerOf } from '../manifest/drain-gate-view';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const drainMarkerSurvivesRestart: WorkloadRule = {
  id: 'drain-marker-survives-restart',
  title: 'The drain marker outlives a restart of the container',
  severity: 'error',
  judges: 'workload',
  hazard:
    'The kubelet runs preStop also when it restarts a container after a failed liveness probe. A marker on a volume is ' +
    'still there when the container comes back: readiness stays false for ever, the pod takes no request again, and ' +
    'rollouts and drains wait for it.',
  remedy:
    "Remove the marker in postStart or at the start of the command, or keep it on the container's own file system.",
  sources: [
    'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir: a container crashing does not remove an emptyDir',
    'kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go v1.36.2, killContainer: preStop for every reason but an exited container',
    'the same kind of defect: knative/serving#12571, strimzi/strimzi-kafka-operator#1541',
  ],
  judge({ workload }) {
    const verdicts: Verdict[] = [];
    for (const container of workload.pod.all) {
      const marker = markerOf(container, container.readiness);
      if (marker !== undefined) verdicts.push(judgeMarker(container, marker));
    }
    return verdicts.length > 0 ? verdicts : notApplicable('no preStop hook makes a file that a readiness probe tests');
  },
};

function judgeMarker(container: Container, marker: string): Verdict {
  const mount = container.mountAt(marker);
  if (!mount) return pass(`${marker} is on the file system of container ${container.name} and goes with it`);
  if (mount.readOnly) return notApplicable(`${marker} is on a read-only mount, so it is never made`);
  if (container.postStart?.removes.includes(marker) || removes(container.postStart?.command, marker)) {
    return pass(`postStart removes ${marker}`);
  }
  if (removes(container.command, marker) || removes(container.args, marker)) {
    return pass(`the command removes ${marker} at its start`);
  }
  return violation({
    message: `${marker}, which preStop makes and readiness tests, is on volume ${mount.name} and outlives a container restart: the pod is never ready again`,
    arithmetic: `failed liveness probe -> preStop makes ${marker} -> restart -> ${mount.mountPath} still holds it -> readiness false for ever`,
    fix: `add a postStart hook: rm -f ${marker}`,
    container: container.name,
    field: 'lifecycle.postStart',
  });
}

const REMOVAL = /(^|[^\w-])(rm|unlink)\s/;

/** Whether a command removes the file, alone or with its folder. */
function removes(command: readonly string[] | undefined, path: string): boolean {
  if (!command) return false;
  const text = command.join(' ');
  if (!REMOVAL.test(text)) return false;
  return text.includes(path) || text.includes(`${path.slice(0, path.lastIndexOf('/'))}/*`);
}
