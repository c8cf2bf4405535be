import { intentKey } from '../manifest/intent';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

/** One pod more is what any rollout without a gap needs. */
const USUAL_SURGE = 1;

export const surgeDoublesAccelerators: WorkloadRule = {
  id: 'surge-doubles-accelerators',
  title: 'a rollout asks for half as many accelerators again, or more',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'maxSurge starts all its new pods at once. Accelerators are seldom free in such numbers: most of them wait as Pending, an autoscaler ' +
    'buys machines for minutes of use, and other workloads that need one accelerator to replace a failed pod get none.',
  remedy: 'Set maxSurge to 1, or to 0 with maxUnavailable 1.',
  sources: [
    'vllm-project/production-stack@a6c01db helm/templates/_helpers.tpl (maxSurge 100% by default)',
    'kubernetes/kubernetes pkg/controller/deployment/rolling.go v1.36.2',
  ],
  judge({ workload, replacement, intent }) {
    const perPod = replacement.acceleratorsPerPod;
    if (perPod === 0) return notApplicable('the pods use no accelerator');
    const replicas = workload.leastReplicas;
    if (workload.ref.kind !== 'Deployment' || replicas === 0) return notApplicable('no rollout adds pods');
    const { surge } = replacement.at(replicas);
    const extra = surge * perPod;
    const sum = `${surge} of ${replicas} pods x ${perPod} = ${extra} accelerators beside the ${replicas * perPod} in use`;
    if (surge <= USUAL_SURGE || surge * 2 < replicas) return pass(sum);
    if ((intent.spareAccelerators ?? 0) >= extra) return pass(`${sum}, ${intent.spareAccelerators} are spare`);
    return violation({
      message: `a rollout starts ${surge} new pods at once, which need ${extra} accelerators beside the ${replicas * perPod} in use`,
      arithmetic: `maxSurge ${replacement.maxSurge} of ${replicas} is ${surge}: ${sum}`,
      fix: `set maxSurge to 1, or state spare accelerators with ${intentKey('spareAccelerators')}`,
      field: 'spec.strategy.rollingUpdate.maxSurge',
    });
  },
};
