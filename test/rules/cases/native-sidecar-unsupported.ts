import type { JsonObject } from '../../../src/manifest/json';
import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentStating } from './manifests';

const proxy = { name: 'proxy', image: 'registry.example.com/proxy:1.4.0' };
const on = (version: string | undefined, ...initContainers: readonly JsonObject[]): JsonObject =>
  deploymentStating({ 'kubernetes-version': version }, { spec: { template: { spec: { initContainers } } } });

export const cases: RuleCases = {
  rule: 'native-sidecar-unsupported',
  violation: [
    withCompanions(
      'Kubernetes 1.28',
      on('1.28', { ...proxy, restartPolicy: 'Always' }),
      'init container proxy has restartPolicy Always, which Kubernetes 1.28 ignores',
      'native sidecars need 1.29',
    ),
  ],
  pass: [
    withCompanions(
      'Kubernetes 1.29',
      on('1.29', { ...proxy, restartPolicy: 'Always' }),
      'Kubernetes 1.29 has native sidecars',
    ),
    withCompanions(
      'no version stated',
      on(undefined, { ...proxy, restartPolicy: 'Always' }),
      '1.30 or later is assumed',
    ),
  ],
  notApplicable: [
    withCompanions('no sidecar', deployment(), 'there are no native sidecars'),
    withCompanions('an init container that ends', on('1.28', proxy), 'there are no native sidecars'),
  ],
};
