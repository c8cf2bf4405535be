import { type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf } from './manifests';

const model = (changes: Changes) => deploymentOf({ resources: { limits: { 'nvidia.com/gpu': 1 } }, ...changes });
const TCP = { readinessProbe: { httpGet: undefined, tcpSocket: { port: 8080 } } };

export const cases: RuleCases = {
  rule: 'tcp-readiness-before-model',
  violation: [
    withCompanions('an open port', model(TCP), 'readiness asks TCP on port 8080', 'use httpGet'),
    withCompanions(
      'an engine',
      model({ ...TCP, image: 'vllm/vllm-openai:v0.32.0' }),
      'TCP on port 8080',
      'use httpGet',
    ),
  ],
  pass: [withCompanions('a health path', model({}), 'readiness asks GET')],
  notApplicable: [
    withCompanions('no model', deployment(), 'loads no model'),
    withCompanions('no readiness probe', model({ readinessProbe: undefined }), 'no readiness probe'),
  ],
};
