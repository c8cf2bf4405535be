import type { Service } from '../manifest/fleet';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const publishNotReadyAddresses: WorkloadRule = {
  id: 'publish-not-ready-addresses',
  title: 'a Service sends requests to pods that are not ready or are going away',
  severity: 'error',
  judges: 'workload',
  hazard:
    'With publishNotReadyAddresses every endpoint counts as ready, also in a pod that still starts and in one that is being deleted: new ' +
    'requests arrive until the container is gone, so no preStop hook is long enough, and each that comes after SIGTERM is lost.',
  remedy:
    'Remove publishNotReadyAddresses from Services that carry requests; keep it on the headless Service by which members find each other.',
  sources: [
    'kubernetes/kubernetes staging/src/k8s.io/endpointslice/utils.go v1.36.2, podToEndpoint: ready = publishNotReadyAddresses || (serving && !terminating)',
    'kubernetes/kubernetes#124914',
  ],
  judge({ workload }) {
    if (workload.services.length === 0) return notApplicable('no Service selects the pods');
    const found = workload.services.filter((service) => service.publishNotReadyAddresses);
    if (found.length === 0) return pass('every Service sends to ready pods only');
    return found.map((service) => judgeService(service, workload.ref.kind));
  },
};

function judgeService({ isHeadless, ref }: Service, kind: string): Verdict {
  if (isHeadless && kind === 'StatefulSet')
    return pass(`${ref.name} is the headless Service by which the members find each other`);
  return violation({
    message: `Service ${ref.name} has publishNotReadyAddresses: it sends new requests to a pod until its container is gone`,
    arithmetic: 'ready = publishNotReadyAddresses || (serving && !terminating) = true for the whole grace period',
    fix: `remove publishNotReadyAddresses from Service ${ref.name}${isHeadless ? ', or keep it for finding members only and send requests to another Service' : ''}`,
    // A headless Service only lists addresses; who takes them from there is not known.
    severity: isHeadless ? 'warning' : undefined,
  });
}
