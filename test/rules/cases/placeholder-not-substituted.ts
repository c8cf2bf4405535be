import { only, type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf } from './manifests';

export const cases: RuleCases = {
  rule: 'placeholder-not-substituted',
  violation: [
    withCompanions(
      'an image',
      deploymentOf({ image: `registry.example.com/orders:\${TAG}` }),
      `image is 'registry.example.com/orders:\${TAG}': a placeholder`,
    ),
    withCompanions('a template', deploymentOf({ image: '{{ .Values.image }}' }), "'{{ .Values.image }}'"),
    withCompanions('angle brackets', deploymentOf({ image: '<your-image>' }), "'<your-image>'"),
    withCompanions(
      'a limit',
      deploymentOf({ resources: { limits: { 'nvidia.com/gpu': `\${GPUS}` } } }),
      `resources.limits['nvidia.com/gpu'] is '\${GPUS}'`,
    ),
    withCompanions('replicas', deployment({ spec: { replicas: '$REPLICAS' } }), "spec.replicas is '$REPLICAS'"),
    only('a namespace', [deployment({ metadata: { namespace: `\${NAMESPACE}` } })], 'metadata.namespace'),
  ],
  pass: [withCompanions('none', deployment(), 'no placeholder is left')],
  notApplicable: [
    withCompanions('no containers', deployment({ spec: { template: { spec: { containers: [] } } } }), 'no containers'),
  ],
};
