import { ASSUMED_COLD_START_SECONDS } from '../manifest/assessment';
import { intentKey } from '../manifest/intent';
import { type Probe, startupBudgetSeconds } from '../manifest/probe';
import { cannotJudge, notApplicable, pass, violation, type WorkloadRule } from './rule';

export const startupShorterThanColdStart: WorkloadRule = {
  id: 'startup-shorter-than-cold-start',
  title: 'The server is killed before it has started',
  severity: 'error',
  judges: 'workload',
  settledBy: ['coldStartSeconds'],
  hazard:
    'The kubelet kills the container while the program or the model is still loading, runs preStop, and starts again ' +
    'from nothing: the pod never serves a request, and a rollout hangs until its progress deadline.',
  remedy: 'Give the startup probe period x failureThreshold for the slowest cold start; too long does no harm.',
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes',
    'kubernetes-sigs/gateway-api-inference-extension config/manifests/vllm/gpu-deployment.yaml (600 x 1 s for a model load)',
  ],
  judge({ server, intent, servesModel }) {
    if (!server) return notApplicable('the pod has no container');
    const { startup, liveness } = server;
    const probe = startup ?? liveness;
    if (!probe) return pass('neither a startup nor a liveness probe ends the container while it starts');
    const name = startup ? 'startup' : 'liveness';
    const given = startupBudgetSeconds(probe);
    const sum = `${name} probe: ${budgetText(probe)}`;
    const coldStart = intent.coldStartSeconds;

    if (coldStart !== undefined) {
      if (given >= coldStart) return pass(`${sum}, cold start ${coldStart} s`);
      return violation({
        message: `the ${name} probe kills the container ${given} s after its start, the cold start takes ${coldStart} s (${coldStart - given} s short)`,
        arithmetic: sum,
        fix: `${startup ? 'raise' : 'add a startupProbe with'} failureThreshold ${thresholdFor(startup, coldStart)} or more (every ${startup?.periodSeconds ?? 5} s)`,
        container: server.name,
        field: startup ? 'startupProbe.failureThreshold' : 'startupProbe',
      });
    }
    if (!servesModel) return notApplicable(`the cold start of the server is not stated (${sum})`);
    if (given >= ASSUMED_COLD_START_SECONDS)
      return pass(`${sum}, a cold start of ${ASSUMED_COLD_START_SECONDS} s is assumed`);
    if (startup) {
      return cannotJudge(
        `the startup probe lets the model load for ${given} s; how long that takes is not stated`,
        `state it with ${intentKey('coldStartSeconds')}, or raise failureThreshold until it covers ${ASSUMED_COLD_START_SECONDS} s`,
        server.name,
      );
    }
    return violation({
      message: `there is no startup probe: the liveness probe kills the container ${given} s after its start, while a model may still be loading`,
      arithmetic: sum,
      fix: `add a startupProbe with failureThreshold ${thresholdFor(undefined, ASSUMED_COLD_START_SECONDS)} (every 5 s: ${ASSUMED_COLD_START_SECONDS} s), or state the cold start with ${intentKey('coldStartSeconds')}`,
      container: server.name,
      field: 'startupProbe',
      severity: 'warning',
    });
  },
};

function budgetText(probe: Probe): string {
  const delay = probe.initialDelaySeconds > 0 ? `initial delay ${probe.initialDelaySeconds} s + ` : '';
  return `${delay}${probe.periodSeconds} s x ${probe.failureThreshold} = ${startupBudgetSeconds(probe)} s`;
}

function thresholdFor(startup: Probe | undefined, coldStartSeconds: number): number {
  return Math.ceil((coldStartSeconds - (startup?.initialDelaySeconds ?? 0)) / (startup?.periodSeconds ?? 5));
}
