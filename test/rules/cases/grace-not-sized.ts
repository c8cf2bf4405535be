import { only, type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf, merged, silent, statefulSet } from './manifests';

const GPU = { resources: { limits: { 'nvidia.com/gpu': 1 } } };
const grace = (seconds: number | undefined, workload = deployment()) =>
  silent(merged(workload, { spec: { template: { spec: { terminationGracePeriodSeconds: seconds } } } }));
const database = (seconds: number | undefined, changes: Changes = {}) =>
  grace(seconds, merged(statefulSet({ spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] } }), changes));

export const cases: RuleCases = {
  rule: 'grace-not-sized',
  violation: [
    withCompanions(
      'a model server with the default',
      grace(undefined, deploymentOf(GPU)),
      'terminationGracePeriodSeconds is not set, so it is 30 s: a generation that takes longer is cut',
      'grace 30 s - propagation 5 s - margin 5 s = 20 s for the longest request',
      'cdk8s-graceful/longest-request',
    ),
    withCompanions('the default written out', grace(30, deploymentOf(GPU)), 'terminationGracePeriodSeconds is 30 s'),
    withCompanions(
      'a database with the default',
      database(undefined),
      'not set, so it is 30 s: a server that keeps data is killed',
    ),
    withCompanions('a database with less', database(20), 'is 20 s: a server that keeps data'),
    withCompanions(
      'a server with next to nothing',
      grace(5),
      'may send new requests for 5 s, and nothing of it is left',
      'grace 5 s - kube-proxy 5 s - margin 5 s = -5 s',
    ),
  ],
  pass: [
    withCompanions('a model server with more', grace(300, deploymentOf(GPU)), 'is 300 s'),
    withCompanions('a web server with the default', grace(undefined), 'nothing says that the shutdown takes longer'),
    withCompanions('a database with the default written out', database(30), 'is 30 s'),
    only('a client', [grace(5)], 'nothing says that the shutdown takes longer'),
  ],
  notApplicable: [
    withCompanions(
      'the longest request is stated',
      merged(deployment(), { spec: { template: { spec: { terminationGracePeriodSeconds: 30 } } } }),
      'see grace-shorter-than-shutdown',
    ),
    withCompanions('no grace at all', grace(0), 'see grace-zero'),
  ],
};
