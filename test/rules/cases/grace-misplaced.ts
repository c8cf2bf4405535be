import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf } from './manifests';

const KEY = 'terminationGracePeriodSeconds';

export const cases: RuleCases = {
  rule: 'grace-misplaced',
  violation: [
    withCompanions(
      'at the Deployment',
      deployment({ spec: { [KEY]: 120, template: { spec: { [KEY]: undefined } } } }),
      'spec.terminationGracePeriodSeconds has no effect there: the grace of the pod is 30 s',
      'move it to the pod spec',
    ),
    withCompanions(
      'at the template',
      deployment({ spec: { template: { [KEY]: 120 } } }),
      'spec.template.terminationGracePeriodSeconds has no effect',
    ),
    withCompanions(
      'as an annotation',
      deployment({ metadata: { annotations: { [KEY]: '120' } } }),
      'metadata.annotations.terminationGracePeriodSeconds',
    ),
    withCompanions(
      'as an annotation of the pods',
      deployment({ spec: { template: { metadata: { annotations: { [KEY]: '120' } } } } }),
      'spec.template.metadata.annotations.terminationGracePeriodSeconds',
    ),
    withCompanions(
      'at the security context',
      deploymentOf({}, { securityContext: { [KEY]: 120 } }),
      'securityContext.terminationGracePeriodSeconds',
    ),
    withCompanions(
      'at the container',
      deploymentOf({ [KEY]: 120 }),
      'terminationGracePeriodSeconds has no effect there',
    ),
    withCompanions(
      'at the lifecycle',
      deploymentOf({ lifecycle: { [KEY]: 120 } }),
      'lifecycle.terminationGracePeriodSeconds',
    ),
    withCompanions(
      'at the hook',
      deploymentOf({ lifecycle: { preStop: { [KEY]: 120 } } }),
      'lifecycle.preStop.terminationGracePeriodSeconds',
    ),
    withCompanions(
      'at the readiness probe',
      deploymentOf({ readinessProbe: { [KEY]: 120 } }),
      'readinessProbe.terminationGracePeriodSeconds',
    ),
  ],
  pass: [withCompanions('in the pod spec', deployment(), 'stands in the pod spec')],
  notApplicable: [withCompanions('not set', deploymentOf({}, { [KEY]: undefined }), 'is not set')],
};
