import { only, type RuleCases } from './case';

const kubelet = (fields: object) => [
  { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', ...fields },
];

export const cases: RuleCases = {
  rule: 'kubelet-shutdown-leaves-no-time',
  violation: [
    only(
      'all for critical pods',
      kubelet({ shutdownGracePeriod: '30s', shutdownGracePeriodCriticalPods: '30s' }),
      'ordinary pods get 0 s when a node shuts down',
      'shutdownGracePeriod 30s - shutdownGracePeriodCriticalPods 30s = 0 s for ordinary pods',
    ),
  ],
  pass: [
    only(
      'time for both',
      kubelet({ shutdownGracePeriod: '2m30s', shutdownGracePeriodCriticalPods: '30s' }),
      '= 120 s for ordinary pods',
    ),
  ],
  notApplicable: [only('turned off', kubelet({}), 'does not wait')],
};
