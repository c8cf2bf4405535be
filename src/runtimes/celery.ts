import { read, unverified } from '../fact';
import { exitWithinMargin, onlyInOwnImages, worker } from './common-facts';
import type { RuntimeFacts } from './runtime';

const WORKERS = 'docs.celeryq.dev 5.6, Workers Guide, Stopping the worker';
const UNWATCHED = 'a worker serves no requests: this is what its tasks and its broker meet';

export const celery: RuntimeFacts = {
  id: 'celery',
  title: 'Celery',
  kind: 'worker',
  ...worker('Celery'),
  images: onlyInOwnImages('Celery'),
  commands: read(
    ['celery worker', 'celery ... worker', 'python -m celery ... worker'],
    'docs.celeryq.dev 5.6, Workers Guide',
  ),
  writablePaths: unverified(
    ['/tmp'],
    'docs.celeryq.dev 5.6, Workers Guide: pid and state files where flags ask for them',
  ),
  checkedVersion: read('5.6', WORKERS),
  backgroundTasks: read('waited-for', WORKERS),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', `${WORKERS}: SIGTERM is the warm shutdown, running tasks are finished`),
        bound: read({}, `${WORKERS}: no timeout; worker_soft_shutdown_timeout (5.5) is 0 by default`),
        exitSeconds: exitWithinMargin,
        newRequests: read('refused', `${UNWATCHED}: ${WORKERS}`),
        readiness: unverified('unchanged', UNWATCHED),
      },
    },
  ],
  notes: [
    read('REMAP_SIGTERM=SIGQUIT makes SIGTERM the cold shutdown, which cuts running tasks.', WORKERS),
    read(
      'Before 5.6 the prefork pool lost its broker heartbeat in a warm shutdown, so the broker could give a running task to another worker.',
      'docs.celeryq.dev, Changelog 5.6',
    ),
    read('Tasks are acknowledged before they run unless task_acks_late is set: one that is cut is lost.', WORKERS),
  ],
};
