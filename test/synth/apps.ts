import { ApiObject, type App, Chart, Duration, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  Accelerator,
  GracefulInferenceDeployment,
  GracefulWebService,
  type GracefulWebServiceProps,
  InferenceEngine,
  WebRuntime,
} from '../../src';
import type { JsonObject } from '../../src/manifest/json';

/** A web service in which nothing is found. */
export function orders(
  scope: Construct,
  props: Partial<GracefulWebServiceProps> = {},
  id = 'orders',
): GracefulWebService {
  return new GracefulWebService(scope, id, {
    image: 'registry.example.com/orders:1.8.2',
    runtime: WebRuntime.springBoot({ version: '3.5.0' }),
    longestRequest: Duration.seconds(30),
    coldStart: Duration.seconds(60),
    replicas: 3,
    ...props,
  });
}

/** A service whose requests are cut: its grace is 4 s too short. */
export function hasty(scope: Construct, id = 'hasty'): GracefulWebService {
  return orders(scope, { terminationGracePeriod: Duration.seconds(36) }, id);
}

export function llama(scope: Construct): GracefulInferenceDeployment {
  return new GracefulInferenceDeployment(scope, 'llama', {
    image: 'vllm/vllm-openai:v0.32.0',
    engine: InferenceEngine.vllm({ model: 'meta-llama/Llama-3.1-8B-Instruct' }),
    accelerator: Accelerator.nvidia(1),
    longestRequest: Duration.seconds(150),
    coldStart: Duration.seconds(300),
    replicas: 4,
    kubernetesVersion: '1.34',
  });
}

export function chartIn(app: App = Testing.app(), id = 'chart'): Chart {
  return new Chart(app, id);
}

/** What is emitted for the first object of a kind. */
export function emitted(chart: Chart, kind: string): JsonObject {
  const found = Testing.synth(chart).find((json) => json.kind === kind);
  if (!found) throw new Error(`there is no ${kind}`);
  return found;
}

export function thrownBy(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

export const objectOf = (construct: Construct): ApiObject => ApiObject.of(construct);
