import { read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import { noSuchApi } from './no-such-api';
import type { RuntimeFacts } from './runtime';

const SERVER = 'huggingface/text-embeddings-inference router/src/http/server.rs v1.9';
const MAIN = 'huggingface/text-embeddings-inference router/src/main.rs v1.9';
const DOCKERFILE = 'huggingface/text-embeddings-inference Dockerfile v1.9';
const README = 'huggingface/text-embeddings-inference README.md v1.9';

/** Hugging Face Text Embeddings Inference: short requests, no stream. */
export const tei: RuntimeFacts = {
  id: 'tei',
  title: 'Text Embeddings Inference',
  kind: 'inference',
  stopSignal: stopsOnSigterm('TEI'),
  without: nothingSaidOf('TEI', 'drainEndpoint', 'gauges'),
  port: read(3000, `${MAIN}, --port`),
  portSetting: read({ flag: '--port', env: 'PORT', format: 'count' }, `${MAIN}, --port`),
  bindAddress: read(
    { address: '0.0.0.0', setting: { flag: '--hostname', env: 'HOSTNAME', format: 'keyword' }, needed: '0.0.0.0' },
    `${MAIN}, --hostname: its variable HOSTNAME is the name of the pod in Kubernetes, so the flag is set`,
  ),
  readinessPath: read('/health', SERVER),
  livenessPath: read('/health', SERVER),
  whileLoading: read({ readiness: 'refused', liveness: 'refused' }, `${MAIN}: the server starts after the backend`),
  images: read([{ repository: 'ghcr.io/huggingface/text-embeddings-inference', tagIsVersion: true }], README),
  commands: read(['text-embeddings-router'], DOCKERFILE),
  tools: read(['sh', 'sleep', 'touch', 'rm', 'date', 'curl'], `${DOCKERFILE}: debian-slim with curl`),
  pid1: read('text-embeddings-router; the CUDA images have a shell entrypoint that ends in exec', DOCKERFILE),
  sharedMemory: unverified(false, `${README}: no --shm-size in its commands; nobody tried`),
  coldStart: unverified('seconds to minutes: weights are downloaded first', `${README}; nobody measured it`),
  writablePaths: read(['/data', '/tmp'], `${DOCKERFILE}: HUGGINGFACE_HUB_CACHE is /data`),
  checkedVersion: read('1.9', SERVER),
  webSockets: noSuchApi(README),
  endlessStreams: noSuchApi(README),
  backgroundTasks: noSuchApi(README),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', `${SERVER}: with_graceful_shutdown; gRPC: serve_with_shutdown`),
        bound: read({}, `${SERVER}: no timeout`),
        cutsStreams: read(false, `${SERVER}: no streaming response over HTTP`),
        exitSeconds: unverified(0, `${SERVER}: nothing is waited for after the last response; nobody measured it`),
        newRequests: read('refused', `${SERVER}: the listener is closed`),
        readiness: read('refused', `${SERVER}: the listener is closed`),
      },
    },
  ],
  notes: [
    read(
      'te_queue_size counts what waits, not what is computed, so it is not taken for a gauge of requests in flight.',
      `${SERVER}, /metrics`,
    ),
    read('The image sets PORT=80; the port is given by flag here, so that no port below 1024 is needed.', DOCKERFILE),
  ],
};
