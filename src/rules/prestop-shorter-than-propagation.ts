import type { Assessment } from '../manifest/assessment';
import type { Container } from '../manifest/container';
import { longestHookSeconds } from '../manifest/hook';
import type { TrafficView } from '../manifest/traffic-view';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';
import { shownBy } from './workload-words';

export const prestopShorterThanPropagation: WorkloadRule = {
  id: 'prestop-shorter-than-propagation',
  title: 'preStop returns before the last traffic source has stopped sending',
  severity: 'error',
  judges: 'workload',
  settledBy: ['trafficSources'],
  hazard:
    'The server gets SIGTERM and closes its port while a proxy or load balancer still sends it new requests: ' +
    'each of them is refused or reset, for as many seconds as preStop is short.',
  remedy: 'Let preStop wait at least as long as the slowest traffic source takes to learn of the deletion.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow',
    'kubernetes/kubernetes pkg/proxy/apis/config/v1alpha1/defaults.go v1.36.2 (kube-proxy syncs at most once a second)',
  ],
  judge(assessment) {
    const { server, proxy, traffic, sigterm } = assessment;
    const slowest = traffic.slowest;
    if (!slowest) return notApplicable('nothing sends requests to the pod');
    if (proxy) return judgeProxy(assessment, proxy, slowest);
    if (!server?.preStop) return notApplicable('there is no preStop hook; see prestop-missing');
    const delay = server.preStop.delaySeconds;
    const quiet = sigterm?.quietSeconds ?? 0;
    if (slowest.propagationSeconds <= delay + quiet) {
      const serves = quiet > 0 ? `, the server serves for ${quiet} s more` : '';
      return pass(`preStop waits ${delay} s${serves}, ${slowest.title} needs ${slowest.propagationSeconds} s`);
    }
    if (longestHookSeconds(server.preStop) === undefined && delay === 0) {
      return notApplicable('how long preStop takes is not known; see prestop-consumes-grace');
    }
    return tooShort(assessment, slowest, server, delay, quiet);
  },
};

/** A native sidecar is told to drain by its own hook, or gets SIGTERM when the server behind it has ended. */
function judgeProxy(assessment: Assessment, proxy: Container, slowest: TrafficView): Verdict {
  const { server, proxyDrains, proxyAcceptsUntilSeconds: until } = assessment;
  if (!proxy.preStop && !server?.preStop) return notApplicable('there is no preStop hook; see prestop-missing');
  if (until >= slowest.propagationSeconds) {
    return pass(`sidecar ${proxy.name} accepts for ${until} s, ${slowest.title} needs ${slowest.propagationSeconds} s`);
  }
  return tooShort(assessment, slowest, proxyDrains || !server ? proxy : server, until, 0);
}

function tooShort(
  { traffic }: Assessment,
  slowest: TrafficView,
  container: Container,
  delay: number,
  quiet: number,
): Verdict {
  const needed = slowest.propagationSeconds;
  return violation({
    message: `preStop waits ${delay} s, ${slowest.title} may send new requests for ${needed} s after the deletion (${needed - delay - quiet} s short)`,
    arithmetic:
      traffic.sources.map((source) => `${source.title}${shownBy(source)} ${source.propagationSeconds} s`).join(', ') +
      `; preStop delay ${delay} s`,
    fix: `raise preStopDelay to ${needed} s or more`,
    container: container.name,
    field: 'lifecycle.preStop',
  });
}
