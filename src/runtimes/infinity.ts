import { read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import { noSuchApi } from './no-such-api';
import type { RuntimeFacts } from './runtime';

const CLI = 'michaelfeil/infinity libs/infinity_emb/infinity_emb/cli.py 0.0.77';
const SERVER = 'michaelfeil/infinity libs/infinity_emb/infinity_emb/infinity_server.py 0.0.77';
const README = 'michaelfeil/infinity README.md 0.0.77';

/** Infinity: embeddings and reranking under uvicorn.run; no stream. */
export const infinity: RuntimeFacts = {
  id: 'infinity',
  title: 'Infinity',
  kind: 'inference',
  stopSignal: stopsOnSigterm('Infinity'),
  without: nothingSaidOf('Infinity', 'drainEndpoint', 'gauges'),
  port: read(7997, CLI),
  portSetting: read({ flag: '--port', format: 'count' }, CLI),
  bindAddress: unverified(
    { address: '0.0.0.0', setting: { flag: '--host', format: 'keyword' }, needed: '0.0.0.0' },
    `${CLI}; the default was not checked, so the flag is set`,
  ),
  httpServer: read('uvicorn', CLI),
  readinessPath: read('/health', SERVER),
  livenessPath: read('/health', SERVER),
  whileLoading: unverified({ readiness: 'refused', liveness: 'refused' }, `${SERVER}: models load in the lifespan`),
  images: read([{ repository: 'michaelf34/infinity', tagIsVersion: true }], README),
  commands: read(['infinity_emb'], README),
  tools: read(['sh', 'sleep', 'touch', 'rm', 'date', 'curl', 'python3'], 'michaelfeil/infinity Dockerfile 0.0.77'),
  pid1: read('infinity_emb, a Python program', README),
  sharedMemory: unverified(false, `${README}: no --shm-size in its commands; nobody tried`),
  coldStart: unverified('seconds to minutes: weights are downloaded first', `${README}; nobody measured it`),
  writablePaths: unverified(['/app/.cache', '/tmp'], `${README}: HF_HOME; nobody looked`),
  checkedVersion: read('0.0.77', CLI),
  webSockets: noSuchApi(README),
  endlessStreams: noSuchApi(README),
  backgroundTasks: noSuchApi(README),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', `${CLI}: uvicorn.run`),
        bound: read({}, `${CLI}: no timeout_graceful_shutdown, and UVICORN_ variables do not count`),
        cutsStreams: read(false, `${SERVER}: no response is streamed, so that no uvicorn can cut one`),
        exitSeconds: unverified(0, `${SERVER}; nobody measured how long the lifespan takes to end`),
        newRequests: read('refused', `${CLI}: uvicorn closes the listener at once`),
        readiness: read('refused', `${CLI}: uvicorn closes the listener at once`),
      },
    },
  ],
  notes: [read('Nothing bounds the drain but SIGKILL.', CLI)],
};
