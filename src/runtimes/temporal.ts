import { read, unverified } from '../fact';
import { exitWithinMargin, onlyInOwnImages, worker, writesNothing } from './common-facts';
import type { RuntimeFacts } from './runtime';

const TYPESCRIPT = 'temporalio/sdk-typescript packages/worker/src/worker-options.ts and runtime.ts';
const GO = 'temporalio/sdk-go internal/worker.go, WorkerStopTimeout and InterruptCh';
const JAVA = 'temporalio/sdk-java temporal-sdk WorkerFactory.shutdown()';
const SDKS = `${TYPESCRIPT}; ${GO}; ${JAVA}`;
const WORKER = 'a worker serves no requests: this is what its activities and its task queue meet';

/** A worker of one of Temporal's SDKs: each is a library in the application. */
export const temporal: RuntimeFacts = {
  id: 'temporal',
  title: 'Temporal worker',
  kind: 'worker',
  ...worker("Temporal's SDKs"),
  images: onlyInOwnImages('a Temporal worker'),
  writablePaths: writesNothing('The SDK'),
  backgroundTasks: read('cut', SDKS),
  versions: [
    {
      sigterm: {
        inFlight: read('aborts', `${SDKS}: activities are cancelled at once by default`),
        bound: read({ seconds: 0, configuredBy: 'shutdownGraceTime (TypeScript), WorkerStopTimeout (Go)' }, SDKS),
        exitSeconds: exitWithinMargin,
        newRequests: read('refused', `${WORKER}: ${SDKS}`),
        readiness: unverified('unchanged', WORKER),
      },
    },
  ],
  notes: [
    read(
      'TypeScript: SIGINT, SIGTERM, SIGQUIT and SIGUSR2 stop polling; shutdownGraceTime is 0, shutdownForceTime is not set.',
      TYPESCRIPT,
    ),
    read('Go: worker.InterruptCh() takes SIGINT and SIGTERM; WorkerStopTimeout is 0 s.', GO),
    read(
      'Java: the SDK has no shutdown hook; the application must call WorkerFactory.shutdown() and awaitTermination().',
      JAVA,
    ),
  ],
};
