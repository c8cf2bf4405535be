import { read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import { noSuchApi } from './no-such-api';
import type { RuntimeFacts } from './runtime';

const LAUNCHER = 'huggingface/text-generation-inference launcher/src/main.rs v3.3.7';
const ROUTER = 'huggingface/text-generation-inference router/src/server.rs v3.3.7';
const DOCKERFILE = 'huggingface/text-generation-inference Dockerfile v3.3.7';
const README = 'huggingface/text-generation-inference README.md v3.3.7';
const API = 'huggingface.co/docs/text-generation-inference, HTTP API Reference';

/** Hugging Face Text Generation Inference: a launcher with a router and one shard per GPU. */
export const tgi: RuntimeFacts = {
  id: 'tgi',
  title: 'Text Generation Inference',
  kind: 'inference',
  stopSignal: stopsOnSigterm('TGI'),
  without: nothingSaidOf('TGI', 'drainEndpoint'),
  port: read(3000, `${LAUNCHER}, --port`),
  portSetting: read({ flag: '--port', env: 'PORT', format: 'count' }, `${LAUNCHER}, --port`),
  bindAddress: read(
    { address: '0.0.0.0', setting: { flag: '--hostname', env: 'HOSTNAME', format: 'keyword' }, needed: '0.0.0.0' },
    `${LAUNCHER}, --hostname: its variable HOSTNAME is the name of the pod in Kubernetes, so the flag is set`,
  ),
  readinessPath: read('/health', ROUTER),
  livenessPath: read('/health', `${ROUTER}: 503 where a shard fails its own check`),
  whileLoading: read({ readiness: 'refused', liveness: 'refused' }, `${LAUNCHER}: the router starts after the shards`),
  images: read([{ repository: 'ghcr.io/huggingface/text-generation-inference', tagIsVersion: true }], README),
  commands: read(['text-generation-launcher', 'text-generation-router'], DOCKERFILE),
  tools: read(['sh', 'sleep', 'touch', 'rm', 'date', 'curl', 'python3'], DOCKERFILE),
  pid1: read('text-generation-launcher: the entrypoint is a bash script that ends in exec', DOCKERFILE),
  acceleratorImages: read(true, `${DOCKERFILE}: CUDA`),
  sharedMemory: read(true, `${README}: --shm-size 1g`),
  coldStart: unverified('minutes: weights are downloaded and loaded first', `${README}; nobody measured it`),
  writablePaths: read(['/data', '/tmp'], `${DOCKERFILE}: HUGGINGFACE_HUB_CACHE is /data`),
  checkedVersion: read('3.3', LAUNCHER),
  gauges: read({ path: '/metrics', names: ['tgi_batch_current_size', 'tgi_queue_size'] }, `${ROUTER}, /metrics`),
  webSockets: noSuchApi(API),
  endlessStreams: read(
    'waited-for',
    `${ROUTER}: axum's graceful shutdown; the launcher kills the router at its timeout`,
  ),
  backgroundTasks: noSuchApi(API),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', `${ROUTER}: axum's with_graceful_shutdown`),
        bound: read(
          {
            seconds: 90,
            setting: {
              env: 'GRACEFUL_TERMINATION_TIMEOUT',
              flag: '--graceful-termination-timeout',
              format: 'seconds',
            },
          } as const,
          `${LAUNCHER}: terminate() of the router, then of the shards, each with this timeout and SIGKILL at its end`,
        ),
        cutsStreams: read(false, `${ROUTER}: axum waits for the responses`),
        exitSeconds: unverified(0, `${LAUNCHER}: idle shards end after the router; nobody measured how soon`),
        newRequests: read('refused', `${ROUTER}: the listener is closed`),
        readiness: read('refused', `${ROUTER}: the listener is closed`),
      },
    },
  ],
  notes: [
    read('The project is in maintenance mode since December 2025.', README),
    read(
      'The default of 90 s, first for the router and again for the shards, is longer than the default grace period of 30 s.',
      LAUNCHER,
    ),
    read('The image sets PORT=80; the port is given by flag here, so that no port below 1024 is needed.', DOCKERFILE),
    read('While weights are downloaded a SIGTERM gives the download 10 s.', LAUNCHER),
  ],
};
