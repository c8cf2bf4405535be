import { measured, read, unverified } from '../fact';
import { builtIntoAnImage, closedWhileLoading, onlyInOwnImages, writesNothing } from './common-facts';
import type { RuntimeFacts, SigtermBehaviour } from './runtime';

const RUNS = 'run: FastAPI application with server-sent events under uvicorn 0.42.0, 0.43.0, 0.44.0, 0.45.0 and 0.54.0';
const SERVER = 'Kludex/uvicorn uvicorn/server.py and main.py 0.51.0 and 0.54.0';

const letsStreamsFinish: SigtermBehaviour = {
  inFlight: measured('drains', RUNS),
  bound: read(
    {
      setting: {
        env: 'UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN',
        flag: '--timeout-graceful-shutdown',
        format: 'seconds',
      },
    } as const,
    SERVER,
  ),
  cutsStreams: measured(false, RUNS),
  exitSeconds: measured(0, `${RUNS}: gone 0.6 s after the last response`),
  newRequests: measured('refused', RUNS),
  readiness: measured('refused', RUNS),
};

const cutsEveryStream: SigtermBehaviour = {
  ...letsStreamsFinish,
  cutsStreams: measured(
    true,
    `${RUNS}: 0.43.0 and 0.44.0 cut every stream 0.1 s after SIGTERM (release notes of 0.43.0, Kludex/uvicorn#2829)`,
  ),
};

export const uvicorn: RuntimeFacts = {
  id: 'uvicorn',
  title: 'uvicorn',
  kind: 'web',
  ...builtIntoAnImage('uvicorn', 'readinessPath', 'livenessPath'),
  port: read(8000, 'Kludex/uvicorn uvicorn/main.py 0.54.0, --port'),
  bindAddress: read(
    {
      address: '127.0.0.1',
      setting: { env: 'UVICORN_HOST', flag: '--host', format: 'keyword' },
      needed: '0.0.0.0',
    } as const,
    SERVER,
  ),
  images: onlyInOwnImages('uvicorn'),
  commands: read(['uvicorn', 'python -m uvicorn'], 'www.uvicorn.org, Usage'),
  writablePaths: writesNothing('uvicorn'),
  whileLoading: closedWhileLoading(`${SERVER}: the lifespan starts up before the port opens`),
  webSockets: unverified(
    'waited-for',
    'Kludex/uvicorn uvicorn/protocols/websockets/websockets_impl.py, shutdown(): told 1012; nobody measured whether the drain ends then',
  ),
  endlessStreams: measured('waited-for', `${RUNS}; cut by 0.43.0 and 0.44.0`),
  backgroundTasks: read('waited-for', `${SERVER}: background tasks of a response are part of its request`),
  checkedVersion: measured('0.54', RUNS),
  versions: [
    { sigterm: letsStreamsFinish },
    { from: '0.43.0', sigterm: cutsEveryStream },
    { from: '0.45.0', sigterm: letsStreamsFinish },
  ],
  whenUnknown: {
    ...letsStreamsFinish,
    cutsStreams: unverified(true, `${RUNS}: it depends on the version, which is not known here`),
  },
  notes: [
    read(
      'uvicorn.run() inside a program reads neither the environment variable nor the flag: the program must pass timeout_graceful_shutdown itself.',
      SERVER,
    ),
    read('The setting exists from 0.22.0 on.', 'Kludex/uvicorn release notes 0.22.0 (#1950)', '2026-11'),
    measured(
      'At the timeout a request in flight is answered with 500.',
      'run: uvicorn 0.54.0 with UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN=2',
    ),
    measured(
      'Without the setting a WebSocket or an endless stream keeps the process until SIGKILL; a second SIGTERM changes nothing.',
      'run: uvicorn 0.54.0, a request of 40 s and two SIGTERMs',
    ),
    measured(
      'A handler that the application installs with signal.signal at import time does nothing: uvicorn installs its own afterwards.',
      'run: uvicorn 0.54.0 with signal.signal at import',
    ),
    read('uvicorn listens on 127.0.0.1 unless told --host 0.0.0.0, and no probe reaches it there.', SERVER),
  ],
};
