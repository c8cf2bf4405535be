import { type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf, merged, statefulSet } from './manifests';

const ports = { ports: [{ containerPort: 8080, hostPort: 8080 }] };
const unavailable = { spec: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } } };
const daemonSet = (rollingUpdate: Changes) =>
  merged(deploymentOf(ports), {
    kind: 'DaemonSet',
    spec: { strategy: undefined, replicas: undefined, updateStrategy: { type: 'RollingUpdate', rollingUpdate } },
  });

export const cases: RuleCases = {
  rule: 'host-port-blocks-rollout',
  violation: [
    withCompanions(
      'a host port and 0 unavailable',
      deploymentOf(ports),
      'each holds host port 8080 of its node, and no old pod may go before a new one is available',
      'maxSurge 1 of 3 is 1, maxUnavailable 0 is 0',
      'set maxSurge to 0 and maxUnavailable to 1',
    ),
    withCompanions('the network of the node', deploymentOf({}, { hostNetwork: true }), 'host port 8080'),
    withCompanions(
      'a DaemonSet with a surge',
      daemonSet({ maxSurge: 1 }),
      'with maxSurge 1 the new pod runs on the node of the old one',
    ),
  ],
  pass: [
    withCompanions('an old pod goes first', deploymentOf(ports, {}, unavailable), 'an old pod may go before'),
    withCompanions('a DaemonSet without a surge', daemonSet({}), 'no surge'),
    withCompanions(
      'a StatefulSet',
      merged(statefulSet(), { spec: deploymentOf(ports).spec as Changes }),
      'an old pod may go before',
    ),
  ],
  notApplicable: [withCompanions('no host port', deployment(), 'no port of the node')],
};
