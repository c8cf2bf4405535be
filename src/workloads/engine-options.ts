/** What every engine takes. */
export interface EngineOptions {
  /**
   * The version of the engine.
   *
   * @default - read from the tag of the image, where that tells one.
   */
  readonly version?: string;
}

/** What an engine takes that is started with one model. */
export interface ModelEngineOptions extends EngineOptions {
  /** The model, as the engine's own command line takes it: a name on the Hugging Face hub, or a path in the container. */
  readonly model: string;
}

/** Whether clients may keep their connections to the engine. */
export enum EngineConnections {
  /** As the engine has it: connections are kept alive, and a client goes on sending on its own to a pod that leaves. */
  KEEP = 'keep',
  /**
   * Every response says `Connection: close`, so that each request comes through the Service and none stays with a pod that
   * leaves. It costs a handshake for each request.
   */
  CLOSE = 'close',
}

export interface VllmOptions {
  /** The model, as `vllm serve` takes it: a name on the Hugging Face hub, or a path in the container. */
  readonly model: string;

  /**
   * The version of vLLM.
   *
   * @default - read from the tag of the image, which must then have one.
   */
  readonly version?: string;

  /**
   * Whether clients may keep their connections. `CLOSE` mounts a few lines of ASGI middleware from a ConfigMap, sets
   * `PYTHONPATH` and adds `--middleware`. Measured, it is what loses no request of clients that send one after the other on one
   * connection. Refused with a `command` of your own, which could not load it, and with vLLM before 0.3.0.
   *
   * @default EngineConnections.KEEP - a handshake for each request is a price that is yours to pay, and clients that pause
   * between requests, or that a proxy sends through the Service anew, lose nothing without it.
   * @see https://github.com/cdk8s-graceful/cdk8s-graceful/blob/main/docs/kept-alive.md
   */
  readonly connections?: EngineConnections;
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

export interface TritonOptions extends EngineOptions {
  /** The model repository, as `--model-repository` takes it: a path in the container or an object store. */
  readonly modelRepository: string;
}

/** What an engine takes that leaves its connections to the uvicorn in its image. */
export interface UvicornEngineOptions extends EngineOptions {
  /**
   * The version of uvicorn in the image: 0.43 and 0.44 cut every streaming response at SIGTERM.
   *
   * @default - not known: what the engine streams is let finish before SIGTERM.
   */
  readonly uvicornVersion?: string;
}

export interface TensorRtLlmOptions extends UvicornEngineOptions {
  /** The model, as `trtllm-serve` takes it: a name on the Hugging Face hub, or a path in the container. */
  readonly model: string;
}

export interface LmDeployOptions extends UvicornEngineOptions {
  /** The model, as `lmdeploy serve api_server` takes it. */
  readonly model: string;
}

export interface RayServeOptions extends EngineOptions {
  /**
   * The Serve config file in the container, as `serve run` takes it. Its `http_options` must leave `host` at 0.0.0.0, and its
   * port must be the construct's.
   */
  readonly config: string;
}
