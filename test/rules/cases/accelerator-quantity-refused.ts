import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf } from './manifests';

const GPU = 'nvidia.com/gpu';
const asking = (limit: unknown, request?: unknown) =>
  deploymentOf({
    resources: {
      limits: limit === undefined ? {} : { [GPU]: limit },
      requests: request === undefined ? {} : { [GPU]: request },
    },
  });

export const cases: RuleCases = {
  rule: 'accelerator-quantity-refused',
  violation: [
    withCompanions(
      'a part of one',
      asking('0.5'),
      'nvidia.com/gpu is 0.5: a part of an accelerator',
      'nvidia.com/gpu.shared',
    ),
    withCompanions(
      'a request alone',
      asking(undefined, 2),
      'requested without a limit',
      "set limits['nvidia.com/gpu'] to 2",
    ),
    withCompanions('two numbers', asking(2, 1), 'requests 1, limits 2; they must be equal', 'set both to 2'),
  ],
  pass: [
    withCompanions('a limit alone', asking(1), 'whole numbers'),
    withCompanions('as text', asking('1', 1), 'whole numbers'),
    withCompanions('a placeholder', asking('{{ .Values.gpus }}'), 'whole numbers'),
  ],
  notApplicable: [withCompanions('none', deployment(), 'no accelerator')],
};
