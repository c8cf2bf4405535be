import { execReadinessRunsDuringTermination } from '../kubernetes/exec-readiness';
import { intentKey } from '../manifest/intent';
import { secondsToFailText } from '../manifest/probe';
import type { TrafficView } from '../manifest/traffic-view';
import { cannotJudge, notApplicable, pass, violation, type WorkloadRule } from './rule';
import { howToState } from './stated-option';

export const readinessTrueWhileDraining: WorkloadRule = {
  id: 'readiness-true-while-draining',
  title: 'Readiness does not turn false in time while the pod drains',
  severity: 'error',
  judges: 'workload',
  settledBy: ['kubernetesVersion', 'runtime', 'sigterm', 'readinessAfterSigterm'],
  hazard:
    'A traffic source that follows readiness goes on sending requests to a pod that is going away until readiness is ' +
    'false and it has heard of that: each request that arrives after the server stopped accepting is lost.',
  remedy:
    'Turn readiness false at the start of the drain (a marker file, a drain endpoint, or 503 after SIGTERM while still ' +
    'serving), and go on serving until the last source has noticed.',
  sources: [
    'kubernetes/kubernetes staging/src/k8s.io/endpointslice/utils.go v1.36.2, podToEndpoint: serving follows the Ready condition, ready also the deletion',
    'https://kubernetes.io/docs/tutorials/services/pods-and-endpoint-termination-flow/',
  ],
  judge(assessment) {
    const { server, proxy, traffic, drainGate: gate, preStopSeconds, sigterm } = assessment;
    if (traffic.sources.length === 0) return notApplicable('nothing sends requests to the pod');
    const slowest = slowestFollower(traffic.sources);
    if (!slowest) {
      return pass(
        `${traffic.sources.map(({ title }) => title).join(', ')}: told by the deletion, whatever readiness says`,
      );
    }
    const readiness = server?.readiness ?? proxy?.readiness;
    if (!server || !readiness || !gate)
      return notApplicable('there is no readiness probe; see readiness-probe-missing');
    const follows = `${slowest.title} follows readiness`;
    const where = { container: server.name, field: 'readinessProbe' };

    if (gate.falseAtSeconds === undefined) {
      if (gate.kind === 'marker') {
        return notApplicable(
          'the marker gate does not work on this version; see exec-readiness-ignored-during-termination',
        );
      }
      const { kubernetesVersion: version } = assessment;
      const frozen = readiness.kind === 'exec' && !execReadinessRunsDuringTermination(version).runs;
      if (frozen && !version) {
        return cannotJudge(
          `${follows}. ${gate.why}`,
          `state the version with ${howToState('kubernetesVersion')}`,
          server.name,
        );
      }
      if (!frozen && preStopSeconds === undefined) {
        return cannotJudge(
          `how long preStop takes is not known: ${server.preStop?.unknown}`,
          'use a preStop hook of known length',
          server.name,
        );
      }
      if (!frozen && !sigterm) {
        return cannotJudge(
          `${follows}, and what the server answers after SIGTERM is not known`,
          `state the server with ${howToState('runtime')}, or ${intentKey('sigterm')} and ${intentKey('readinessAfterSigterm')}`,
          server.name,
        );
      }
      return violation({
        ...where,
        message: `readiness stays true until the container is gone, and ${follows}: it sends new requests all that time`,
        arithmetic: gate.why,
        fix: 'let preStop make a marker file that the readiness probe tests (drainGate), or call a drain endpoint of the server',
      });
    }

    const quiet = proxy ? 0 : (sigterm?.quietSeconds ?? 0);
    // While it waits for idle, preStop may return at any moment after its delay.
    const serverAt = (gate.kind === 'server' ? preStopSeconds : server.preStop?.delaySeconds) ?? 0;
    const drainAt = assessment.proxyDrains ? assessment.proxyAcceptsUntilSeconds : undefined;
    const sigtermAt = Math.min(serverAt, drainAt ?? serverAt);
    const stopsAt = sigtermAt + quiet;
    const goneAt = gate.falseAtSeconds + slowest.propagationSeconds;
    const sum = `readiness false at ${gate.falseAtSeconds} s + ${slowest.title} ${slowest.propagationSeconds} s = ${goneAt} s`;
    const accepts =
      drainAt === sigtermAt
        ? `the drain of sidecar ${proxy?.name} at ${drainAt} s`
        : quiet > 0
          ? `SIGTERM ${sigtermAt} s + quiet period ${quiet} s = ${stopsAt} s`
          : `SIGTERM at ${sigtermAt} s`;
    if (goneAt <= stopsAt) return pass(`${sum}; the server accepts until ${accepts}`);
    return violation({
      ...where,
      message: `readiness turns false too slowly: ${slowest.title} sends new requests until ${goneAt} s after the deletion, the server accepts until ${stopsAt} s (${goneAt - stopsAt} s short)`,
      arithmetic: `${gate.why}; readiness probe ${secondsToFailText(readiness)}; ${sum}; the server accepts until ${accepts}`,
      fix:
        gate.kind === 'server'
          ? `turn readiness false at the start of the drain by a marker file or a drain endpoint (drainGate), or answer 503 and go on serving for ${goneAt - sigtermAt} s after SIGTERM`
          : `raise preStopDelay to ${goneAt - quiet} s or more, or let the readiness probe fail sooner (period x failureThreshold + timeout)`,
    });
  },
};

function slowestFollower(sources: readonly TrafficView[]): TrafficView | undefined {
  let slowest: TrafficView | undefined;
  for (const source of sources) {
    if (source.follows !== 'readiness') continue;
    if (!slowest || source.propagationSeconds > slowest.propagationSeconds) slowest = source;
  }
  return slowest;
}
