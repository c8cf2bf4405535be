import { only, type RuleCases, withCompanions } from './case';
import { companions, deployment } from './manifests';

const scaled = (spec: object) => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { namespace: 'shop', name: 'orders' },
  spec: { scaleTargetRef: { name: 'orders' }, maxReplicaCount: 10, ...spec },
});

export const cases: RuleCases = {
  rule: 'keda-scales-to-zero',
  violation: [
    only(
      'the default',
      [deployment(), scaled({}), ...companions()],
      'ScaledObject orders scales to 0 pods: kube-proxy has nowhere to send a request then',
      '0 pods + cold start 60 s',
    ),
  ],
  pass: [only('one pod stays', [deployment(), scaled({ minReplicaCount: 1 }), ...companions()], 'minReplicaCount 1')],
  notApplicable: [
    withCompanions('no ScaledObject', deployment(), 'no ScaledObject'),
    only('a worker', [deployment(), scaled({})], 'nothing is known to send'),
  ],
};
