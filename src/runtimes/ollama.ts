import { read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import { noSuchApi } from './no-such-api';
import type { RuntimeFacts } from './runtime';

const ROUTES = 'ollama/ollama server/routes.go v0.33.0-rc2';
const ENVCONFIG = 'ollama/ollama envconfig/config.go v0.33.0-rc2';
const DOCKERFILE = 'ollama/ollama Dockerfile v0.33.0-rc2';
const API = 'ollama/ollama docs/api.md v0.33.0-rc2';

/** Ollama aborts what is in flight on SIGTERM and shows no gauge: preStop holds for the longest request. */
export const ollama: RuntimeFacts = {
  id: 'ollama',
  title: 'Ollama',
  kind: 'inference',
  stopSignal: stopsOnSigterm('Ollama'),
  without: nothingSaidOf('Ollama', 'drainEndpoint', 'gauges'),
  port: read(11434, ENVCONFIG),
  portSetting: read({ env: 'OLLAMA_HOST', format: 'address' }, ENVCONFIG),
  bindAddress: read({ address: '127.0.0.1' }, `${ENVCONFIG}; the image sets OLLAMA_HOST=0.0.0.0 (${DOCKERFILE})`),
  readinessPath: read('/', `${ROUTES}: "Ollama is running"`),
  livenessPath: read('/api/version', ROUTES),
  whileLoading: read({ readiness: 'ok', liveness: 'ok' }, `${ROUTES}: models are loaded by the first request`),
  images: read([{ repository: 'ollama/ollama', tagIsVersion: true }], DOCKERFILE),
  commands: read(['ollama serve'], DOCKERFILE),
  tools: read(['sh', 'sleep', 'touch', 'rm', 'date'], `${DOCKERFILE}: ubuntu without curl, wget and Python`),
  pid1: read('/bin/ollama serve', DOCKERFILE),
  sharedMemory: unverified(false, `${DOCKERFILE}: no word of it; nobody tried`),
  coldStart: read('ready in seconds; the first request loads the model', ROUTES),
  writablePaths: read(['/root/.ollama', '/tmp'], 'ollama/ollama docs/docker.md: -v ollama:/root/.ollama'),
  checkedVersion: read('0.33', ROUTES),
  webSockets: noSuchApi(API),
  endlessStreams: read('cut', `${ROUTES}: http.Server.Close`),
  backgroundTasks: read('cut', `${ROUTES}: a pull of a model ends with its connection`),
  versions: [
    {
      sigterm: {
        inFlight: read('aborts', `${ROUTES}: srvr.Close() closes active connections at once`),
        bound: read({ seconds: 0 }, ROUTES),
        cutsStreams: read(true, `${ROUTES}: srvr.Close()`),
        exitSeconds: unverified(0, `${ROUTES}: unloadAllRunners follows; nobody measured it`),
        newRequests: read('refused', `${ROUTES}: srvr.Close()`),
        readiness: read('refused', `${ROUTES}: srvr.Close()`),
      },
    },
  ],
  notes: [
    read('There is no count of requests in flight: /api/ps lists the models that are loaded.', API),
    read('A pod is ready before any model is there: pull it into the volume before, or in the image.', ROUTES),
  ],
};
