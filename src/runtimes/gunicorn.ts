import { measured, read, unverified } from '../fact';
import { builtIntoAnImage, exitWithinMargin, onlyInOwnImages } from './common-facts';
import type { RuntimeFacts } from './runtime';

const CONFIG = 'benoitc/gunicorn gunicorn/config.py 26.2.0';
const ARBITER = 'benoitc/gunicorn gunicorn/arbiter.py 26.2.0, stop()';
const SETTINGS = 'gunicorn.org reference, Settings';
const RUN = 'run: gunicorn 26.2.0 with one sync worker that is busy';
const APPLICATION = "the worker class and the application's own code decide";

export const gunicorn: RuntimeFacts = {
  id: 'gunicorn',
  title: 'gunicorn',
  kind: 'web',
  ...builtIntoAnImage('gunicorn', 'readinessPath', 'livenessPath'),
  port: read(8000, CONFIG),
  bindAddress: read(
    {
      address: '127.0.0.1',
      setting: { flag: '--bind', flagsEnv: 'GUNICORN_CMD_ARGS', format: 'keyword' },
      needed: '0.0.0.0:8000',
    } as const,
    `${CONFIG}: 0.0.0.0 where the variable PORT is set`,
  ),
  images: onlyInOwnImages('gunicorn'),
  commands: read(['gunicorn', 'python -m gunicorn'], 'docs.gunicorn.org, Running Gunicorn'),
  writablePaths: read(['/tmp'], `${SETTINGS}, worker_tmp_dir: each worker touches a file there as its heartbeat`),
  checkedVersion: measured('27.0', 'run: gunicorn 27.0.1, threads and sync workers'),
  whileLoading: unverified(
    { readiness: 'none', liveness: 'none' },
    `${ARBITER}: the listener opens before the workers load the application, so a connection waits in its backlog`,
  ),
  webSockets: unverified('unknown', APPLICATION),
  endlessStreams: read('waited-for', ARBITER),
  backgroundTasks: unverified('unknown', APPLICATION),
  versions: [
    {
      sigterm: {
        inFlight: measured('drains', RUN),
        bound: read(
          {
            seconds: 30,
            setting: { flag: '--graceful-timeout', flagsEnv: 'GUNICORN_CMD_ARGS', format: 'seconds' },
          } as const,
          `${CONFIG}; ${SETTINGS}`,
        ),
        exitSeconds: exitWithinMargin,
        newRequests: measured(
          'refused',
          `run: gunicorn 27.0.1, threads and sync workers; ${RUN}: accepted by the kernel's backlog, then reset`,
        ),
        readiness: measured('refused', `${RUN}: reset, or refused`),
      },
    },
  ],
  notes: [
    read(
      'The command line wins over GUNICORN_CMD_ARGS, and that over the configuration file: a --graceful-timeout in the CMD of the image stays.',
      SETTINGS,
    ),
    measured(
      'At the timeout a request in flight gets an empty reply, and the process ends with 0.',
      'run: gunicorn 26.2.0 with --graceful-timeout 1',
    ),
    read(
      '--timeout (30 s) kills a sync worker whose request takes longer, at any time and not only in a shutdown.',
      SETTINGS,
    ),
    read(
      'SIGINT and SIGQUIT are the quick shutdown. The uvicorn worker has no timeout of its own: the one of gunicorn bounds it.',
      'docs.gunicorn.org, Signal Handling; Kludex/uvicorn-worker',
    ),
  ],
};
