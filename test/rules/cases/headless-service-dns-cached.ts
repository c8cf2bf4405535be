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
      'only headless Service orders leads to the pods: its records live 30 s in every cache, preStop waits 10 s',
      'time to live 30 s - preStop 10 s = 20 s short',
    ),
    only('none', behind(deploymentOf({ lifecycle: undefined })), 'preStop waits 0 s'),
  ],
  pass: [
    only(
      'as long as the records live',
      behind(deploymentOf({ lifecycle: { preStop: { sleep: { seconds: 30 } } } })),
      'preStop waits 30 s',
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
