import { measured, read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import { noSuchApi } from './no-such-api';
import type { RuntimeFacts } from './runtime';

const RUN = 'run: KServe ModelServer 0.21.0 (Python)';
const SERVER = 'kserve/kserve python/kserve/kserve/model_server.py@aaac4e294';
const OLDER = 'kserve/kserve python/kserve/kserve/model_server.py@008f3d72';
const AGENT = 'kserve/kserve cmd/agent/main.go and cmd/router/main.go@aaac4e294';
const TEMPLATES = 'kserve/kserve config/llmisvcconfig/config-llm-template.yaml and config_merge.go@aaac4e294';

/** The Python model server of KServe, in a Deployment of one's own rather than behind an InferenceService. */
export const kserve: RuntimeFacts = {
  id: 'kserve',
  title: 'KServe model server',
  kind: 'inference',
  stopSignal: stopsOnSigterm("KServe's model server"),
  without: nothingSaidOf("KServe's model server", 'tools', 'drainEndpoint', 'gauges'),
  port: read(8080, `${SERVER}: HTTP 8080, gRPC 8081`),
  bindAddress: read({ address: '0.0.0.0' }, SERVER, '2026-11'),
  httpServer: read('uvicorn', SERVER),
  readinessPath: read('/v2/health/ready', SERVER),
  livenessPath: read('/v2/health/live', SERVER),
  whileLoading: unverified({ readiness: '503', liveness: 'ok' }, `${SERVER}: ready asks the models; nobody tried`),
  images: unverified([], 'kserve/*server images differ by framework, and a model is built into its own image'),
  commands: unverified([], 'a program of the team, or python -m with the name of a framework'),
  pid1: read('python, where the entrypoint is an exec form, as in the images of the project', SERVER),
  sharedMemory: unverified(true, 'models of PyTorch may need it; nobody tried'),
  coldStart: unverified('as long as load() of the model takes', SERVER),
  writablePaths: unverified(['/tmp'], 'the model decides'),
  checkedVersion: measured('0.21', RUN),
  webSockets: noSuchApi(SERVER),
  endlessStreams: measured('cut', `${RUN}: at grace_period, as every request`),
  backgroundTasks: noSuchApi(SERVER),
  versions: [
    {
      sigterm: {
        inFlight: measured('drains', `${RUN}: a request of 15 s is answered`),
        bound: measured(
          { seconds: 30, configuredBy: 'grace_period of the constructor' },
          `${RUN}: a request of 45 s gets 500 at 30.2 s; no flag (${SERVER})`,
        ),
        cutsStreams: unverified(
          true,
          `${RUN} with uvicorn 0.54.0: complete, with 0.44.0: cut; which one an image holds is not known`,
        ),
        exitSeconds: measured(0, `${RUN}: gone 1.3 s after the last response`),
        newRequests: measured('refused', RUN),
        readiness: measured('refused', RUN),
      },
    },
  ],
  notes: [
    measured('grace_period is 30 s and cannot be set from outside the program.', `${RUN}; ${SERVER}`),
    read(
      'Older releases have no grace_period and wait without a bound; 30 s is assumed for all.',
      `${OLDER}: stop() leaves it to uvicorn`,
      '2026-11',
    ),
    read(
      'The agent (logger, batcher) and the router of an InferenceGraph sleep a fixed 30 s before they drain, which is the whole default grace period.',
      `${AGENT}: drainSleepDuration`,
    ),
    read(
      'An LLMInferenceService runs vLLM with preStop sleep 15, a grace of 60 s and --shutdown-timeout 40; in raw deployments KServe sets no preStop.',
      TEMPLATES,
    ),
  ],
};
