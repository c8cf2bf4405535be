import type { JsonObject } from '../../../src/manifest/json';
import { type RuleCases, withCompanions } from './case';
import { container, deployment, deploymentStating } from './manifests';

const on = (version: string, pod: JsonObject = {}): JsonObject =>
  deploymentStating({ 'kubernetes-version': version }, { spec: { template: { spec: pod } } });
const exec = container({ lifecycle: { preStop: { sleep: undefined, exec: { command: ['sleep', '10'] } } } });
const zero = { containers: [container({ lifecycle: { preStop: { sleep: { seconds: 0 } } } })] };

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
    withCompanions('a sleep of 0 s', on('1.32', zero), 'Kubernetes 1.32 refuses', 'a sleep of 0 s needs 1.33'),
  ],
  pass: [
    withCompanions('Kubernetes 1.30', on('1.30'), 'Kubernetes 1.30 has the sleep action'),
    withCompanions('no version stated', deployment(), '1.30 or later is assumed'),
    withCompanions('a sleep of 0 s on 1.33', on('1.33', zero), 'Kubernetes 1.33 has the sleep action'),
  ],
  notApplicable: [withCompanions('an exec hook', on('1.29', { containers: [exec] }), 'no hook uses the sleep action')],
};
