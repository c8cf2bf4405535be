import { read, unverified } from '../fact';
import { exitWithinMargin, onlyInOwnImages, worker, writesNothing } from './common-facts';
import type { RuntimeFacts } from './runtime';

const CONFIG = 'sidekiq/sidekiq lib/sidekiq/config.rb 8.1.7';
const SIGNALS = 'sidekiq/sidekiq wiki, Signals; lib/sidekiq/cli.rb 8.1.7';
const WORKER = 'a worker serves no requests: this is what its jobs and its queue meet';

export const sidekiq: RuntimeFacts = {
  id: 'sidekiq',
  title: 'Sidekiq',
  kind: 'worker',
  ...worker('Sidekiq'),
  images: onlyInOwnImages('Sidekiq'),
  commands: read(['sidekiq', 'bundle exec sidekiq'], 'sidekiq/sidekiq wiki, Getting Started'),
  writablePaths: writesNothing('Sidekiq'),
  checkedVersion: read('8.1', CONFIG),
  backgroundTasks: read('waited-for', SIGNALS),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', SIGNALS),
        bound: read(
          { seconds: 25, setting: { flag: '-t', format: 'seconds' }, configuredBy: ':timeout' } as const,
          CONFIG,
        ),
        exitSeconds: exitWithinMargin,
        newRequests: read('refused', `${WORKER}: ${SIGNALS}`),
        readiness: unverified('unchanged', WORKER),
      },
    },
  ],
  notes: [
    read(
      'Jobs that are not done at the timeout are pushed back into the queue and run again from their start.',
      SIGNALS,
    ),
    read('SIGTSTP makes it quiet: no new jobs, the running ones go on.', SIGNALS),
  ],
};
