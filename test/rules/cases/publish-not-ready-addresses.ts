import { only, type RuleCases, withCompanions } from './case';
import { deployment, disruptionBudget, service, statefulSet } from './manifests';

const NOT_READY = { publishNotReadyAddresses: true };
const HEADLESS = { ...NOT_READY, clusterIP: 'None' };
const behind = (workload: ReturnType<typeof deployment>, spec: object) => [
  workload,
  service({ spec: { ...spec } }),
  disruptionBudget(),
];

export const cases: RuleCases = {
  rule: 'publish-not-ready-addresses',
  violation: [
    only(
      'a Service with a cluster IP',
      behind(deployment(), NOT_READY),
      'Service orders has publishNotReadyAddresses: it sends new requests to a pod until its container is gone',
      'remove publishNotReadyAddresses from Service orders',
    ),
    {
      ...only('a headless one', behind(deployment(), HEADLESS), 'send requests to another Service'),
      severity: 'warning',
    },
  ],
  pass: [
    withCompanions('ready pods only', deployment(), 'ready pods only'),
    only('members that find each other', behind(statefulSet(), HEADLESS), 'find each other'),
  ],
  notApplicable: [only('no Service', [deployment()], 'no Service')],
};
