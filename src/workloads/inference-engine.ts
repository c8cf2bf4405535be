import { runtime } from '../runtimes';
import type { RuntimeFacts } from '../runtimes/runtime';
import { type CustomRuntimeOptions, customSpec } from './custom-runtime';
import {
  EngineConnections,
  type EngineOptions,
  type LmDeployOptions,
  type ModelEngineOptions,
  type RayServeOptions,
  type SglangOptions,
  type TensorRtLlmOptions,
  type TritonOptions,
  type UvicornEngineOptions,
  type VllmOptions,
} from './engine-options';
import type { RuntimeSpec } from './runtime-spec';

export interface CustomEngineOptions extends CustomRuntimeOptions {
  /**
   * The entrypoint. Never a shell without `exec`: SIGTERM would not reach the server.
   *
   * @default - the image's own.
   */
  readonly command?: string[];
}

/**
 * The model server in the container of an inference deployment, and how it takes SIGTERM. Each factory takes what only you can
 * decide; port, address, metrics, probes and drain follow from what is known of the engine.
 */
export class InferenceEngine {
  /**
   * vLLM. By default preStop waits until its gauges `vllm:num_requests_running` and `vllm:num_requests_waiting` are zero:
   * SIGTERM alone aborts what is in flight, or leaves it hanging.
   *
   * @see https://github.com/vllm-project/vllm/pull/36666
   */
  public static vllm(options: VllmOptions): InferenceEngine {
    const closes = options.connections === EngineConnections.CLOSE;
    return known('vllm', options, {
      command: ['vllm', 'serve', given('vllm', options.model)],
      closesConnections: closes,
    });
  }

  /**
   * SGLang from 0.5.6 on. It drains on SIGTERM, without a bound, and serves new requests while it does.
   *
   * @see https://github.com/sgl-project/sglang/pull/1838
   */
  public static sglang(options: SglangOptions): InferenceEngine {
    const model = given('sglang', options.model);
    return known('sglang', options, { command: ['python3', '-m', 'sglang.launch_server', '--model-path', model] });
  }

  /**
   * Hugging Face Text Generation Inference. It drains on SIGTERM, and its timeout of 90 s is set to the longest request.
   *
   * @see https://huggingface.co/docs/text-generation-inference/reference/launcher
   */
  public static tgi(options: ModelEngineOptions): InferenceEngine {
    return known('tgi', options, { args: ['--model-id', given('tgi', options.model)] });
  }

  /**
   * Hugging Face Text Embeddings Inference. It drains on SIGTERM, without a bound.
   *
   * @see https://huggingface.co/docs/text-embeddings-inference/cli_arguments
   */
  public static tei(options: ModelEngineOptions): InferenceEngine {
    return known('tei', options, { args: ['--model-id', given('tei', options.model)] });
  }

  /**
   * NVIDIA Triton Inference Server. It drains on SIGTERM; `--exit-timeout-secs` is set to the longest request. An idle kept-alive
   * connection makes every drain last that long, since it counts connections.
   *
   * @see https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/index.html
   */
  public static triton(options: TritonOptions): InferenceEngine {
    const repository = given('triton', options.modelRepository, 'modelRepository');
    return known('triton', options, { args: ['tritonserver', '--model-repository', repository] });
  }

  /**
   * NVIDIA NIM for LLMs, with the model that is in its image. What SIGTERM does is documented nowhere, so it is taken to abort:
   * preStop holds for the longest request or, where `imageTools` allow it, waits until the gauges of vLLM are zero.
   *
   * @see https://docs.nvidia.com/nim/large-language-models/latest/introduction.html
   */
  public static nim(options: EngineOptions = {}): InferenceEngine {
    return known('nim', options, {});
  }

  /**
   * TensorRT-LLM by `trtllm-serve`. It drains on SIGTERM, but its uvicorn may cut streams, so that preStop holds for the longest
   * request unless `uvicornVersion` says that it does not.
   *
   * @see https://nvidia.github.io/TensorRT-LLM/commands/trtllm-serve/trtllm-serve.html
   */
  public static tensorRtLlm(options: TensorRtLlmOptions): InferenceEngine {
    return known('tensorrt-llm', options, { command: ['trtllm-serve', given('tensorRtLlm', options.model)] });
  }

  /**
   * `llama-server` of llama.cpp. preStop waits until its gauges are zero: after SIGTERM what is in flight hangs until SIGKILL.
   *
   * @see https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
   */
  public static llamaCpp(options: ModelEngineOptions): InferenceEngine {
    return known('llama-cpp', options, { args: ['--model', given('llamaCpp', options.model)] });
  }

  /**
   * Ollama. It aborts what is in flight on SIGTERM and shows no gauge: preStop holds for the longest request.
   *
   * @see https://github.com/ollama/ollama/blob/main/docs/faq.mdx
   */
  public static ollama(options: EngineOptions = {}): InferenceEngine {
    return known('ollama', options, {});
  }

  /**
   * LMDeploy's `api_server`. Its uvicorn may cut streams at SIGTERM, so that preStop waits until its gauges are zero unless
   * `uvicornVersion` says that it does not.
   *
   * @see https://lmdeploy.readthedocs.io/en/latest/llm/api_server.html
   */
  public static lmDeploy(options: LmDeployOptions): InferenceEngine {
    return known('lmdeploy', options, {
      command: ['lmdeploy', 'serve', 'api_server', given('lmDeploy', options.model)],
    });
  }

  /**
   * Ray Serve with its whole cluster in the one container. SIGTERM cuts everything within a second, whatever
   * `graceful_shutdown_timeout_s` says: preStop holds for the longest request. Not for KubeRay.
   *
   * @see https://docs.ray.io/en/latest/serve/production-guide/config.html
   */
  public static rayServe(options: RayServeOptions): InferenceEngine {
    const config = given('rayServe', options.config, 'config');
    return known('ray-serve', options, { command: ['serve', 'run', config] });
  }

  /**
   * TorchServe in an image of your own. The official image is refused: it never hands SIGTERM to the server.
   *
   * @see https://github.com/pytorch/serve/blob/master/docker/dockerd-entrypoint.sh
   */
  public static torchServe(options: EngineOptions = {}): InferenceEngine {
    return known('torchserve', options, {});
  }

  /**
   * A model server on KServe's Python `ModelServer`, in its own Deployment. It waits 30 s after SIGTERM and not longer, and its
   * uvicorn may cut streams: preStop holds for the longest request unless that is at most 30 s and `uvicornVersion` is known.
   *
   * @see https://kserve.github.io/website/docs/model-serving/predictive-inference/frameworks/custom-predictor
   */
  public static kserve(options: UvicornEngineOptions = {}): InferenceEngine {
    return known('kserve', options, {});
  }

  /**
   * Infinity. It drains on SIGTERM, without a bound, and streams nothing that uvicorn could cut.
   *
   * @see https://michaelfeil.eu/infinity/
   */
  public static infinity(options: ModelEngineOptions): InferenceEngine {
    return known('infinity', options, { args: ['v2', '--model-id', given('infinity', options.model)] });
  }

  /**
   * A bento. It drains on SIGTERM, but its uvicorn may cut streams: preStop waits for its gauge, where `imageTools` allow it, or
   * holds for the longest request, unless `uvicornVersion` says that it does not.
   *
   * @see https://docs.bentoml.com/en/latest/reference/bentoml/cli.html
   */
  public static bentoMl(options: UvicornEngineOptions = {}): InferenceEngine {
    return known('bentoml', options, {});
  }

  /**
   * The frontend of NVIDIA Dynamo, which takes the requests. It drains on SIGTERM; its timeout of 5 s is set to the longest
   * request. It needs no accelerator.
   *
   * @see https://docs.nvidia.com/dynamo/latest/
   */
  public static dynamo(options: EngineOptions = {}): InferenceEngine {
    return known('dynamo', options, { command: ['python3', '-m', 'dynamo.frontend'] });
  }

  /** Any other engine, described by the team. */
  public static custom(options: CustomEngineOptions): InferenceEngine {
    return new InferenceEngine({ ...customSpec('InferenceEngine.custom', options), command: options.command });
  }

  /** @internal */
  public static _of(spec: RuntimeSpec): InferenceEngine {
    return new InferenceEngine(spec);
  }

  /** @internal */
  public readonly _spec: RuntimeSpec;

  private constructor(spec: RuntimeSpec) {
    this._spec = spec;
  }
}

/** The command line, with the flags that make the engine reachable and its gauges readable. */
function known(id: string, options: UvicornEngineOptions, start: Partial<RuntimeSpec>): InferenceEngine {
  const facts = runtime(id) as RuntimeFacts;
  const { setting, needed } = facts.bindAddress?.value ?? {};
  const metrics = facts.gauges?.value.neededFlag;
  const flags = [
    ...(setting?.flag !== undefined && needed !== undefined ? [setting.flag, needed] : []),
    ...(metrics === undefined ? [] : [metrics]),
  ];
  return InferenceEngine._of({
    id,
    title: facts.title,
    facts,
    version: options.version,
    intent: { uvicornVersion: options.uvicornVersion },
    ...start,
    command: start.command && [...start.command, ...flags],
    args: start.args && [...start.args, ...flags],
  });
}

function given(factory: string, value: string, name = 'model'): string {
  if (value.trim() === '') throw new Error(`InferenceEngine.${factory}: the ${name} is empty`);
  return value;
}
