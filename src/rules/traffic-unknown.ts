import { intentKey } from '../manifest/intent';
import { cannotJudge, notApplicable, pass, type WorkloadRule } from './rule';

/** One question in place of one from each rule that would have to know what sends requests. */
export const trafficUnknown: WorkloadRule = {
  id: 'traffic-unknown',
  title: 'whether anything sends requests to the pods is not known',
  severity: 'warning',
  judges: 'workload',
  settledBy: ['trafficSources'],
  hazard:
    'No Service among the objects that were read selects the pods, although their container opens a port. If a Service stands elsewhere, ' +
    'requests are sent to a deleted pod for 5 s or more, and nothing here says whether preStop covers that.',
  remedy: 'Judge the workload together with its Services, or state what sends requests to it.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow'],
  judge({ workload, traffic, server, mayServe }) {
    if (traffic.sources.length > 0)
      return pass(
        traffic.stated
          ? 'the traffic sources are stated'
          : `the pods get requests by ${traffic.sources.map(({ title }) => title).join(', ')}`,
      );
    if (traffic.stated) return pass('it is stated that nothing sends requests to the pods');
    if (!server || !mayServe || ENDS_BY_ITSELF.has(workload.ref.kind)) return notApplicable('it opens no port');
    return cannotJudge(
      `${server.ports.length > 0 ? `container ${server.name} opens port ${server.ports.map((port) => port.containerPort).join(', ')}` : `container ${server.name} serves a model`}, and no Service among the objects that were read selects the pods`,
      `judge it together with its Services, or state the annotation ${intentKey('trafficSources')}, as in kube-proxy or none=0s`,
      server.name,
    );
  },
};

const ENDS_BY_ITSELF: ReadonlySet<string> = new Set(['Job', 'CronJob']);
