import type { JsonObject } from '../../../src/manifest/json';
import { only, type RuleCases, withCompanions } from './case';
import { type Changes, container, deployment, deploymentStating } from './manifests';

const stating = (intent: Readonly<Record<string, string | undefined>>, changes: Changes = {}): JsonObject =>
  deploymentStating(
    { runtime: undefined, 'runtime-version': undefined, ...intent },
    { spec: { template: { spec: { containers: [container(changes)] } } } },
  );

const sleeping = (seconds: number) => ({ lifecycle: { preStop: { sleep: { seconds } } } });

export const cases: RuleCases = {
  rule: 'runtime-unknown',
  violation: [],
  pass: [
    withCompanions('a stated runtime', deployment(), 'the server is Spring Boot (stated)'),
    withCompanions(
      'a recognised image',
      stating({}, { image: 'vllm/vllm-openai:v0.32.0' }),
      'the server is vLLM (image repository vllm/vllm-openai)',
    ),
    withCompanions('what it does is stated', stating({ sigterm: 'drains' }), 'is stated'),
    withCompanions('preStop holds just long enough', stating({}, sleeping(35)), 'whatever the server does'),
  ],
  notApplicable: [
    only('no requests', [stating({})], 'nothing is known to send requests'),
    withCompanions(
      'no containers',
      deployment({ metadata: { annotations: undefined }, spec: { template: { spec: { containers: [] } } } }),
      'no containers',
    ),
  ],
  cannotJudge: [
    withCompanions(
      'an image that nobody recognises',
      stating({}),
      'the server in image registry.example.com/orders:1.8.2 is not recognised',
    ),
    withCompanions('preStop one second short', stating({}, sleeping(34)), 'is not recognised'),
  ],
};
