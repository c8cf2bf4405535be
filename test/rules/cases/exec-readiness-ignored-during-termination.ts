import { type Case, only, type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf, merged } from './manifests';

const warning = (example: Case): Case => ({ ...example, severity: 'warning' });

function marked(version: string | undefined, sources?: string) {
  const annotations = { 'cdk8s-graceful/kubernetes-version': version, 'cdk8s-graceful/traffic-sources': sources };
  return merged(
    deploymentOf({
      readinessProbe: { httpGet: undefined, exec: { command: ['/bin/sh', '-c', 'test ! -e /tmp/drain'] } },
      lifecycle: { preStop: { sleep: undefined, exec: { command: ['/bin/sh', '-c', 'touch /tmp/drain; sleep 10'] } } },
    }),
    { metadata: { annotations } },
  );
}

const BOTH = 'kube-proxy, mesh=5s/readiness';

export const cases: RuleCases = {
  rule: 'exec-readiness-ignored-during-termination',
  violation: [
    withCompanions(
      'a mesh that follows readiness, on 1.36.3',
      marked('1.36.3', BOTH),
      'the drain marker /tmp/drain is tested by an exec readiness probe',
      'does not learn of the drain: mesh; still learns of it, from the deletion: kube-proxy',
      'Kubernetes 1.36.3 does not run exec readiness probes',
    ),
    withCompanions('any patch of 1.35', marked('1.35', BOTH), 'Kubernetes 1.35'),
    warning(withCompanions('only sources that follow the deletion', marked('1.36.3'), 'from the deletion: kube-proxy')),
    warning(withCompanions('a mesh, and no version', marked(undefined, BOTH), 'cdk8s-graceful/kubernetes-version')),
  ],
  pass: [
    withCompanions('1.34', marked('1.34', BOTH), 'the marker turns readiness false at 11 s'),
    withCompanions('1.36.2', marked('1.36.2', BOTH), 'the marker turns readiness false'),
    withCompanions(
      'no version, and nothing depends on it',
      marked(undefined),
      'nothing depends on the marker: kube-proxy',
    ),
  ],
  notApplicable: [
    withCompanions('an httpGet probe', deployment(), 'no exec readiness probe tests a marker'),
    only('no traffic', [marked('1.36.3')], 'nothing sends requests'),
  ],
};
