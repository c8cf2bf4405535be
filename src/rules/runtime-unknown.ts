import { intentKey } from '../manifest/intent';
import { cannotJudge, notApplicable, pass, type WorkloadRule } from './rule';
import { howToState } from './stated-option';

/** One question in place of one from each rule that would have to know the server. */
export const runtimeUnknown: WorkloadRule = {
  id: 'runtime-unknown',
  title: 'which server answers the requests is not known',
  severity: 'warning',
  judges: 'workload',
  settledBy: ['runtime', 'sigterm'],
  hazard:
    'Some servers finish requests in flight after SIGTERM, some cut them in the same second, some ignore the signal. Without ' +
    'knowing which, nobody can say whether requests are lost when preStop returns.',
  remedy: 'State the runtime and its version, or what the server does on SIGTERM.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination'],
  judge(assessment) {
    const { runtime, sigterm, traffic, server } = assessment;
    if (runtime) return pass(`the server is ${runtime.title} (${runtime.knownBy})`);
    if (sigterm) return pass('what the server does on SIGTERM is stated');
    if (!traffic.slowest) return notApplicable('nothing is known to send requests to the pod');
    if (!server) return notApplicable('the pod has no containers');
    if (assessment.idleAtSigterm)
      return pass('preStop holds until the last request is done, whatever the server does on SIGTERM');
    return cannotJudge(
      `the server in image ${server.image.reference || '(none)'} is not recognised, so what SIGTERM does to requests in flight is not known`,
      `state its runtime with ${howToState('runtime')}, or drains, aborts or ignored with ${intentKey('sigterm')}`,
      server.name,
    );
  },
};
