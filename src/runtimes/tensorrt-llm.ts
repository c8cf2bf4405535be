import { read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import { noSuchApi } from './no-such-api';
import type { RuntimeFacts } from './runtime';

const SERVE = 'NVIDIA/TensorRT-LLM tensorrt_llm/commands/serve.py@00209af1';
const SERVER = 'NVIDIA/TensorRT-LLM tensorrt_llm/serve/openai_server.py@00209af1';

/** `trtllm-serve`: plain uvicorn without a timeout of its own. */
export const tensorRtLlm: RuntimeFacts = {
  id: 'tensorrt-llm',
  title: 'TensorRT-LLM',
  kind: 'inference',
  stopSignal: stopsOnSigterm('TensorRT-LLM'),
  without: nothingSaidOf('TensorRT-LLM', 'drainEndpoint', 'gauges'),
  port: read(8000, `${SERVE}, --port`),
  portSetting: read({ flag: '--port', format: 'count' }, SERVE),
  bindAddress: read(
    { address: 'localhost', setting: { flag: '--host', format: 'keyword' }, needed: '0.0.0.0' },
    `${SERVE}, --host: no probe reaches localhost`,
  ),
  httpServer: read('uvicorn', SERVER),
  readinessPath: read('/health', SERVER),
  livenessPath: read('/health', SERVER),
  whileLoading: unverified({ readiness: 'refused', liveness: 'refused' }, `${SERVE}: the model loads before uvicorn`),
  images: read(
    [{ repository: 'nvcr.io/nvidia/tensorrt-llm/release', tagIsVersion: true }],
    'nvidia.github.io/TensorRT-LLM, Quick Start Guide',
  ),
  commands: read(['trtllm-serve'], SERVE),
  tools: unverified(
    ['sh', 'sleep', 'touch', 'rm', 'date', 'python3'],
    'NVIDIA/TensorRT-LLM docker/Dockerfile.multi: an Ubuntu base with Python; nobody looked for curl',
  ),
  pid1: read('trtllm-serve, a Python program, where it is the command', SERVE),
  acceleratorImages: unverified(
    true,
    'NVIDIA/TensorRT-LLM docker/Dockerfile.multi: a CUDA base; nobody tried it without a GPU',
  ),
  sharedMemory: unverified(true, 'nvidia.github.io/TensorRT-LLM, Quick Start Guide: --ipc host; not looked up again'),
  coldStart: unverified(
    'minutes: engines are built or loaded first',
    'nvidia.github.io/TensorRT-LLM; nobody measured it',
  ),
  writablePaths: unverified(['/root/.cache', '/tmp'], 'the cache of Hugging Face by its default'),
  webSockets: noSuchApi(SERVER),
  endlessStreams: unverified('unknown', `${SERVER}: as its uvicorn does`),
  backgroundTasks: noSuchApi(SERVER),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', `${SERVER}: uvicorn.Server(config).serve()`),
        bound: read({}, `${SERVER}: no timeout_graceful_shutdown`),
        cutsStreams: unverified(
          true,
          `${SERVER}: uvicorn 0.43 and 0.44 cut them; which one an image holds is not known`,
        ),
        exitSeconds: unverified(0, 'nobody measured how long the executor takes to end'),
        newRequests: read('refused', `${SERVER}: uvicorn closes the listener at once`),
        readiness: read('refused', `${SERVER}: uvicorn closes the listener at once`),
      },
    },
  ],
  notes: [
    read('With gRPC the server waits 5 s and no longer.', `${SERVE}: server.stop(grace=5.0)`),
    read('In disaggregated serving with MPI the child gets 10 s, then SIGKILL.', SERVE),
    read('/metrics is JSON of the iterations, not Prometheus: there is no gauge to wait for.', SERVER),
  ],
};
