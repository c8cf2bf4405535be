import { intentKey } from '../manifest/intent';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const rolloutWaitsForAccelerator: WorkloadRule = {
  id: 'rollout-waits-for-accelerator',
  title: 'A rollout needs an accelerator that nobody has to spare',
  severity: 'error',
  judges: 'workload',
  settledBy: ['spareAccelerators'],
  hazard:
    'The new pod waits for a free accelerator, and no old pod may go before the new one is available: the rollout hangs ' +
    'until its progress deadline, and the new version never serves a request.',
  remedy: 'Let one pod be unavailable and none surge, or keep accelerators spare for the surge.',
  sources: [
    'kubernetes/kubernetes pkg/controller/deployment/rolling.go v1.36.2',
    'defilantech/LLMKube#192; kubernetes/kubernetes#116891 (25 % of up to 3 replicas rounds down to 0 unavailable)',
  ],
  judge({ workload, replacement, intent }) {
    if (workload.kind.replacedBy !== 'deployment')
      return notApplicable('only a Deployment brings a new pod before an old one goes');
    const perPod = replacement.acceleratorsPerPod;
    if (perPod === 0) return notApplicable('the pods use no accelerator');
    if (workload.mostReplicas === 0) return notApplicable('there are no replicas');
    const replicas = Math.max(1, workload.leastReplicas);
    const rollout = replacement.rollout(replicas);
    const { surge, unavailable } = replacement.at(replicas);
    const spare = intent.spareAccelerators;
    const stock = spare === undefined ? 'none stated as spare' : `${spare} spare`;
    if (rollout.canProgress) {
      return pass(
        `${rollout.why}; at most ${rollout.peakAccelerators} accelerators at once (${replicas} x ${perPod}, ${stock})`,
      );
    }
    return violation({
      message: `a rollout cannot take its first step${spare === undefined ? ' unless an accelerator is spare' : ''}: ${rollout.why}`,
      arithmetic: `replicas ${replicas}, surge ${surge}, unavailable ${unavailable}: the first new pod makes (${replicas} + 1) x ${perPod} = ${(replicas + 1) * perPod} accelerators, there are ${replicas} x ${perPod} + ${spare ?? 0} = ${replicas * perPod + (spare ?? 0)} (${stock})`,
      fix: `set maxSurge to 0 and maxUnavailable to 1, or keep ${perPod} accelerator${perPod === 1 ? '' : 's'} spare and state it with ${intentKey('spareAccelerators')}`,
      field: 'spec.strategy.rollingUpdate',
      // Neither the strategy nor the stock was chosen: a cluster may well have one more.
      severity: spare === undefined && workload.spec('strategy', 'rollingUpdate') === undefined ? 'warning' : undefined,
    });
  },
};
