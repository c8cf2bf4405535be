import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  Accelerator,
  EngineConnections,
  GracefulInferenceDeployment,
  type GracefulInferenceDeploymentProps,
  ImageTool,
  InferenceEngine,
} from '../../src';
import { engines } from './arbitrary-props';

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

function synth(props: Pick<GracefulInferenceDeploymentProps, 'engine'> & Partial<GracefulInferenceDeploymentProps>) {
  const chart = new Chart(new App(), 'chart');
  const inference = new GracefulInferenceDeployment(chart, 'engine', {
    image: 'registry.example.com/engine:1',
    accelerator: Accelerator.nvidia(1),
    longestRequest: Duration.seconds(150),
    replicas: 4,
    ...props,
  });
  const objects: any[] = Testing.synth(chart);
  const pod = objects.find(({ kind }) => kind === 'Deployment').spec.template.spec;
  const [server] = pod.containers;
  return {
    inference,
    objects,
    pod,
    server,
    env: Object.fromEntries((server.env ?? []).map((e: any) => [e.name, e.value])),
  };
}

/** Which of the three strategies the hook shows. */
function held(server: any): string {
  const { sleep, exec } = server.lifecycle.preStop;
  if (exec?.command[3] === 'cdk8s-graceful-wait-until-idle') return `waits for ${exec.command.slice(8).join(' and ')}`;
  return sleep.seconds === 5 ? 'drains on SIGTERM' : `holds ${sleep.seconds} s`;
}

const { tgi, tei, triton, nim, tensorRtLlm, llamaCpp, ollama, lmDeploy, rayServe, kserve, infinity, bentoMl, dynamo } =
  InferenceEngine;
const TOOLS = [ImageTool.SH, ImageTool.SLEEP, ImageTool.CURL];

test.each([
  [
    'tgi',
    { image: 'ghcr.io/huggingface/text-generation-inference:3.3.7', engine: tgi({ model: 'm' }) },
    '--model-id m --hostname 0.0.0.0 --port 3000',
    { GRACEFUL_TERMINATION_TIMEOUT: '150' },
    'drains on SIGTERM',
  ],
  [
    'tei',
    { image: 'ghcr.io/huggingface/text-embeddings-inference:1.9', engine: tei({ model: 'm' }) },
    '--model-id m --hostname 0.0.0.0 --port 3000',
    {},
    'drains on SIGTERM',
  ],
  [
    'triton',
    { image: 'nvcr.io/nvidia/tritonserver:26.08-py3', engine: triton({ modelRepository: 's3://m' }), port: 9000 },
    'tritonserver --model-repository s3://m --http-address 0.0.0.0 --http-port 9000 --exit-timeout-secs 150',
    {},
    'drains on SIGTERM',
  ],
  ['nim', { engine: nim() }, '', { NIM_SERVER_PORT: '8000' }, 'holds 155 s'],
  [
    'nim with tools',
    { engine: nim(), imageTools: TOOLS },
    '',
    { NIM_SERVER_PORT: '8000' },
    'waits for vllm:num_requests_running and vllm:num_requests_waiting',
  ],
  [
    'tensorRtLlm',
    { engine: tensorRtLlm({ model: 'm' }) },
    'trtllm-serve m --host 0.0.0.0 --port 8000',
    {},
    'holds 155 s',
  ],
  [
    'tensorRtLlm on a uvicorn that lets streams finish',
    { engine: tensorRtLlm({ model: 'm', uvicornVersion: '0.45.0' }) },
    'trtllm-serve m --host 0.0.0.0 --port 8000',
    {},
    'drains on SIGTERM',
  ],
  [
    'tensorRtLlm on a uvicorn that cuts them',
    { engine: tensorRtLlm({ model: 'm', uvicornVersion: '0.44.0' }) },
    'trtllm-serve m --host 0.0.0.0 --port 8000',
    {},
    'holds 155 s',
  ],
  [
    'llamaCpp',
    { image: 'ghcr.io/ggml-org/llama.cpp:server', engine: llamaCpp({ model: '/m.gguf' }), port: 8000 },
    '--model /m.gguf --host 0.0.0.0 --metrics --port 8000',
    {},
    'waits for llamacpp:requests_processing and llamacpp:requests_deferred',
  ],
  ['ollama', { image: 'ollama/ollama:0.33.0', engine: ollama() }, '', { OLLAMA_HOST: '0.0.0.0:11434' }, 'holds 155 s'],
  [
    'lmDeploy',
    { image: 'openmmlab/lmdeploy:v0.16.0', engine: lmDeploy({ model: 'm' }) },
    'lmdeploy serve api_server m --server-name 0.0.0.0 --server-port 23333',
    {},
    'waits for lmdeploy:num_requests_running and lmdeploy:num_requests_waiting',
  ],
  ['rayServe', { engine: rayServe({ config: '/s.yaml' }) }, 'serve run /s.yaml', {}, 'holds 155 s'],
  ['torchServe', { engine: InferenceEngine.torchServe() }, '', {}, 'holds 155 s'],
  ['kserve', { engine: kserve() }, '', {}, 'holds 155 s'],
  ['kserve, which waits 30 s only', { engine: kserve({ uvicornVersion: '0.54.0' }) }, '', {}, 'holds 155 s'],
  [
    'kserve with requests of 30 s',
    { engine: kserve({ uvicornVersion: '0.54.0' }), longestRequest: Duration.seconds(30) },
    '',
    {},
    'drains on SIGTERM',
  ],
  [
    'infinity',
    { image: 'michaelf34/infinity:0.0.77', engine: infinity({ model: 'm' }) },
    'v2 --model-id m --host 0.0.0.0 --port 7997',
    {},
    'drains on SIGTERM',
  ],
  ['bentoMl', { engine: bentoMl() }, '', {}, 'holds 155 s'],
  [
    'bentoMl with tools',
    { engine: bentoMl(), imageTools: TOOLS },
    '',
    {},
    'waits for bentoml_service_request_in_progress',
  ],
  [
    'dynamo',
    { engine: dynamo() },
    'python3 -m dynamo.frontend --http-port 8000',
    { DYN_HTTP_GRACEFUL_SHUTDOWN_TIMEOUT_SECS: '150' },
    'drains on SIGTERM',
  ],
])('%s: what it is started with, and how it drains', (_, props, line, expectedEnv, drain) => {
  const { inference, server, env } = synth(props);
  expect(inference.findings).toEqual([]);
  expect([...(server.command ?? []), ...(server.args ?? [])].join(' ')).toBe(line);
  expect(env).toEqual(expectedEnv);
  expect(held(server)).toBe(drain);
});

type Factory = Exclude<keyof typeof InferenceEngine, 'prototype' | 'custom' | '_of'>;

const NEEDS_ACCELERATOR = ['accelerator-missing'];
const { vllm, sglang, torchServe } = InferenceEngine;
const OWN_IMAGE = 'registry.example.com/engine:1';

/**
 * Each factory with the properties that it asks for and no other, in its official image where it has one, and what is
 * found then, or why it is refused. `Record` makes a new one break this file.
 */
const required: Readonly<
  Record<Factory, readonly [image: string, engine: InferenceEngine, readonly string[] | string]>
> = {
  vllm: ['vllm/vllm-openai:v0.32.0', vllm({ model: 'm' }), NEEDS_ACCELERATOR],
  sglang: ['lmsysorg/sglang:v0.5.23', sglang({ model: 'm' }), NEEDS_ACCELERATOR],
  tgi: ['ghcr.io/huggingface/text-generation-inference:3.3.7', tgi({ model: 'm' }), NEEDS_ACCELERATOR],
  tei: ['ghcr.io/huggingface/text-embeddings-inference:1.9', tei({ model: 'm' }), []],
  triton: ['nvcr.io/nvidia/tritonserver:26.08-py3', triton({ modelRepository: '/m' }), []],
  nim: ['nvcr.io/nim/meta/llama-3.1-8b-instruct:1.10.0', nim(), []],
  tensorRtLlm: ['nvcr.io/nvidia/tensorrt-llm/release:1.2.0', tensorRtLlm({ model: 'm' }), NEEDS_ACCELERATOR],
  llamaCpp: ['ghcr.io/ggml-org/llama.cpp:server-b11434', llamaCpp({ model: '/m' }), []],
  ollama: ['ollama/ollama:0.33.0', ollama(), []],
  lmDeploy: ['openmmlab/lmdeploy:v0.16.0', lmDeploy({ model: 'm' }), NEEDS_ACCELERATOR],
  rayServe: [OWN_IMAGE, rayServe({ config: '/s.yaml' }), []],
  torchServe: [
    'pytorch/torchserve:0.12.0-gpu',
    torchServe(),
    'image pytorch/torchserve:0.12.0-gpu cannot be shut down gracefully: bash is its PID 1',
  ],
  kserve: [OWN_IMAGE, kserve(), []],
  infinity: ['michaelf34/infinity:0.0.77', infinity({ model: 'm' }), []],
  bentoMl: [OWN_IMAGE, bentoMl(), []],
  dynamo: ['nvcr.io/nvidia/ai-dynamo/vllm-runtime:1.5.0', dynamo(), []],
};

describe.each(Object.entries(required))('%s', (_, [image, engine, expected]) => {
  const bare = () => {
    const chart = new Chart(new App(), 'chart');
    return new GracefulInferenceDeployment(chart, 'engine', { image, engine, longestRequest: Duration.seconds(150) });
  };

  test('with its required properties alone: no finding, or one with the reason', () => {
    if (typeof expected === 'string') expect(bare).toThrow(expected);
    else expect(bare().findings.map(({ rule }) => rule)).toEqual(expected);
  });
});

test.each(engines)('$name with an accelerator leaves nothing to find', ({ image, engine }) => {
  expect(synth({ image, engine }).inference.findings).toEqual([]);
});

test('a command of the team gets no address, port or metrics flag; the drain keeps its bound', () => {
  const command = ['python3', 'server.py'];
  expect(synth({ engine: tensorRtLlm({ model: 'm' }), command }).server).toMatchObject({ command });
  expect(synth({ engine: triton({ modelRepository: '/m' }), command }).server.args).toEqual([
    '--exit-timeout-secs',
    '150',
  ]);
});

test('several data-parallel children of LMDeploy are not let drain', () => {
  const engine = lmDeploy({ model: 'm', uvicornVersion: '0.54.0' });
  expect(held(synth({ engine }).server)).toBe('drains on SIGTERM');
  expect(held(synth({ engine, args: ['--dp', '2'] }).server)).toBe('holds 155 s');
});

test('without an accelerator nothing is limited or tolerated, and a rollout may surge', () => {
  const { inference, pod, server } = synth({ engine: ollama(), accelerator: undefined });
  expect(inference.findings).toEqual([]);
  expect(server.resources).toBeUndefined();
  expect(pod.tolerations).toBeUndefined();
  expect(pod.volumes).toBeUndefined();
});

test('shared memory is mounted unless the engine is known to need none, or where it is asked for', () => {
  const path = '/dev/shm';
  const accelerator = Accelerator.nvidia(1);
  const mounts = (props: Parameters<typeof synth>[0]) =>
    (synth(props).server.volumeMounts ?? []).map((m: any) => m.mountPath);
  expect(mounts({ engine: triton({ modelRepository: '/m' }), accelerator })).toContain(path);
  expect(mounts({ engine: ollama(), accelerator })).not.toContain(path);
  expect(mounts({ engine: ollama(), sharedMemory: Size.gibibytes(1) })).toContain(path);
});

test('gauges on a port of their own are asked there', () => {
  const { engine, image } = engines.find(
    ({ name }) => name === 'custom with gauges on another port',
  ) as (typeof engines)[0];
  const { server } = synth({ engine, image, imageTools: TOOLS });
  expect(server.lifecycle.preStop.exec.command).toContain('http://127.0.0.1:9001/metrics');
  expect(server.readinessProbe.httpGet).toEqual({ path: '/ready', port: 9000 });
});

describe('a vLLM that closes its connections', () => {
  const closing = InferenceEngine.vllm({ model: 'm', version: '0.32.0', connections: EngineConnections.CLOSE });

  test('loads the middleware from a ConfigMap', () => {
    const { inference, objects, pod, server, env } = synth({ engine: closing });
    expect(inference.findings).toEqual([]);
    const configMap = objects.find(({ kind }) => kind === 'ConfigMap');
    expect(Object.keys(configMap.data)).toEqual(['close_connections.py']);
    expect(pod.volumes).toContainEqual({ name: 'middleware', configMap: { name: configMap.metadata.name } });
    expect(server.volumeMounts).toContainEqual({
      mountPath: '/opt/cdk8s-graceful',
      name: 'middleware',
      readOnly: true,
    });
    expect(env).toEqual({ PYTHONPATH: '/opt/cdk8s-graceful' });
    expect(server.args).toEqual(['--port', '8000', '--middleware', 'close_connections.CloseConnections']);
    expect(held(server)).toBe('holds 155 s');
  });

  test('keeps what the user has on the path', () => {
    const envVariables = { PYTHONPATH: kplus.EnvValue.fromValue('/plugins') };
    expect(synth({ engine: closing, envVariables }).env).toEqual({ PYTHONPATH: '/opt/cdk8s-graceful:/plugins' });
  });

  test('is not the default', () => {
    const { objects, server, env } = synth({ engine: InferenceEngine.vllm({ model: 'm', version: '0.32.0' }) });
    expect(objects.some(({ kind }) => kind === 'ConfigMap')).toBe(false);
    expect(server.args).toEqual(['--port', '8000']);
    expect(env).toEqual({});
  });
});
