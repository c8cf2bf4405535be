import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  Accelerator,
  DrainGate,
  EngineConnections,
  Follows,
  type GracefulWorkloadProps,
  ImageTool,
  InferenceEngine,
  type Sidecar,
  SigtermBehavior,
  TrafficSource,
  WebRuntime,
} from '../../src';

const seconds = (min: number, max: number) => fc.integer({ min, max }).map((n) => Duration.seconds(n));

/** Programs with which every gate and every strategy works. */
export const EVERY_TOOL = [ImageTool.SH, ImageTool.SLEEP, ImageTool.TOUCH, ImageTool.RM, ImageTool.CURL];

export const webRuntimes: readonly { readonly name: string; readonly runtime: WebRuntime; readonly port?: number }[] = [
  { name: 'springBoot 2.7', runtime: WebRuntime.springBoot({ version: '2.7.18' }) },
  { name: 'springBoot 3.5 with two phases', runtime: WebRuntime.springBoot({ version: '3.5.0', shutdownPhases: 2 }) },
  { name: 'uvicorn', runtime: WebRuntime.uvicorn() },
  { name: 'uvicorn 0.44', runtime: WebRuntime.uvicorn({ version: '0.44.0' }) },
  { name: 'uvicorn 0.54', runtime: WebRuntime.uvicorn({ version: '0.54.0' }) },
  { name: 'fastApi', runtime: WebRuntime.fastApi({ uvicornVersion: '0.54.0' }) },
  {
    name: 'fastApi with the readiness flag',
    runtime: WebRuntime.fastApi({ uvicornVersion: '0.54.0', readinessFlag: true }),
  },
  { name: 'nodeHttp', runtime: WebRuntime.nodeHttp(), port: 3000 },
  { name: 'nodeHttp that drains', runtime: WebRuntime.nodeHttp({ drainsOnSigterm: true }), port: 3000 },
  { name: 'nginx', runtime: WebRuntime.nginx() },
  { name: 'gunicorn', runtime: WebRuntime.gunicorn() },
  { name: 'hypercorn', runtime: WebRuntime.hypercorn() },
  { name: 'aspNetCore 9', runtime: WebRuntime.aspNetCore({ version: '9.0' }) },
  { name: 'quarkus', runtime: WebRuntime.quarkus() },
  { name: 'micronaut 4.8', runtime: WebRuntime.micronaut({ version: '4.8.0' }) },
  { name: 'micronaut 4.9', runtime: WebRuntime.micronaut({ version: '4.9.3' }) },
  { name: 'phpFpm that drains', runtime: WebRuntime.phpFpm({ processControlTimeout: Duration.minutes(2) }) },
  { name: 'httpd that drains', runtime: WebRuntime.apacheHttpd({ stopsOnSigwinch: true }), port: 8080 },
  { name: 'envoy', runtime: WebRuntime.envoy() },
  { name: 'traefik', runtime: WebRuntime.traefik(), port: 8000 },
  {
    name: 'custom that aborts',
    runtime: WebRuntime.custom({
      sigterm: SigtermBehavior.ABORTS,
      port: 9000,
      readinessPath: '/ready',
      livenessPath: '/live',
    }),
  },
  {
    name: 'custom that drains',
    runtime: WebRuntime.custom({
      sigterm: SigtermBehavior.DRAINS,
      port: 9000,
      readinessPath: '/ready',
      exit: Duration.seconds(7),
    }),
  },
];

export const engines: readonly { readonly name: string; readonly image: string; readonly engine: InferenceEngine }[] = [
  { name: 'vLLM 0.17.1', image: 'vllm/vllm-openai:v0.17.1', engine: InferenceEngine.vllm({ model: 'm' }) },
  { name: 'vLLM 0.20.0', image: 'vllm/vllm-openai:v0.20.0', engine: InferenceEngine.vllm({ model: 'm' }) },
  { name: 'vLLM 0.32.0', image: 'vllm/vllm-openai:v0.32.0', engine: InferenceEngine.vllm({ model: 'm' }) },
  {
    name: 'vLLM in an image of its own',
    image: 'registry.example.com/vllm:7',
    engine: InferenceEngine.vllm({ model: 'm', version: '0.32.0' }),
  },
  { name: 'SGLang', image: 'lmsysorg/sglang:v0.5.23', engine: InferenceEngine.sglang({ model: 'm' }) },
  {
    name: 'TGI',
    image: 'ghcr.io/huggingface/text-generation-inference:3.3.7',
    engine: InferenceEngine.tgi({ model: 'm' }),
  },
  {
    name: 'TEI',
    image: 'ghcr.io/huggingface/text-embeddings-inference:1.9',
    engine: InferenceEngine.tei({ model: 'm' }),
  },
  {
    name: 'Triton',
    image: 'nvcr.io/nvidia/tritonserver:26.08-py3',
    engine: InferenceEngine.triton({ modelRepository: '/models' }),
  },
  { name: 'NIM', image: 'nvcr.io/nim/meta/llama-3.1-8b-instruct:1.10.0', engine: InferenceEngine.nim() },
  {
    name: 'TensorRT-LLM',
    image: 'nvcr.io/nvidia/tensorrt-llm/release:1.2.0',
    engine: InferenceEngine.tensorRtLlm({ model: 'm' }),
  },
  {
    name: 'TensorRT-LLM on a known uvicorn',
    image: 'nvcr.io/nvidia/tensorrt-llm/release:1.2.0',
    engine: InferenceEngine.tensorRtLlm({ model: 'm', uvicornVersion: '0.54.0' }),
  },
  {
    name: 'llama.cpp',
    image: 'ghcr.io/ggml-org/llama.cpp:server-cuda-b11434',
    engine: InferenceEngine.llamaCpp({ model: '/models/m.gguf' }),
  },
  { name: 'Ollama', image: 'ollama/ollama:0.33.0', engine: InferenceEngine.ollama() },
  { name: 'LMDeploy', image: 'openmmlab/lmdeploy:v0.16.0-cu12', engine: InferenceEngine.lmDeploy({ model: 'm' }) },
  {
    name: 'Ray Serve',
    image: 'registry.example.com/serve:1',
    engine: InferenceEngine.rayServe({ config: '/app/serve.yaml' }),
  },
  {
    name: 'TorchServe in an image of its own',
    image: 'registry.example.com/torchserve:1',
    engine: InferenceEngine.torchServe(),
  },
  { name: 'KServe', image: 'registry.example.com/kserve:1', engine: InferenceEngine.kserve() },
  {
    name: 'KServe on a known uvicorn',
    image: 'registry.example.com/kserve:1',
    engine: InferenceEngine.kserve({ uvicornVersion: '0.54.0' }),
  },
  { name: 'Infinity', image: 'michaelf34/infinity:0.0.77', engine: InferenceEngine.infinity({ model: 'm' }) },
  { name: 'BentoML', image: 'registry.example.com/bento:1', engine: InferenceEngine.bentoMl() },
  {
    name: 'BentoML on a known uvicorn',
    image: 'registry.example.com/bento:1',
    engine: InferenceEngine.bentoMl({ uvicornVersion: '0.54.0' }),
  },
  { name: 'Dynamo', image: 'nvcr.io/nvidia/ai-dynamo/vllm-runtime:1.5.0', engine: InferenceEngine.dynamo() },
  {
    name: 'vLLM that closes its connections',
    image: 'vllm/vllm-openai:v0.32.0',
    engine: InferenceEngine.vllm({ model: 'm', connections: EngineConnections.CLOSE }),
  },
  {
    name: 'custom with gauges on another port',
    image: 'registry.example.com/engine:1',
    engine: InferenceEngine.custom({
      sigterm: SigtermBehavior.ABORTS,
      port: 9000,
      readinessPath: '/ready',
      metricsPort: 9001,
      inFlightGauges: ['in_flight'],
    }),
  },
  {
    name: 'custom with gauges',
    image: 'registry.example.com/engine:1',
    engine: InferenceEngine.custom({
      sigterm: SigtermBehavior.ABORTS,
      port: 9000,
      readinessPath: '/ready',
      inFlightGauges: ['in_flight'],
    }),
  },
  {
    name: 'custom with a drain endpoint',
    image: 'registry.example.com/engine:1',
    engine: InferenceEngine.custom({
      sigterm: SigtermBehavior.DRAINS,
      port: 9000,
      readinessPath: '/ready',
      drainEndpoint: '/drain',
    }),
  },
];

const deletionFollowers = fc.constantFrom(
  () => TrafficSource.kubeProxy(),
  () => TrafficSource.awsLoadBalancer(),
  () => TrafficSource.ingressNginx({ propagation: Duration.seconds(17) }),
  () => TrafficSource.awsLoadBalancerInstance(),
  () => TrafficSource.gkeNeg(),
  () => TrafficSource.headlessDns(),
  () => TrafficSource.cilium(),
  () => TrafficSource.envoyGateway(),
  () => TrafficSource.inferenceExtension(),
  () => TrafficSource.istio({ nativeSidecar: true }),
  () => TrafficSource.istio({ nativeSidecar: false }),
  () => TrafficSource.linkerd({ nativeSidecar: true }),
  () => TrafficSource.linkerd({ nativeSidecar: false }),
  () => TrafficSource.custom('mesh', { propagation: Duration.seconds(33) }),
);

const readinessFollowers = fc.constantFrom(() =>
  TrafficSource.custom('gateway', { propagation: Duration.seconds(9), follows: Follows.READINESS }),
);

/** Everything that a team may state of a workload without giving a number that the construct would have derived. */
export function arbitraryProps(options: {
  readonly followReadiness: boolean;
}): fc.Arbitrary<Omit<GracefulWorkloadProps, 'image'>> {
  const sources = fc.array(
    options.followReadiness ? fc.oneof(deletionFollowers, readinessFollowers) : deletionFollowers,
    { maxLength: 3 },
  );
  return fc
    .record(
      {
        longestRequest: seconds(1, 1500),
        scale: fc.oneof(
          fc.record({ replicas: fc.integer({ min: 1, max: 60 }) }),
          fc
            .tuple(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 0, max: 30 }))
            .map(([minReplicas, more]) => ({ minReplicas, maxReplicas: minReplicas + more })),
        ),
        spareReplicas: fc.integer({ min: 1, max: 3 }),
        coldStart: seconds(1, 1200),
        kubernetesVersion: fc.constantFrom(
          '1.30',
          '1.33',
          '1.34',
          '1.34.4',
          '1.35',
          '1.36',
          '1.36.1',
          '1.36.3',
          '1.37',
        ),
        margin: seconds(3, 30),
        minReady: seconds(0, 60),
        sources,
        longLivedConnections: fc.boolean(),
        sidecarDrain: seconds(0, 90),
        sidecarPreStop: seconds(0, 90),
        inFront: fc.constantFrom<Partial<Sidecar>>({}, { drainCommand: ['kill', '-USR1', '1'] }),
        marker: fc.constant(true),
        readinessPeriod: seconds(1, 20),
        readinessFailures: fc.integer({ min: 1, max: 5 }),
      },
      { requiredKeys: ['longestRequest', 'scale'] },
    )
    .map((given) => {
      const fixed = 'replicas' in given.scale ? given.scale.replicas : undefined;
      const least = fixed ?? (given.scale as { minReplicas: number }).minReplicas;
      const tools = options.followReadiness || given.marker;
      return {
        longestRequest: given.longestRequest,
        replicas: fixed,
        autoscaling:
          fixed === undefined
            ? { ...(given.scale as { minReplicas: number; maxReplicas: number }), metrics: [] }
            : undefined,
        requiredReplicas:
          given.spareReplicas !== undefined && least > given.spareReplicas ? least - given.spareReplicas : undefined,
        coldStart: given.coldStart,
        kubernetesVersion: given.kubernetesVersion,
        margin: given.margin,
        minReady: given.minReady,
        trafficSources: given.sources?.map((source) => source()),
        longLivedConnections: given.longLivedConnections,
        sidecars:
          given.sidecarDrain || given.sidecarPreStop || given.inFront
            ? [
                {
                  name: 'proxy',
                  image: 'registry.example.com/proxy:1',
                  port: 10777,
                  drain: given.sidecarDrain,
                  // How long the drain command waits is derived.
                  preStopDelay: given.inFront?.drainCommand ? undefined : given.sidecarPreStop,
                  inFront: given.inFront !== undefined,
                  ...given.inFront,
                },
              ]
            : undefined,
        imageTools: tools ? EVERY_TOOL : undefined,
        drainGate: options.followReadiness ? DrainGate.marker() : undefined,
        readiness: { path: '/ready', period: given.readinessPeriod, failureThreshold: given.readinessFailures },
      };
    });
}

export const accelerators = fc.integer({ min: 1, max: 8 }).map((count) => Accelerator.nvidia(count));
