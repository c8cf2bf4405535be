import { only, type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf, deploymentStating, disruptionBudget, service, statefulSet } from './manifests';

const HEADLESS = service({ spec: { clusterIP: 'None' } });
const behind = (workload: ReturnType<typeof deployment>) => [workload, HEADLESS, disruptionBudget()];

export const cases: RuleCases = {
  rule: 'headless-service-dns-cached',
  violation: [
    only(
      'a short preStop',
      behind(deployment()),
      'only headless Service orders leads to the pods: its records may name a deleted pod for 35 s, preStop waits 10 s',
      'headless Service (DNS) 35 s - preStop 10 s = 25 s short',
    ),
    only('none', behind(deploymentOf({ lifecycle: undefined })), 'preStop waits 0 s'),
    only(
      'only as long as the time to live',
      behind(deploymentOf({ lifecycle: { preStop: { sleep: { seconds: 30 } } } })),
      '= 5 s short',
    ),
  ],
  pass: [
    only(
      'as long as the records name the pod',
      behind(deploymentOf({ lifecycle: { preStop: { sleep: { seconds: 35 } } } })),
      'preStop waits 35 s, records name the pod for 35 s',
    ),
    only(
      'another Service too',
      [...behind(deployment()), service({ metadata: { name: 'orders-ip' } })],
      'by another Service',
    ),
  ],
  notApplicable: [
    withCompanions('a cluster IP', deployment(), 'no headless Service'),
    only('a StatefulSet', behind(statefulSet()), 'the names of its pods'),
    only('stated', behind(deploymentStating({ 'traffic-sources': 'kube-proxy' })), 'are stated'),
  ],
};
