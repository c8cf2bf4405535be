import { supports } from '../kubernetes/gates';
import type { Assessment } from '../manifest/assessment';
import { secondsText } from '../termination/seconds';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';
import { howToState } from './stated-option';
import { shownBy } from './workload-words';

export const prestopMissing: WorkloadRule = {
  id: 'prestop-missing',
  title: 'a server that gets requests has no preStop hook',
  severity: 'error',
  judges: 'workload',
  settledBy: ['trafficSources'],
  hazard:
    'SIGTERM comes in the very second of the deletion, while proxies and load balancers still send new requests: ' +
    'each that arrives in the seconds until the slowest of them has learned of it is refused or reset.',
  remedy: 'Add a preStop hook that waits as long as the slowest traffic source takes to learn of the deletion.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow',
    'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/',
    'kubernetes/kubernetes pkg/apis/core/validation/validation.go v1.36.2 (a hook without a handler is refused)',
  ],
  judge(assessment) {
    const { server, proxy, traffic, sigterm, kubernetesVersion, workload } = assessment;
    const slowest = traffic.slowest;
    if (!slowest) {
      if (!traffic.stated && workload.servesRequests && assessment.servesModel && server && !server.preStop) {
        return modelWithoutHook(server.name);
      }
      return notApplicable(
        'nothing is known to send requests to the pod: no Service selects it and no traffic source is stated',
      );
    }
    if (!server) return notApplicable('the pod has no containers');
    const reached = proxy ?? server;
    const empty = reached.preStop?.kind === 'empty';
    if (reached.preStop && !empty) return pass(`container ${reached.name} has a preStop hook`);

    const propagation = slowest.propagationSeconds;
    if (proxy && !empty && server.preStop && server.preStop.kind !== 'empty') {
      return pass(`sidecar ${proxy.name} gets SIGTERM after container ${server.name}, which has a preStop hook`);
    }
    const quiet = proxy ? 0 : (sigterm?.quietSeconds ?? 0);
    if (!empty && propagation <= quiet) {
      return pass(
        `the server goes on serving for ${secondsText(quiet)} after SIGTERM, ${slowest.title} needs ${secondsText(propagation)}`,
      );
    }
    if (!empty && sigterm?.inFlight === 'ignored') {
      return notApplicable('the server ignores SIGTERM and serves until SIGKILL; see sigterm-aborts-requests');
    }
    const wait = secondsText(propagation);
    const hook = supports('sleepAction', kubernetesVersion)
      ? 'lifecycle.preStop.sleep.seconds'
      : 'lifecycle.preStop.exec with sleep,';
    return violation({
      message: empty
        ? `the preStop hook has no handler, which the API server refuses; without one ${slowest.title} may send new requests for ${wait} after SIGTERM`
        : `there is no preStop hook: SIGTERM comes at once, ${slowest.title} may send new requests for ${wait} after it`,
      arithmetic: `${slowest.title}${shownBy(slowest)} ${wait} - preStop 0 s = ${wait} short`,
      fix: `add ${hook} of ${wait} or more${graceFor(assessment, propagation)}`,
      container: reached.name,
      field: 'lifecycle.preStop',
    });
  },
};

/** A model is there to be asked, wherever its Service is. */
function modelWithoutHook(container: string): Verdict {
  return violation({
    message:
      'there is no preStop hook, and SIGTERM comes at once: whatever sends requests to this model server, by a Service that was not read, sends them for seconds after it',
    fix: `add lifecycle.preStop.sleep.seconds for the slowest traffic source, and state that with ${howToState('trafficSources')}`,
    container,
    field: 'lifecycle.preStop',
    severity: 'warning',
  });
}

/** The hook runs within the grace, which then has to hold it too. */
function graceFor({ budget }: Assessment, seconds: number): string {
  if (!budget) return '; it runs within terminationGracePeriodSeconds, so raise that by as much';
  const needed = Math.ceil(budget.requiredGraceSeconds + seconds);
  return needed > budget.graceSeconds ? `, and raise terminationGracePeriod to ${needed} s or more for it` : '';
}
