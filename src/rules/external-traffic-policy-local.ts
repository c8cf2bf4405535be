import { kubernetesGates, supports } from '../kubernetes/gates';
import { formatKubernetesVersion } from '../kubernetes/version';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

const LEAST = `1.${kubernetesGates.terminatingEndpoints.value}`;

export const externalTrafficPolicyLocal: WorkloadRule = {
  id: 'external-traffic-policy-local',
  title: 'externalTrafficPolicy Local drops requests on a node whose last pod is going away',
  severity: 'error',
  judges: 'workload',
  hazard:
    'The load balancer takes a node out only after its health checks have failed, some ten seconds after the last pod there is deleted. ' +
    `Before ${LEAST} kube-proxy drops all that still comes to that node, whatever preStop does: each of those requests runs into a timeout.`,
  remedy: `Use externalTrafficPolicy: Cluster, or Kubernetes ${LEAST} or later and a preStop hook as long as the health checks take.`,
  sources: [
    'kubernetes/enhancements keps/sig-network/1669-proxy-terminating-endpoints: beta in 1.26, stable in 1.28',
    'kubernetes/kubernetes pkg/proxy/endpointschangetracker.go v1.36.2 (healthCheckNodePort counts ready local endpoints only)',
  ],
  judge({ workload, kubernetesVersion: version }) {
    const local = workload.services.find(
      (service) =>
        service.externalTrafficPolicy === 'Local' && (service.type === 'LoadBalancer' || service.type === 'NodePort'),
    );
    if (!local) return notApplicable('no Service has externalTrafficPolicy Local');
    if (version === undefined)
      return pass('no Kubernetes version is stated, so one is assumed whose kube-proxy goes on with terminating pods');
    const name = formatKubernetesVersion(version);
    if (supports('terminatingEndpoints', version))
      return pass(`kube-proxy of ${name} goes on sending to terminating pods of the node`);
    return violation({
      message: `Service ${local.ref.name} has externalTrafficPolicy Local, and kube-proxy of ${name} drops what comes to a node whose last pod terminates`,
      arithmetic: `terminating pods get traffic from ${LEAST} on, the cluster is ${name}`,
      fix: `set externalTrafficPolicy: Cluster, or use Kubernetes ${LEAST} or later`,
    });
  },
};
