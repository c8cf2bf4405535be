import type { JsonObject } from '../../../src/manifest/json';
import { only, type RuleCases, withCompanions } from './case';
import { container, deployment, deploymentStating } from './manifests';

const grace = (seconds: number | undefined) =>
  deployment({ spec: { template: { spec: { terminationGracePeriodSeconds: seconds } } } });

const knative = (longestRequest: string | undefined, spec: JsonObject = {}): JsonObject => ({
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: {
    name: 'orders',
    annotations: longestRequest === undefined ? {} : { 'cdk8s-graceful/longest-request': longestRequest },
  },
  spec: { template: { spec: { containers: [container()], ...spec } } },
});

const kserve = (mode: string): JsonObject => ({
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  metadata: {
    name: 'llama',
    annotations: { 'serving.kserve.io/deploymentMode': mode, 'cdk8s-graceful/longest-request': '90s' },
  },
  spec: { predictor: { timeout: 60, containers: [container()] } },
});

export const cases: RuleCases = {
  rule: 'grace-shorter-than-shutdown',
  violation: [
    withCompanions(
      'the default of 30 s',
      grace(undefined),
      'terminationGracePeriodSeconds is 30 s (the default), the shutdown needs 45 s (15 s short)',
      'preStop delay 10 s + longest request 30 s + margin 5 s = 45 s',
    ),
    only(
      'the timeout of a Knative revision',
      [knative('301s')],
      'timeoutSeconds is 300 s (the default of Knative), the longest request takes 301 s (1 s short)',
    ),
    only('KServe on Knative', [kserve('Serverless')], 'timeout is 60 s, the longest request takes 90 s (30 s short)'),
    only('KServe without', [kserve('RawDeployment')], 'terminationGracePeriodSeconds is 30 s (the default)'),
    withCompanions('one second short', grace(44), '(1 s short)'),
    withCompanions('a longer margin', deploymentStating({ margin: '6s' }), 'margin 6 s = 46 s'),
  ],
  pass: [
    withCompanions('exactly enough', grace(45), '= 45 s, grace 45 s'),
    only('a Knative revision', [knative('600s', { timeoutSeconds: 600 })], 'timeoutSeconds 600 s'),
    only(
      'Knative takes the timeout for the grace',
      [knative('100s', { terminationGracePeriodSeconds: 5 })],
      'timeoutSeconds 300 s',
    ),
    withCompanions('more than enough', grace(600), 'grace 600 s'),
  ],
  notApplicable: [],
  cannotJudge: [
    only('a Knative revision', [knative(undefined)], 'the longest request is not known'),
    withCompanions(
      'no longest request',
      deploymentStating({ 'longest-request': undefined }),
      'the longest request is not known',
    ),
  ],
};
