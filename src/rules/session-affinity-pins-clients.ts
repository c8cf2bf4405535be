import { countAt } from '../manifest/json';
import { secondsText } from '../termination/seconds';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

/** kubernetes/kubernetes pkg/apis/core/v1/defaults.go, v1.36.2. */
const DEFAULT_AFFINITY_SECONDS = 10800;

export const sessionAffinityPinsClients: WorkloadRule = {
  id: 'session-affinity-pins-clients',
  title: 'sessionAffinity ClientIP leaves the clients of a drained pod on the few that were up',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'When a pod goes, kube-proxy gives each of its clients another pod and keeps it there. A rollout drives all of them onto the pods that ' +
    'happen to be up, one after the other: those are overloaded for hours and answer late, while the pods that came last idle.',
  remedy:
    'Do without sessionAffinity, keep sessions in a store or a cookie of the ingress, or set a timeout of minutes.',
  sources: [
    'https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity (10800 s by default)',
    'kubernetes/kubernetes pkg/apis/core/v1/defaults.go v1.36.2',
  ],
  judge({ workload }) {
    if (workload.services.length === 0) return notApplicable('no Service selects the pods');
    const sticky = workload.services.find((service) => service.sessionAffinity === 'ClientIP');
    if (!sticky) return pass('no Service has session affinity');
    if (workload.mostReplicas < 2) return notApplicable('there is one pod for all clients');
    const given = countAt(sticky.spec, 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds');
    const seconds = given ?? DEFAULT_AFFINITY_SECONDS;
    return violation({
      message: `Service ${sticky.ref.name} keeps each client at its pod until it was silent for ${secondsText(seconds)}${given === undefined ? ' (the default)' : ''}: after a rollout the load stays where it was driven`,
      fix: `remove sessionAffinity from Service ${sticky.ref.name}, or set sessionAffinityConfig.clientIP.timeoutSeconds to some minutes`,
    });
  },
};
