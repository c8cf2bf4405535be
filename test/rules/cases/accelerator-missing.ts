import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf } from './manifests';

const engine = (changes: object, pod: object = {}) =>
  deploymentOf({ image: 'vllm/vllm-openai:v0.32.0', ...changes }, { ...pod });

const claiming = (version?: string) =>
  deploymentOf(
    { image: 'vllm/vllm-openai:v0.32.0' },
    { resourceClaims: [{ name: 'gpu' }] },
    version === undefined ? {} : { metadata: { annotations: { 'cdk8s-graceful/kubernetes-version': version } } },
  );

export const cases: RuleCases = {
  rule: 'accelerator-missing',
  violation: [
    withCompanions(
      'no limit',
      engine({}),
      'vLLM runs from vllm/vllm-openai:v0.32.0, an image for accelerators, and no container has one',
      "'nvidia.com/gpu': 1",
    ),
    withCompanions(
      'a claim that the cluster drops',
      claiming('1.33'),
      'takes its accelerator by a resource claim, which Kubernetes 1.33 drops unless its feature gate',
      'resource claims need 1.34, the cluster is 1.33',
    ),
  ],
  pass: [
    withCompanions('a limit', engine({ resources: { limits: { 'nvidia.com/gpu': 1 } } }), '1 accelerators per pod'),
    withCompanions('a claim', claiming('1.34'), 'a resource claim'),
    withCompanions('a claim, and no version', claiming(), 'a resource claim'),
    withCompanions('an image for the CPU', engine({ image: 'vllm/vllm-openai:v0.32.0-cpu' }), 'for the CPU'),
  ],
  notApplicable: [
    withCompanions('a web server', deployment(), 'not known to be that of an engine'),
    withCompanions('an engine that computes on the CPU too', engine({ image: 'ollama/ollama:0.30.0' }), 'not known'),
  ],
};
