import { secondsText } from '../termination/seconds';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';
import { inFlightNotKnown } from './server-words';
import { howToState } from './stated-option';

export const serverStopsBeforeProxy: WorkloadRule = {
  id: 'server-stops-before-proxy',
  title: 'the server ends while the sidecar proxy in front of it still sends it requests',
  severity: 'error',
  judges: 'workload',
  hazard:
    'A native sidecar ends after the main containers: the proxy to which the Service leads still accepts requests, from ' +
    'traffic sources and on connections that clients keep alive, when the server behind it is already gone. It answers each ' +
    'of them with 502 or 503.',
  remedy:
    'Let preStop of the server hold until the proxy has no request any more: the time until it stops accepting, and the ' +
    'longest request.',
  sources: [
    'kubernetes/enhancements keps/sig-node/753-sidecar-containers/README.md: sidecars get SIGTERM after all main containers have ended',
    'kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_termination_order.go v1.36.2',
    'run: Kubernetes 1.34.4, HAProxy as a native sidecar in front of a Node.js server, rollout under load',
  ],
  judge(assessment) {
    const { proxy, server, traffic, sigterm, arrivalsUntilSeconds: until, longestRequestSeconds: longest } = assessment;
    if (!proxy || !server) return notApplicable('no Service leads to a native sidecar');
    if (!traffic.slowest) return notApplicable('nothing is known to send requests to the pod');
    if (sigterm?.inFlight === 'ignored') {
      return notApplicable('the server ignores SIGTERM and serves until SIGKILL; see sigterm-aborts-requests');
    }
    const hook = server.preStop;
    const holds = hook?.delaySeconds ?? 0;
    const waits = hook?.waitUntilIdleSeconds;
    const idle = assessment.idleAtSigterm;
    if (idle && holds >= until) {
      return pass(`container ${server.name} gets SIGTERM when sidecar ${proxy.name} has no request any more`);
    }
    if (idle === undefined && holds >= until) return inFlightNotKnown(assessment);
    const needed = longest === undefined ? undefined : until + longest;
    const sum = `new requests until ${secondsText(until)} + the longest request${longest === undefined ? ', which is not known' : ` ${secondsText(longest)} = ${secondsText(until + longest)}`}`;
    const most = waits === undefined ? '' : `, and waits until idle for ${secondsText(waits)} at most`;
    return violation({
      message: `container ${server.name} may get SIGTERM ${secondsText(holds)} after the deletion, and sidecar ${proxy.name} in front of it may pass on requests ${needed === undefined ? `from ${secondsText(until)} on for the longest request` : `until ${secondsText(needed)}`}`,
      arithmetic: `${sum}; preStop of ${server.name} holds ${secondsText(holds)}${most}`,
      fix:
        needed === undefined
          ? `state the longest request with ${howToState('longestRequestSeconds')}, and let preStop of ${server.name} hold ${secondsText(until)} and as long as that`
          : `let preStop of ${server.name} hold ${secondsText(needed)} or more${waits === undefined ? '' : `, ${secondsText(until)} of them before it looks at the gauges`}`,
      container: server.name,
      field: 'lifecycle.preStop',
    });
  },
};
