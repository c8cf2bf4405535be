import { App, Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  Accelerator,
  DrainStrategy,
  GracefulInferenceDeployment,
  type GracefulInferenceDeploymentProps,
  ImageTool,
  InferenceEngine,
  Severity,
  SigtermBehavior,
} from '../../src';
import { inferenceProps } from './all-props';
import { engines } from './arbitrary-props';

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const LEAST: GracefulInferenceDeploymentProps = {
  image: 'vllm/vllm-openai:v0.32.0',
  engine: InferenceEngine.vllm({ model: 'meta-llama/Llama-3.1-8B-Instruct' }),
  accelerator: Accelerator.nvidia(1),
  longestRequest: Duration.seconds(150),
  replicas: 4,
};

function synth(props: Partial<GracefulInferenceDeploymentProps> = {}) {
  const chart = new Chart(new App(), 'chart');
  const inference = new GracefulInferenceDeployment(chart, 'llama', { ...LEAST, ...props });
  const objects: any[] = Testing.synth(chart);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  const pod = deployment.spec.template.spec;
  return {
    inference,
    deployment,
    pod,
    server: pod.containers[0],
    budget: objects.find(({ kind }) => kind === 'PodDisruptionBudget'),
  };
}

describe('the least that a user writes', () => {
  test('takes its GPU, waits for idle before SIGTERM, and never needs a GPU that is not there', () => {
    const { inference, deployment, pod, server } = synth();
    expect(inference.findings).toEqual([]);
    expect(server.resources).toEqual({ limits: { 'nvidia.com/gpu': 1 } });
    expect(pod.tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
    expect(server.command).toEqual(['vllm', 'serve', 'meta-llama/Llama-3.1-8B-Instruct', '--host', '0.0.0.0']);
    expect(server.args).toEqual(['--port', '8000']);
    expect(server.lifecycle.preStop.exec.command.slice(3)).toEqual([
      'cdk8s-graceful-wait-until-idle',
      '/var/run/cdk8s-graceful/draining',
      '5',
      '150',
      'http://127.0.0.1:8000/metrics',
      'vllm:num_requests_running',
      'vllm:num_requests_waiting',
    ]);
    expect(server.lifecycle.postStart).toEqual({ exec: { command: ['rm', '-f', '/var/run/cdk8s-graceful/draining'] } });
    expect(deployment.spec.strategy.rollingUpdate).toEqual({ maxSurge: 0, maxUnavailable: 1 });
    expect(deployment.spec.progressDeadlineSeconds).toBe(160 + 600 + 1);
    expect(pod.volumes).toContainEqual({ name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '2048Mi' } });
    expect(inference.budget.sum).toBe('preStop delay 5 s + longest request 150 s + margin 5 s = 160 s');
    expect(server.startupProbe).toMatchObject({
      httpGet: { path: '/health', port: 8000 },
      periodSeconds: 5,
      failureThreshold: 120,
    });
  });

  test.each(engines)('is free of findings with $name', ({ image, engine }) => {
    expect(synth({ image, engine }).inference.findings).toEqual([]);
  });

  test('may run as root and write to its root file system', () => {
    const { server } = synth();
    expect(server.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: false,
      runAsNonRoot: false,
    });
  });

  test('with one replica has no budget, and says that it has no headroom', () => {
    const { inference, budget } = synth({ replicas: 1 });
    expect(budget).toBeUndefined();
    expect(inference.findings).toMatchObject([{ rule: 'no-headroom', severity: Severity.WARNING }]);
  });
});

describe('an engine in an image that nobody knows', () => {
  const image = 'registry.example.com/vllm:7';
  const engine = InferenceEngine.vllm({ model: 'm', version: '0.32.0' });

  test('is held by preStop, since nothing in the image may be used', () => {
    const { server } = synth({ image, engine });
    expect(server.lifecycle).toEqual({ preStop: { sleep: { seconds: 155 } } });
    expect(server.readinessProbe.httpGet).toEqual({ path: '/health', port: 8000 });
  });

  test('waits for idle once its tools are stated', () => {
    const imageTools = [ImageTool.SH, ImageTool.SLEEP, ImageTool.CURL];
    expect(synth({ image, engine, imageTools }).server.lifecycle.preStop.exec.command).toContain(
      'cdk8s-graceful-wait-until-idle',
    );
  });
});

describe('the drain of vLLM on SIGTERM', () => {
  const drainStrategy = DrainStrategy.DRAIN_ON_SIGTERM;

  test('costs 14 s more from 0.27 on, and bounds the engine by the longest request', () => {
    const { inference, server } = synth({ drainStrategy });
    expect(server.args).toEqual(['--port', '8000', '--shutdown-timeout', '150']);
    expect(inference.budget.sum).toBe('preStop delay 5 s + longest request 150 s + exit 14 s + margin 5 s = 174 s');
    expect(inference.findings).toEqual([]);
  });

  test.each(['v0.18.1', 'v0.26.0'])('is refused with %s, whose uvicorn is not known to let streams finish', (tag) => {
    expect(() => synth({ image: `vllm/vllm-openai:${tag}`, drainStrategy })).toThrow('[streams-cut-by-server]');
  });

  test('is refused before 0.18, which has no flag for it', () => {
    expect(() => synth({ image: 'vllm/vllm-openai:v0.17.1', drainStrategy })).toThrow('[sigterm-aborts-requests]');
  });

  test('is refused with several API servers, which drain nothing', () => {
    expect(() => synth({ drainStrategy, args: ['--api-server-count', '2'] })).toThrow('[sigterm-aborts-requests]');
  });
});

test('spare accelerators are used for a surge', () => {
  const { deployment, inference } = synth({ spareAccelerators: 3, accelerator: Accelerator.nvidia(2) });
  expect(deployment.spec.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  expect(inference.findings).toEqual([]);
});

test('a rollout that waits for an accelerator that never comes is refused', () => {
  expect(() =>
    synth({ maxSurge: kplus.PercentOrAbsolute.absolute(1), maxUnavailable: kplus.PercentOrAbsolute.absolute(0) }),
  ).toThrow('[rollout-waits-for-accelerator]');
});

test('a drain endpoint is called before the delay, and then holds where the engine aborts', () => {
  const { server } = synth({
    image: 'registry.example.com/engine:1',
    engine: InferenceEngine.custom({
      sigterm: SigtermBehavior.ABORTS,
      port: 9000,
      readinessPath: '/ready',
      drainEndpoint: '/drain',
    }),
    imageTools: [ImageTool.SH, ImageTool.SLEEP, ImageTool.CURL],
  });
  expect(server.lifecycle.preStop.exec.command[2]).toMatch(
    /^curl .*-X POST .*http:\/\/127\.0\.0\.1:9000\/drain; sleep 5; sleep 150$/,
  );
});

test('an API key closes the liveness path of SGLang, which is then not asked', () => {
  const engine = InferenceEngine.sglang({ model: 'm' });
  const image = 'lmsysorg/sglang:v0.5.23';
  expect(synth({ image, engine }).server.livenessProbe.httpGet.path).toBe('/model_info');
  expect(synth({ image, engine, args: ['--api-key', 'secret'] }).server.livenessProbe).toBeUndefined();
});

test('all the properties reach the manifest', () => {
  const chart = new Chart(new App(), 'chart');
  const inference = new GracefulInferenceDeployment(chart, 'engine', inferenceProps(chart));
  const deployment = (Testing.synth(chart) as any[]).find(({ kind }) => kind === 'Deployment');
  const [server] = deployment.spec.template.spec.containers;
  expect(inference.findings.map(({ rule }) => rule)).toEqual(['long-lived-connections-cut']);
  expect(deployment.metadata.annotations).toMatchObject({
    'cdk8s-graceful/runtime': 'sglang',
    'cdk8s-graceful/runtime-version': '0.5.6',
    'cdk8s-graceful/spare-accelerators': '4',
  });
  expect(server.resources).toEqual({ requests: { cpu: '250m' }, limits: { memory: '512Mi', 'amd.com/gpu': 2 } });
  expect(deployment.spec.template.spec.volumes).toContainEqual({
    name: 'shared-memory',
    emptyDir: { medium: 'Memory', sizeLimit: '8192Mi' },
  });
});
