import type { JsonObject } from '../../../src/manifest/json';
import { type RuleCases, withCompanions } from './case';
import { container, deployment, deploymentStating } from './manifests';

const on = (version: string, pod: JsonObject = {}): JsonObject =>
  deploymentStating({ 'kubernetes-version': version }, { spec: { template: { spec: pod } } });
const exec = container({ lifecycle: { preStop: { sleep: undefined, exec: { command: ['sleep', '10'] } } } });

export const cases: RuleCases = {
  rule: 'sleep-action-unsupported',
  violation: [
    withCompanions(
      'Kubernetes 1.29',
      on('1.29'),
      'preStop sleeps 10 s with the sleep action, which Kubernetes 1.29 does not have',
      'the sleep action needs 1.30',
      '[sleep, "10"]',
    ),
    withCompanions('a patch of 1.29', on('1.29.14'), 'Kubernetes 1.29.14'),
    withCompanions(
      'a native sidecar',
      on('1.29', { containers: [exec], initContainers: [container({ name: 'proxy', restartPolicy: 'Always' })] }),
      'preStop sleeps 10 s',
    ),
    withCompanions(
      'postStart',
      on('1.28', {
        containers: [container({ lifecycle: { preStop: undefined, postStart: { sleep: { seconds: 3 } } } })],
      }),
      'postStart sleeps 3 s',
    ),
  ],
  pass: [
    withCompanions('Kubernetes 1.30', on('1.30'), 'Kubernetes 1.30 has the sleep action'),
    withCompanions('no version stated', deployment(), '1.30 or later is assumed'),
  ],
  notApplicable: [withCompanions('an exec hook', on('1.29', { containers: [exec] }), 'no hook uses the sleep action')],
};
