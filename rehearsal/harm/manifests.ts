import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/manifest/json';
import { type Changes, merged } from '../../test/rules/cases/manifests';

/** An image with sh, sleep, touch, rm, test and Node.js, that every node can get. */
const IMAGE = process.env.CDK8S_GRACEFUL_TEST_IMAGE ?? 'localhost/servers:1';

export const PROGRAM = readFileSync(join(__dirname, 'server.cjs'), 'utf8');
export const NAME = 'server';
export const PRE_STOP_SECONDS = 5;
const selector = { app: NAME };

/** What a manifest has that the sound one has not; objects are merged, undefined removes. */
export interface Particulars {
  /** Annotations without their prefix. */
  readonly states?: Readonly<Record<string, string>>;
  readonly deployment?: Changes;
  readonly pod?: Changes;
  readonly container?: Changes;
  readonly env?: Readonly<Record<string, string>>;
  /** Objects in the place of the PodDisruptionBudget. */
  readonly budgets?: readonly JsonObject[];
  readonly others?: readonly JsonObject[];
}

/** A server with its Service and PodDisruptionBudget, in which no rule finds anything unless the particulars bring it in. */
export function manifests(particulars: Particulars = {}): readonly JsonObject[] {
  const { states = {}, env = {}, budgets = [budget()], others = [] } = particulars;
  const intent = { 'longest-request': '2s', runtime: 'node-http', sigterm: 'drains', 'cold-start': '5s', ...states };
  const container = merged(
    {
      name: 'main',
      image: IMAGE,
      command: ['node', '-e', PROGRAM],
      env: Object.entries(env).map(([name, value]) => ({ name, value })),
      ports: [{ containerPort: 8080 }],
      lifecycle: { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } },
      startupProbe: { httpGet: { path: '/livez', port: 8080 }, periodSeconds: 1, failureThreshold: 40 },
      readinessProbe: { httpGet: { path: '/readyz', port: 8080 }, periodSeconds: 1, failureThreshold: 2 },
    },
    particulars.container ?? {},
  );
  const pod = merged({ terminationGracePeriodSeconds: 12, containers: [container] }, particulars.pod ?? {});
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: NAME,
      annotations: Object.fromEntries(Object.entries(intent).map(([key, value]) => [`cdk8s-graceful/${key}`, value])),
    },
    spec: merged(
      {
        replicas: 2,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        selector: { matchLabels: selector },
        template: { metadata: { labels: selector }, spec: pod },
      },
      particulars.deployment ?? {},
    ),
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: NAME },
    spec: { selector, ports: [{ port: 80, targetPort: 8080 }] },
  };
  // As JSON has it: what is undefined is not there.
  return JSON.parse(JSON.stringify([deployment, service, ...budgets, ...others]));
}

export function budget(spec: Changes = {}, name = NAME): JsonObject {
  const sound = { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: selector } };
  return { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name }, spec: merged(sound, spec) };
}

/** A hook or a probe that runs a command, and does nothing else. */
export function exec(...command: string[]): JsonObject {
  return { sleep: undefined, httpGet: undefined, exec: { command } };
}
