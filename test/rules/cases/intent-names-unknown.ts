import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentStating } from './manifests';

const sidecar = {
  spec: { template: { spec: { initContainers: [{ name: 'proxy', image: 'proxy:1.4.0', restartPolicy: 'Always' }] } } },
};

export const cases: RuleCases = {
  rule: 'intent-names-unknown',
  violation: [
    withCompanions(
      'a runtime',
      deploymentStating({ runtime: 'springboot' }),
      "annotation cdk8s-graceful/runtime: runtime 'springboot' is not known",
      'spring-boot, uvicorn',
    ),
    withCompanions(
      'a traffic source',
      deploymentStating({ 'traffic-sources': 'kube-proxy, aws-alb' }),
      "traffic source 'aws-alb' is not known and has no propagation, so it counts as 0 s",
      'aws-load-balancer',
      'aws-alb=30s',
    ),
    withCompanions(
      'a node lifecycle',
      deploymentStating({ 'node-lifecycles': 'spot' }),
      "node lifecycle 'spot' is not known",
      'aws-spot',
      'spot=120s',
    ),
    withCompanions(
      'a container',
      deploymentStating({ 'drain.prox': '20s' }, sidecar),
      "the pod has no container 'prox', so its drain of 20 s counts as 0 s",
      'use one of main, proxy',
    ),
    {
      ...withCompanions('the server', deploymentStating({ 'drain.main': '20s' }), "container 'main' is the server"),
      severity: 'warning',
    },
    withCompanions(
      'every one of them',
      deploymentStating({ runtime: 'undertow', 'node-lifecycles': 'spot' }),
      'undertow',
      'spot',
    ),
  ],
  pass: [
    withCompanions('names that are known', deployment(), 'every name in the annotations is known'),
    withCompanions(
      'names with their number',
      deploymentStating({ 'traffic-sources': 'edge=20s', 'node-lifecycles': 'spot=60s' }),
      'every name',
    ),
    withCompanions('a server of their own', deploymentStating({ runtime: 'custom' }), 'every name'),
    withCompanions('a sidecar', deploymentStating({ 'drain.proxy': '20s' }, sidecar), 'every name'),
  ],
  notApplicable: [
    withCompanions('no names', deploymentStating({ runtime: undefined }), 'no annotation names anything'),
  ],
};
