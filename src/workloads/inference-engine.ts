import { runtime } from '../runtimes';
import type { RuntimeFacts } from '../runtimes/runtime';
import { type CustomRuntimeOptions, customSpec } from './custom-runtime';
import type { RuntimeSpec } from './runtime-spec';

export interface VllmOptions {
  /** The model, as `vllm serve` takes it: a name on the Hugging Face hub, or a path in the container. */
  readonly model: string;

  /**
   * The version of vLLM.
   *
   * @default - read from the tag of the image, which must then have one.
   */
  readonly version?: string;
}

export interface SglangOptions {
  /** The model, as `--model-path` takes it. */
  readonly model: string;

  /**
   * The version of SGLang.
   *
   * @default - read from the tag of the image, which must then have one.
   */
  readonly version?: string;
}

export interface CustomEngineOptions extends CustomRuntimeOptions {
  /**
   * The entrypoint. Never a shell without `exec`: SIGTERM would not reach the server.
   *
   * @default - the image's own.
   */
  readonly command?: string[];
}

/** The model server in the container of an inference deployment, and how it takes SIGTERM. */
export class InferenceEngine {
  /**
   * vLLM. By default preStop waits until its gauges `vllm:num_requests_running` and `vllm:num_requests_waiting` are zero:
   * SIGTERM alone aborts what is in flight, or leaves it hanging.
   *
   * @see https://github.com/vllm-project/vllm/pull/36666
   */
  public static vllm(options: VllmOptions): InferenceEngine {
    return InferenceEngine.known('vllm', options, ['vllm', 'serve', options.model, '--host', '0.0.0.0']);
  }

  /**
   * SGLang from 0.5.6 on. It drains on SIGTERM, without a bound, and serves new requests while it does.
   *
   * @see https://github.com/sgl-project/sglang/pull/1838
   */
  public static sglang(options: SglangOptions): InferenceEngine {
    const command = ['python3', '-m', 'sglang.launch_server', '--model-path', options.model, '--host', '0.0.0.0'];
    return InferenceEngine.known('sglang', options, [...command, '--enable-metrics']);
  }

  /** Any other engine, described by the team. */
  public static custom(options: CustomEngineOptions): InferenceEngine {
    return new InferenceEngine({ ...customSpec('InferenceEngine.custom', options), command: options.command });
  }

  private static known(id: string, options: VllmOptions | SglangOptions, command: readonly string[]): InferenceEngine {
    if (options.model.trim() === '') throw new Error(`InferenceEngine.${id}: the model is empty`);
    const facts = runtime(id) as RuntimeFacts;
    return new InferenceEngine({ id, title: facts.title, facts, version: options.version, intent: {}, command });
  }

  /** @internal */
  public readonly _spec: RuntimeSpec;

  private constructor(spec: RuntimeSpec) {
    this._spec = spec;
  }
}
