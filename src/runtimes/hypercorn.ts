import { read, unverified } from '../fact';
import { builtIntoAnImage, closedWhileLoading, exitWithinMargin, onlyInOwnImages, writesNothing } from './common-facts';
import type { RuntimeFacts } from './runtime';

const CONFIG = 'pgjones/hypercorn src/hypercorn/config.py 0.18.0';
const DOCS = 'hypercorn.readthedocs.io, Configuring';
const APPLICATION = "the application's own code decides; nobody measured it";

export const hypercorn: RuntimeFacts = {
  id: 'hypercorn',
  title: 'hypercorn',
  kind: 'web',
  ...builtIntoAnImage('hypercorn', 'readinessPath', 'livenessPath'),
  port: read(8000, CONFIG),
  bindAddress: read(
    { address: '127.0.0.1', setting: { flag: '--bind', format: 'keyword' }, needed: '0.0.0.0:8000' } as const,
    CONFIG,
  ),
  images: onlyInOwnImages('hypercorn'),
  commands: read(['hypercorn', 'python -m hypercorn'], 'hypercorn.readthedocs.io, Usage'),
  writablePaths: writesNothing('hypercorn'),
  checkedVersion: read('0.18', CONFIG),
  whileLoading: closedWhileLoading('pgjones/hypercorn src/hypercorn/asyncio/run.py 0.18.0: lifespan before listening'),
  webSockets: unverified('unknown', APPLICATION),
  endlessStreams: read('waited-for', `${DOCS}, graceful_timeout`),
  backgroundTasks: unverified('unknown', APPLICATION),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', `${DOCS}, graceful_timeout`),
        bound: read(
          {
            seconds: 3,
            setting: { flag: '--graceful-timeout', format: 'seconds' },
            configuredBy: 'graceful_timeout',
          } as const,
          CONFIG,
        ),
        exitSeconds: exitWithinMargin,
        newRequests: unverified('refused', 'pgjones/hypercorn src/hypercorn/asyncio/run.py 0.18.0; nobody measured it'),
        readiness: unverified('refused', 'pgjones/hypercorn src/hypercorn/asyncio/run.py 0.18.0; nobody measured it'),
      },
    },
  ],
  notes: [
    read('After the drain the lifespan of the application has shutdown_timeout, 60 s, for itself.', CONFIG),
    read('No environment variable sets the timeout: it is a flag, or stands in the configuration file.', DOCS),
  ],
};
