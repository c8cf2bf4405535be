import { read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import type { RuntimeFacts, SigtermBehaviour } from './runtime';

const HTTP_SERVER = 'sgl-project/sglang python/sglang/srt/entrypoints/http_server.py, wheels 0.5.6 to 0.5.23';
const TOKENIZER_MANAGER = 'sgl-project/sglang python/sglang/srt/managers/tokenizer_manager.py, wheels 0.5.6 to 0.5.23';
const SERVER_ARGS =
  'sgl-project/sglang python/sglang/srt/server_args.py, wheel 0.5.6; arg_groups/fields/serving.py, wheel 0.5.23';
const DOCKERFILE = 'sgl-project/sglang docker/Dockerfile@004740a9';
const READ = '2026-11';

/** A flag is looked at every 5 s, and so is the number of requests; then the process kills itself. */
const drainsWithoutBound: SigtermBehaviour = {
  inFlight: read('drains', `${TOKENIZER_MANAGER} sigterm_watchdog`, READ),
  bound: read({}, `${TOKENIZER_MANAGER} sigterm_watchdog`, READ),
  cutsStreams: read(false, `${TOKENIZER_MANAGER}: uvicorn's own handler is replaced`, READ),
  exitSeconds: read(5, `${TOKENIZER_MANAGER} sigterm_watchdog, wheels 0.5.6 to 0.5.13`, READ),
  newRequests: read('served', `${HTTP_SERVER}: only the health paths look at the shutdown`, READ),
  readiness: read('503', `${HTTP_SERVER} health_generate`, READ),
};

/** From 0.5.14 on the schedulers get up to 15 s to release their accelerators first. */
const waitsForSchedulers: SigtermBehaviour = {
  ...drainsWithoutBound,
  exitSeconds: read(
    20,
    `${TOKENIZER_MANAGER} sigterm_watchdog, wheels 0.5.14 to 0.5.23: 5 s between two looks, then up to 15 s for the schedulers`,
    READ,
  ),
};

export const sglang: RuntimeFacts = {
  id: 'sglang',
  title: 'SGLang',
  kind: 'inference',
  stopSignal: stopsOnSigterm('SGLang'),
  without: nothingSaidOf('SGLang', 'drainEndpoint'),
  port: read(30000, SERVER_ARGS, READ),
  portSetting: read({ flag: '--port', format: 'count' }, SERVER_ARGS, READ),
  bindAddress: read(
    { address: '127.0.0.1', setting: { flag: '--host', format: 'keyword' }, needed: '0.0.0.0' },
    `${SERVER_ARGS}: no probe reaches 127.0.0.1`,
    READ,
  ),
  readinessPath: read('/health', `${HTTP_SERVER} health_generate`, READ),
  // Not /health, which turns 503 during the drain, nor /ping, which does so from 0.5.23 on.
  livenessPath: read('/model_info', `${HTTP_SERVER} model_info: answers from the process's own memory`, READ),
  images: read([{ repository: 'lmsysorg/sglang', tagIsVersion: true }], 'docs.sglang.io, Install SGLang, Using docker'),
  tools: read(['sh', 'sleep', 'touch', 'rm', 'date', 'curl', 'python3'], DOCKERFILE, READ),
  whileLoading: unverified(
    { readiness: '503', liveness: 'ok' },
    `${HTTP_SERVER}: the listener is open during the warm-up, and refuses before`,
    READ,
  ),
  commands: read(
    ['python -m sglang.launch_server', 'sglang serve'],
    'docs.sglang.io, Install SGLang; the warning of the first that the second is recommended, seen in logs of 2026',
    READ,
  ),
  pid1: read('python, where it is the command', DOCKERFILE, READ),
  acceleratorImages: read(true, `${DOCKERFILE}: CUDA`),
  sharedMemory: read(
    true,
    'sgl-project/sglang docker/k8s-sglang-distributed-sts.yaml: an emptyDir in memory of 10 GiB',
  ),
  coldStart: unverified('minutes: weights are loaded and a warm-up is run', 'docs.sglang.io; nobody measured it'),
  writablePaths: unverified(
    ['/root/.cache', '/root/.triton', '/tmp'],
    'docs.sglang.io, Install SGLang (the Hugging Face cache); the caches of Triton and PyTorch by their defaults',
  ),
  // Before it /health generates a token at each probe, nothing turns that off, and /model_info does not exist.
  minimumVersion: read('0.5.6', `${HTTP_SERVER}; absent in the wheels 0.5.3 and 0.5.5; pull request #13320`, READ),
  checkedVersion: read('0.5.23', TOKENIZER_MANAGER, READ),
  gauges: read(
    {
      path: '/metrics',
      names: ['sglang:num_running_reqs', 'sglang:num_queue_reqs'],
      neededFlag: '--enable-metrics',
    },
    'sgl-project/sglang python/sglang/srt/metrics/collector.py, wheel 0.5.6; observability/metrics_collector.py, wheel 0.5.23',
    READ,
  ),
  apiKey: read(
    { flag: '--api-key', openPathPrefixes: ['/health', '/metrics'] },
    'sgl-project/sglang python/sglang/srt/utils add_api_key_middleware, wheel 0.5.6; utils/auth.py, wheel 0.5.23',
    READ,
  ),
  env: read({ SGLANG_ENABLE_HEALTH_ENDPOINT_GENERATION: 'false' }, `${HTTP_SERVER} health_generate`, READ),
  webSockets: unverified('unknown', `${HTTP_SERVER}: nobody tried`),
  endlessStreams: read('waited-for', `${TOKENIZER_MANAGER} sigterm_watchdog: without a bound`, READ),
  backgroundTasks: unverified('unknown', 'docs.sglang.io, Responses API with background=true; nobody tried'),
  versions: [{ sigterm: drainsWithoutBound }, { from: '0.5.14', sigterm: waitsForSchedulers }],
  notes: [
    read(
      'Nothing bounds the drain but SIGKILL, and new requests are served as long as it lasts: a client that ignores readiness can keep the process from ever ending by itself.',
      `${TOKENIZER_MANAGER} sigterm_watchdog`,
      READ,
    ),
    read(
      'From 0.5.14 on the server answers nothing while it waits for its schedulers, up to 15 s after the last request.',
      `${TOKENIZER_MANAGER} sigterm_watchdog, wheels 0.5.14 to 0.5.23`,
      READ,
    ),
    read(
      'A server that its own health check has found unhealthy, or one with SGL_FORCE_SHUTDOWN set, ends at once on SIGTERM.',
      `${TOKENIZER_MANAGER} sigterm_watchdog`,
      READ,
    ),
    read(
      'The handler that drains is installed with the first request, which is the warm-up; with --skip-server-warmup a SIGTERM before any request meets the handler of uvicorn.',
      `${TOKENIZER_MANAGER} auto_create_handle_loop`,
      READ,
    ),
    read(
      'With --api-key every path but /health and /metrics answers 401 without the key, so a liveness probe on another path would restart the pod for ever.',
      'sgl-project/sglang python/sglang/srt/utils/auth.py, wheel 0.5.23',
      READ,
    ),
    read('SGLang listens on 127.0.0.1 unless told --host 0.0.0.0, and no probe reaches it there.', SERVER_ARGS, READ),
    unverified(
      'With --tokenizer-worker-num above 1 uvicorn runs several workers; what SIGTERM does to them is not known.',
      'sgl-project/sglang python/sglang/srt/managers/multi_tokenizer_mixin.py, wheel 0.5.6: present, its shutdown not read',
      READ,
    ),
    unverified(
      'SIGTERM to the whole process group, as an init process with tini -g sends it, kills the workers mid-stream.',
      'sgl-project/sglang pull request #35202',
    ),
  ],
};
