import { only, type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf, merged } from './manifests';

const MARKER = '/tmp/drain';

/** A mesh that follows readiness, in front of a server whose readiness probe fails after 2 s x 2 + 1 s = 5 s. */
function behindMesh(intent: Changes, container: Changes = {}) {
  const probe = { periodSeconds: 2, failureThreshold: 2 };
  return merged(deploymentOf({ readinessProbe: probe, ...container }), {
    metadata: { annotations: { 'cdk8s-graceful/traffic-sources': 'kube-proxy, mesh=5s/readiness', ...intent } },
  });
}

function withMarker(preStopSeconds: number, intent: Changes = {}) {
  return behindMesh(
    { 'cdk8s-graceful/kubernetes-version': '1.34', ...intent },
    {
      readinessProbe: {
        httpGet: undefined,
        exec: { command: ['/bin/sh', '-c', `test ! -e ${MARKER}`] },
        periodSeconds: 2,
        failureThreshold: 2,
      },
      lifecycle: {
        preStop: { sleep: undefined, exec: { command: ['/bin/sh', '-c', `touch ${MARKER}; sleep ${preStopSeconds}`] } },
      },
    },
  );
}

const described = (intent: Changes) =>
  behindMesh({
    'cdk8s-graceful/runtime': 'own',
    'cdk8s-graceful/runtime-version': undefined,
    'cdk8s-graceful/sigterm': 'drains',
    ...intent,
  });

export const cases: RuleCases = {
  rule: 'readiness-true-while-draining',
  violation: [
    withCompanions(
      'readiness that flips only when the server is gone',
      behindMesh({}),
      'readiness turns false too slowly: mesh sends new requests until 20 s after the deletion, the server accepts until 10 s (10 s short)',
      '2 s x 2 + 1 s = 5 s',
      'readiness false at 15 s + mesh 5 s = 20 s',
      'go on serving for 10 s after SIGTERM',
    ),
    withCompanions('a marker, one second too slow', withMarker(9), '(1 s short)', 'raise preStopDelay to 10 s or more'),
    withCompanions(
      'a server whose readiness never changes',
      described({ 'cdk8s-graceful/readiness-after-sigterm': 'unchanged' }),
      'readiness stays true until the container is gone, and mesh follows readiness',
    ),
    withCompanions(
      'a quiet period, one second too short',
      behindMesh(
        { 'cdk8s-graceful/runtime': 'fast-api', 'cdk8s-graceful/runtime-version': '0.54.0' },
        { env: [{ name: 'CDK8S_GRACEFUL_QUIET_SECONDS', value: '9' }] },
      ),
      'SIGTERM 10 s + quiet period 9 s = 19 s',
      '(1 s short)',
    ),
    withCompanions(
      'an exec probe that this version does not run any more',
      behindMesh(
        {
          'cdk8s-graceful/kubernetes-version': '1.36.3',
          'cdk8s-graceful/runtime': undefined,
          'cdk8s-graceful/runtime-version': undefined,
        },
        { readinessProbe: { httpGet: undefined, exec: { command: ['/bin/ready'] } } },
      ),
      'readiness stays true until the container is gone',
      'Kubernetes 1.36.3 does not run exec readiness probes',
    ),
    withCompanions(
      'the slowest of several meshes, and a drain endpoint',
      merged(
        behindMesh(
          {
            'cdk8s-graceful/traffic-sources': 'a=5s/readiness, b=8s/readiness, c=6s/readiness',
            'cdk8s-graceful/drain-endpoint': '/drain',
          },
          { lifecycle: { preStop: { sleep: undefined, httpGet: { path: '/drain', port: 8080 } } } },
        ),
        {},
      ),
      'b sends new requests until 13 s after the deletion, the server accepts until 0 s',
    ),
  ],
  pass: [
    withCompanions('a marker, just in time', withMarker(10), 'readiness false at 5 s + mesh 5 s = 10 s'),
    withCompanions('a source that follows the deletion', deployment(), 'kube-proxy: told by the deletion'),
    withCompanions(
      'a quiet period that is long enough',
      behindMesh(
        { 'cdk8s-graceful/runtime': 'fast-api', 'cdk8s-graceful/runtime-version': '0.54.0' },
        { env: [{ name: 'CDK8S_GRACEFUL_QUIET_SECONDS', value: '10' }] },
      ),
      'quiet period 10 s = 20 s',
    ),
  ],
  notApplicable: [
    only('no traffic', [deployment()], 'nothing sends requests'),
    withCompanions('no readiness probe', behindMesh({}, { readinessProbe: undefined }), 'see readiness-probe-missing'),
    withCompanions(
      'a marker that this version ignores',
      withMarker(30, { 'cdk8s-graceful/kubernetes-version': '1.36.3' }),
      'see exec-readiness-ignored-during-termination',
    ),
  ],
  cannotJudge: [
    withCompanions(
      'an exec probe and no version',
      behindMesh({}, { readinessProbe: { httpGet: undefined, exec: { command: ['/bin/ready'] } } }),
      'Without a Kubernetes version',
    ),
    withCompanions(
      'a hook of unknown length',
      behindMesh({}, { lifecycle: { preStop: { sleep: undefined, exec: { command: ['/bin/drain'] } } } }),
      'how long preStop takes is not known',
    ),
    withCompanions(
      'a server that nobody described',
      described({ 'cdk8s-graceful/sigterm': undefined }),
      'what the server answers after SIGTERM is not known',
    ),
  ],
};
