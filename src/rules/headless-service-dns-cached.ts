import { secondsText } from '../termination/seconds';
import { headlessDns } from '../traffic/headless-dns';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

/** Up to 5 s until the records change, and the 30 s that a record lives. */
const KNOWN_SECONDS = headlessDns.propagationSeconds.value;

export const headlessServiceDnsCached: WorkloadRule = {
  id: 'headless-service-dns-cached',
  title: 'clients of a headless Service go on with the addresses that they looked up',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'A headless Service is a list of pod addresses in DNS. Clients keep it for its time to live, and gRPC clients for as long as their ' +
    `connections stand: they open new connections to a deleted pod for ${KNOWN_SECONDS} s or more, each of which is refused.`,
  remedy: 'Let preStop wait until no record lives that names the pod, or send requests to a Service with a cluster IP.',
  sources: [
    'kubernetes/kubernetes cluster/addons/dns/coredns/coredns.yaml.base v1.36.2 (ttl 30)',
    'https://kubernetes.io/docs/concepts/services-networking/service/#headless-services',
  ],
  judge({ workload, server, traffic }) {
    const { services } = workload;
    if (services.length === 0 || !services.some((service) => service.isHeadless))
      return notApplicable('no headless Service selects the pods');
    if (traffic.stated) return notApplicable('the traffic sources are stated');
    if (services.some((service) => !service.isHeadless))
      return pass('requests can come by another Service, which has a cluster IP');
    // The members of a StatefulSet find each other by it, and know what to do when one goes.
    if (workload.ref.kind === 'StatefulSet')
      return notApplicable('a StatefulSet needs a headless Service for the names of its pods');
    const delay = server?.preStop?.delaySeconds ?? 0;
    if (delay >= KNOWN_SECONDS)
      return pass(`preStop waits ${secondsText(delay)}, records name the pod for ${KNOWN_SECONDS} s`);
    return violation({
      message: `only headless Service ${services[0]?.ref.name} leads to the pods: its records may name a deleted pod for ${KNOWN_SECONDS} s, preStop waits ${secondsText(delay)}`,
      arithmetic: `${headlessDns.title} ${KNOWN_SECONDS} s - preStop ${secondsText(delay)} = ${secondsText(KNOWN_SECONDS - delay)} short`,
      fix: `let preStop wait ${KNOWN_SECONDS} s or more, or give the Service a cluster IP`,
      container: server?.name,
      field: 'lifecycle.preStop',
    });
  },
};
