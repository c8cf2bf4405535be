import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const kedaScalesToZero: WorkloadRule = {
  id: 'keda-scales-to-zero',
  title: 'KEDA takes the last pod of a service away',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'minReplicaCount is 0 unless it is set. With no pod left a Service has no endpoint: every request is refused until the trigger has ' +
    'fired and a new pod has started, for the whole cold start; nothing holds the request back meanwhile.',
  remedy: 'Set minReplicaCount to 1 or more for what answers requests, or put something in front that holds them.',
  sources: [
    'https://keda.sh/docs/latest/reference/scaledobject-spec/#minreplicacount',
    'https://github.com/kedacore/http-add-on (holds requests while it scales from zero)',
  ],
  judge({ workload, traffic, intent }) {
    const scaler = workload.autoscalers.find(({ ref }) => ref.kind === 'ScaledObject');
    if (!scaler) return notApplicable('no ScaledObject targets it');
    if (scaler.minReplicas > 0) return pass(`minReplicaCount ${scaler.minReplicas}`);
    if (!traffic.slowest) return notApplicable('nothing is known to send requests to the pods');
    const coldStart = intent.coldStartSeconds;
    return violation({
      message: `ScaledObject ${scaler.ref.name} scales to 0 pods: ${traffic.slowest.title} has nowhere to send a request then`,
      arithmetic: `0 pods + cold start ${coldStart === undefined ? '(not stated)' : `${coldStart} s`} in which every request fails`,
      fix: `set minReplicaCount to 1 or more in ScaledObject ${scaler.ref.name}`,
    });
  },
};
