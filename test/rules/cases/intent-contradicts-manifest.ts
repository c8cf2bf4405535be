import type { JsonObject } from '../../../src/manifest/json';
import { type RuleCases, withCompanions } from './case';
import { type Changes, container, deployment, deploymentStating } from './manifests';

const stating = (intent: Readonly<Record<string, string | undefined>>, changes: Changes = {}): JsonObject =>
  deploymentStating(intent, { spec: { template: { spec: { containers: [container(changes)] } } } });

const image = 'vllm/vllm-openai:v0.32.0';
const version = (text: string) => stating({ runtime: 'vllm', 'runtime-version': text }, { image });

export const cases: RuleCases = {
  rule: 'intent-contradicts-manifest',
  violation: [
    withCompanions(
      'another version than the tag says',
      version('0.31.0'),
      'annotation cdk8s-graceful/runtime-version says 0.31.0, the tag of vllm/vllm-openai:v0.32.0 says 0.32.0; the manifest counts',
      'remove the annotation cdk8s-graceful/runtime-version',
    ),
    withCompanions('a version that cannot be read', version('newest'), 'says newest'),
    withCompanions(
      'another server than the image holds',
      stating({}, { image }),
      'cdk8s-graceful/runtime says spring-boot, the image is vllm/vllm-openai:v0.32.0, which runs vLLM',
    ),
    withCompanions(
      'a command that starts what the image holds',
      stating({}, { image, command: ['vllm', 'serve', 'model'] }),
      'says spring-boot',
    ),
    withCompanions(
      'another timeout than the container has',
      stating({ 'drain-timeout': '40s' }),
      'cdk8s-graceful/drain-timeout says 40 s, container main has SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE=30s',
    ),
    withCompanions(
      'another timeout than the flag',
      stating(
        { runtime: 'uvicorn', 'runtime-version': '0.54.0', 'drain-timeout': '40s' },
        { env: [], args: ['--timeout-graceful-shutdown=30'] },
      ),
      'container main has --timeout-graceful-shutdown=30',
    ),
  ],
  pass: [
    withCompanions('the same version', version('v0.32.0'), 'both say vLLM 0.32.0'),
    withCompanions('the same timeout', stating({ 'drain-timeout': '30s' }), 'both say 30 s'),
    withCompanions(
      'a command of their own',
      stating({ runtime: 'custom' }, { image, command: ['python3', 'server.py'] }),
      'a command of its own starts custom',
    ),
  ],
  notApplicable: [
    withCompanions(
      'a timeout of a server of their own',
      stating({ runtime: 'custom', sigterm: 'drains', 'drain-timeout': '40s' }),
      'nothing is stated',
    ),
    withCompanions('an image that says nothing', deployment(), 'nothing is stated that the manifest shows too'),
    withCompanions(
      'a tag that says nothing',
      stating({ runtime: 'vllm', 'runtime-version': '0.32.0' }, { image: 'vllm/vllm-openai:nightly' }),
      'nothing is stated',
    ),
    withCompanions(
      'a timeout that only the image sets',
      stating({ 'drain-timeout': '40s' }, { env: [] }),
      'nothing is stated',
    ),
    withCompanions(
      'nothing stated',
      stating({ runtime: undefined, 'runtime-version': undefined }, { image }),
      'nothing is stated',
    ),
    withCompanions(
      'no containers',
      deployment({ spec: { template: { spec: { containers: [] } } } }),
      'nothing is stated',
    ),
  ],
};
