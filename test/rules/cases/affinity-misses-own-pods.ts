import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf } from './manifests';

const selecting = (labels: object) => ({
  topologyKey: 'kubernetes.io/hostname',
  labelSelector: { matchLabels: labels },
});
const required = (...terms: object[]) =>
  deploymentOf({}, { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } } });
const preferred = (labels: object) =>
  deploymentOf(
    {},
    {
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: selecting(labels) }],
        },
      },
    },
  );
const spread = (labels: object) =>
  deploymentOf(
    {},
    { topologySpreadConstraints: [{ ...selecting(labels), maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' }] },
  );

export const cases: RuleCases = {
  rule: 'affinity-misses-own-pods',
  violation: [
    withCompanions(
      'a label that the pods do not have',
      required(selecting({ name: 'orders' })),
      'podAntiAffinity selects name, and the pods of this workload have no such label',
      'select labels of spec.template.metadata.labels: app',
    ),
    withCompanions('a preferred one', preferred({ name: 'orders' }), 'podAntiAffinity selects name'),
    withCompanions(
      'a spread',
      spread({ app: 'order' }),
      'the spread over kubernetes.io/hostname selects app, which the pods',
    ),
  ],
  pass: [
    withCompanions('its own pods', required(selecting({ app: 'orders' })), 'apart from one another'),
    withCompanions(
      'itself and another',
      required(selecting({ name: 'db' }), selecting({ app: 'orders' })),
      'apart from one another',
    ),
    withCompanions('a spread', spread({ app: 'orders' }), 'selects them'),
  ],
  notApplicable: [
    withCompanions('nothing', deployment(), 'nothing spreads'),
    withCompanions('another workload', required(selecting({ app: 'db' })), 'other workloads'),
  ],
};
