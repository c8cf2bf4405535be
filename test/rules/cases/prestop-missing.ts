import { only, type RuleCases, withCompanions } from './case';
import { container, deployment, deploymentOf, deploymentStating, service } from './manifests';

const without = { lifecycle: undefined };
const containers = (...list: readonly unknown[]) => ({ spec: { template: { spec: { containers: list } } } });

export const cases: RuleCases = {
  rule: 'prestop-missing',
  violation: [
    withCompanions(
      'no hook behind a Service',
      deploymentOf(without),
      'there is no preStop hook: SIGTERM comes at once, kube-proxy may send new requests for 5 s after it',
      'lifecycle.preStop.sleep.seconds of 5 s or more',
    ),
    withCompanions(
      'a grace that has no room for one',
      deploymentOf(without, { terminationGracePeriodSeconds: 39 }),
      'raise terminationGracePeriod to 40 s or more',
    ),
    withCompanions(
      'no longest request',
      deploymentStating({ 'longest-request': undefined }, containers(container(without))),
      'so raise that by as much',
    ),
    only(
      'no Service, but a stated source',
      [deploymentStating({ 'traffic-sources': 'edge=25s' }, containers(container(without)))],
      'edge may send new requests for 25 s',
    ),
    withCompanions(
      'a hook without a handler',
      deploymentOf({ lifecycle: { preStop: { sleep: undefined } } }),
      'the preStop hook has no handler, which the API server refuses',
    ),
    withCompanions(
      'null in place of a hook',
      deploymentOf({ lifecycle: { preStop: null } }),
      'there is no preStop hook',
    ),
    withCompanions(
      'a cluster without the sleep action',
      deploymentStating({ 'kubernetes-version': '1.29' }, containers(container(without))),
      'lifecycle.preStop.exec with sleep',
    ),
    withCompanions(
      'only the container beside the server has one',
      deployment(containers(container({ name: 'proxy', ports: [] }), container(without))),
      'there is no preStop hook',
    ),
    withCompanions(
      'a quiet period that is too short',
      deploymentStating(
        { runtime: 'fast-api', 'runtime-version': '0.54.0' },
        containers(container({ ...without, env: [{ name: 'CDK8S_GRACEFUL_QUIET_SECONDS', value: '4' }] })),
      ),
      'kube-proxy may send new requests for 5 s',
    ),
    {
      ...only(
        'a model server whose Service was not read',
        [deploymentOf({ ...without, resources: { limits: { 'nvidia.com/gpu': 1 } } })],
        'there is no preStop hook, and SIGTERM comes at once: whatever sends requests to this model server',
        'cdk8s-graceful/traffic-sources',
      ),
      severity: 'warning',
    },
  ],
  pass: [
    withCompanions('a hook', deployment(), 'container main has a preStop hook'),
    withCompanions(
      'a server that goes on serving after SIGTERM',
      deploymentStating(
        { runtime: 'fast-api', 'runtime-version': '0.54.0' },
        containers(container({ ...without, env: [{ name: 'CDK8S_GRACEFUL_QUIET_SECONDS', value: '5' }] })),
      ),
      'goes on serving for 5 s after SIGTERM',
    ),
    only(
      'a source that needs no time',
      [deploymentStating({ 'traffic-sources': 'queue=0s' }, containers(container(without)))],
      'queue needs 0 s',
    ),
  ],
  notApplicable: [
    only('no Service and no stated source', [deploymentOf(without)], 'no Service selects it'),
    only(
      'a Service for other pods',
      [deploymentOf(without), service({ spec: { selector: { app: 'carts' } } })],
      'no Service selects it',
    ),
    withCompanions('no containers', deployment(containers()), 'no containers'),
    withCompanions(
      'a server that ignores SIGTERM',
      deploymentStating({ sigterm: 'ignored' }, containers(container(without))),
      'serves until SIGKILL',
    ),
  ],
};
