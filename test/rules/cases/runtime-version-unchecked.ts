import type { JsonObject } from '../../../src/manifest/json';
import { type RuleCases, withCompanions } from './case';
import { type Changes, container, deployment, deploymentStating } from './manifests';

const stating = (intent: Readonly<Record<string, string | undefined>>, changes: Changes = {}): JsonObject =>
  deploymentStating(intent, { spec: { template: { spec: { containers: [container(changes)] } } } });

const version = (text: string | undefined, changes: Changes = {}) => stating({ 'runtime-version': text }, changes);
const UNSTATED = { runtime: undefined, 'runtime-version': undefined };
const sleeping = (seconds: number) => ({ lifecycle: { preStop: { sleep: { seconds } } } });

export const cases: RuleCases = {
  rule: 'runtime-version-unchecked',
  violation: [
    withCompanions(
      'newer than anybody looked at',
      version('4.2.0'),
      'Spring Boot 4.2.0 is newer than 4.1, the newest version that was checked',
    ),
    withCompanions(
      'older than anybody looked at',
      version('2.2.9'),
      'Spring Boot 2.2.9 is older than 2.3.0',
      'use 2.3.0 or later',
    ),
    withCompanions(
      'not stated',
      version(undefined),
      'the version of Spring Boot is not known',
      'cdk8s-graceful/runtime-version',
    ),
    withCompanions('not to be read', version('Hoxton'), 'the version of Spring Boot is not known'),
    withCompanions(
      'a tag that says nothing',
      stating(UNSTATED, { image: 'vllm/vllm-openai:nightly' }),
      'the version of vLLM is not known',
    ),
    withCompanions('not stated, and preStop one second short', version(undefined, sleeping(34)), 'is not known'),
  ],
  pass: [
    withCompanions('a version that was checked', deployment(), 'what Spring Boot 3.5.0 does on SIGTERM was checked'),
    withCompanions('the newest one', version('4.1.7'), 'Spring Boot 4.1.7'),
    withCompanions(
      'a version in the tag',
      stating(UNSTATED, { image: 'vllm/vllm-openai:v0.32.0-cu130' }),
      'vLLM 0.32.0',
    ),
    withCompanions(
      'one behaviour for all versions',
      stating({ runtime: 'nginx', 'runtime-version': undefined }),
      'what nginx does',
    ),
    withCompanions(
      'not stated, but preStop holds',
      version(undefined, sleeping(35)),
      'preStop holds until the last request is done whatever it is',
    ),
  ],
  notApplicable: [
    withCompanions('a server that nobody knows', stating(UNSTATED), 'see runtime-unknown'),
    withCompanions(
      'a server of their own',
      stating({ runtime: 'custom', 'runtime-version': undefined }),
      'the team described the server itself',
    ),
  ],
};
