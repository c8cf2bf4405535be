import { measured, read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import { noSuchApi } from './no-such-api';
import type { RuntimeFacts } from './runtime';

const ENTRYPOINT = 'pytorch/serve docker/dockerd-entrypoint.sh 0.12.0';
const START = 'pytorch/serve ts/model_server.py 0.12.0';
const SERVER = 'pytorch/serve frontend/server ModelServer.java stop() 0.12.0';
const CONFIGURATION = 'pytorch.org/serve/configuration.html';
const SHAPE = `run: a script of the shape of ${ENTRYPOINT} as PID 1 under bash 5.2; ${ENTRYPOINT}`;

/** TorchServe: its official image never sees SIGTERM. */
export const torchServe: RuntimeFacts = {
  id: 'torchserve',
  title: 'TorchServe',
  kind: 'inference',
  stopSignal: stopsOnSigterm('TorchServe'),
  without: nothingSaidOf('TorchServe', 'drainEndpoint', 'gauges'),
  port: read(8080, `${CONFIGURATION}: inference 8080, management 8081, metrics 8082`),
  bindAddress: read({ address: '127.0.0.1' }, `${CONFIGURATION}: inference_address in config.properties sets it`),
  readinessPath: read('/ping', CONFIGURATION),
  livenessPath: read('/ping', CONFIGURATION),
  whileLoading: unverified(
    { readiness: 'ok', liveness: 'ok' },
    `${SERVER}: the listener is open before the workers are`,
  ),
  images: read(
    [
      { repository: 'pytorch/torchserve', tagIsVersion: true },
      { repository: 'pytorch/torchserve-nightly', tagIsVersion: false },
    ],
    'pytorch/serve docker/README.md 0.12.0',
  ),
  onlyInImages: read(true, `${ENTRYPOINT}; another image may start the JVM itself`),
  refusedImages: measured(
    'bash is its PID 1 and waits in tail -f, so SIGTERM never reaches the server; torchserve --foreground does not help, since Python is PID 1 then and ignores the signal too. Build an image whose entrypoint ends in exec java ... org.pytorch.serve.ModelServer, or move to a server that is maintained',
    `${SHAPE}; ${START}: subprocess.Popen(...).wait() and no signal handler`,
  ),
  commands: read(['torchserve'], ENTRYPOINT),
  tools: unverified(
    ['sh', 'sleep', 'touch', 'rm', 'date', 'python3'],
    'pytorch/serve docker/Dockerfile 0.12.0: no curl',
  ),
  pid1: read('bash, which waits in tail -f /dev/null: the server never gets SIGTERM', ENTRYPOINT),
  sharedMemory: unverified(true, 'workers of PyTorch may share tensors; nobody tried'),
  coldStart: unverified('workers load their models after the listener is open', SERVER),
  writablePaths: unverified(['/home/model-server', '/tmp'], 'pytorch/serve docker/Dockerfile 0.12.0; nobody tried'),
  checkedVersion: read('0.12', SERVER),
  webSockets: noSuchApi(CONFIGURATION),
  endlessStreams: unverified('cut', `${SERVER}; nobody tried`),
  backgroundTasks: read('cut', `${SERVER}: queued jobs are not waited for`),
  versions: [
    {
      sigterm: {
        inFlight: measured('ignored', SHAPE),
        bound: read({}, ENTRYPOINT),
        cutsStreams: unverified(true, `${SERVER}; nobody tried`),
        exitSeconds: measured(0, `${SHAPE}: never before SIGKILL`),
        newRequests: measured('served', SHAPE),
        readiness: measured('unchanged', SHAPE),
      },
    },
  ],
  notes: [
    read('The project is no longer maintained.', 'pytorch/serve README.md 0.12.0'),
    read(
      'A server that does get SIGTERM closes its listeners and waits up to 60 s for each thread group, but not for queued jobs.',
      SERVER,
    ),
  ],
};
