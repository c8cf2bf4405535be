import { intentKey } from '../manifest/intent';
import type { Replacement } from '../manifest/replacement';
import type { ReplacedBy } from '../manifest/workload-kinds';
import { cannotJudge, notApplicable, pass, violation, type WorkloadRule } from './rule';

export const rolloutBelowRequiredReplicas: WorkloadRule = {
  id: 'rollout-below-required-replicas',
  title: 'A rollout takes more pods away than peak load can spare',
  severity: 'error',
  judges: 'workload',
  settledBy: ['requiredReplicas'],
  hazard:
    'During every rollout so many pods are missing that the others are overloaded, or that none is left: requests fail ' +
    'for the termination and the cold start of each step.',
  remedy: 'Set maxUnavailable to what peak load can spare, or to 0 with a surge.',
  sources: [
    'kubernetes/kubernetes pkg/controller/deployment/util/deployment_util.go v1.36.2, ResolveFenceposts: maxSurge rounds up, maxUnavailable down, and where both are 0 one pod may be unavailable',
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable',
  ],
  judge({ workload, replacement, traffic, intent, mayServe }) {
    const replicas = workload.leastReplicas;
    const { replacedBy } = workload.kind;
    if (!workload.scales || !ROLLING.has(replacedBy)) {
      return notApplicable('its pods are not replaced by a rolling update that the manifest describes');
    }
    if (replacement.strategy === 'Recreate') {
      return notApplicable('strategy Recreate takes all pods away; see recreate-behind-service');
    }
    if (replicas === 0) return notApplicable('there are no replicas');
    const inPlace = replacedBy === 'stateful-set';
    if (inPlace && replicas === 1) {
      return notApplicable('the only pod of a StatefulSet has to go before its new one starts; see no-headroom');
    }
    const stated = intent.requiredReplicas !== undefined;
    if (!stated && !mayServe) return notApplicable('nothing sends requests to the pods');

    const { unavailable, bothZero } = replacement.at(replicas);
    const left = replacement.rollout(replicas).lowestReady;
    const missing = replicas - left;
    const required = replacement.requiredReplicas;
    const sum = `${unavailableText(replacement, replicas, unavailable, bothZero)}: ${replicas} - ${missing} = ${left} available, required ${required}${stated ? '' : ' (assumed)'}`;
    const violated = () => ({
      message:
        left === 0
          ? `a rollout takes ${replicas === 1 ? 'the only pod' : `all ${replicas} pods`} away before a new one is ready`
          : `a rollout leaves ${left} of ${replicas} pods, peak load needs ${required} (${required - left} short)`,
      arithmetic: sum,
      fix:
        replicas > required && required > 0
          ? `set maxUnavailable to ${replicas - required} or less${bothZero ? ' and maxSurge to 1' : ''}`
          : inPlace
            ? `run ${required + 1} replicas or more`
            : 'set maxUnavailable to 0 and maxSurge to 1',
      field: MAX_UNAVAILABLE[replacedBy],
    });
    if (stated) return left >= required ? pass(sum) : violation(violated());
    const seen = traffic.sources.length > 0;
    if (left === 0) {
      // Without a spare accelerator the only pod has to go first, whatever the strategy.
      const isSpared = (intent.spareAccelerators ?? 0) >= replacement.acceleratorsPerPod;
      const mustGoFirst = replicas === 1 && !isSpared;
      return mustGoFirst && !bothZero
        ? notApplicable('a single replica without a spare accelerator has to go first; see no-headroom')
        : violation({ ...violated(), severity: mustGoFirst || !seen ? 'warning' : undefined });
    }
    if (!seen) return notApplicable('nothing sends requests to the pods');
    if (missing <= 1) return pass(sum);
    return cannotJudge(
      `a rollout leaves ${left} of ${replicas} pods; how many peak load needs is not stated`,
      `state it with ${intentKey('requiredReplicas')}`,
    );
  },
};

const MAX_UNAVAILABLE: Readonly<Partial<Record<ReplacedBy, string>>> = {
  deployment: 'spec.strategy.rollingUpdate.maxUnavailable',
  'stateful-set': 'spec.updateStrategy.rollingUpdate.maxUnavailable',
  'leader-worker-set': 'spec.rolloutStrategy.rollingUpdateConfiguration.maxUnavailable',
};
const ROLLING: ReadonlySet<string> = new Set(Object.keys(MAX_UNAVAILABLE));

function unavailableText(
  { maxSurge, maxUnavailable }: Replacement,
  replicas: number,
  unavailable: number,
  bothZero: boolean,
): string {
  if (bothZero) {
    return `maxSurge ${maxSurge} and maxUnavailable ${maxUnavailable} of ${replicas} both come to 0, and then Kubernetes takes 1 unavailable`;
  }
  return typeof maxUnavailable === 'number'
    ? `maxUnavailable ${maxUnavailable}`
    : `maxUnavailable ${maxUnavailable} of ${replicas}, rounded down, is ${unavailable}`;
}
