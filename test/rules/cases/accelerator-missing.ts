import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf } from './manifests';

const engine = (changes: object, pod: object = {}) =>
  deploymentOf({ image: 'vllm/vllm-openai:v0.32.0', ...changes }, { ...pod });

export const cases: RuleCases = {
  rule: 'accelerator-missing',
  violation: [
    withCompanions(
      'no limit',
      engine({}),
      'vLLM runs from vllm/vllm-openai:v0.32.0, an image for accelerators, and no container has one',
      "'nvidia.com/gpu': 1",
    ),
  ],
  pass: [
    withCompanions('a limit', engine({ resources: { limits: { 'nvidia.com/gpu': 1 } } }), '1 accelerators per pod'),
    withCompanions('a claim', engine({}, { resourceClaims: [{ name: 'gpu' }] }), 'a resource claim'),
    withCompanions('an image for the CPU', engine({ image: 'vllm/vllm-openai:v0.32.0-cpu' }), 'for the CPU'),
  ],
  notApplicable: [
    withCompanions('a web server', deployment(), 'not known to be that of an engine'),
    withCompanions('an engine that computes on the CPU too', engine({ image: 'ollama/ollama:0.30.0' }), 'not known'),
  ],
};
