import { read } from '../fact';
import { onlyInOwnImages } from './common-facts';
import type { RuntimeFacts } from './runtime';
import { uvicorn } from './uvicorn';

/**
 * How long an application that follows the readiness-flag contract goes on serving after SIGTERM. Its lifespan takes
 * the signal, answers 503 on the readiness path but keeps serving for this many seconds, and then calls the handler
 * that uvicorn had installed. Without the variable, or in an application that does not know it, uvicorn stops at once.
 */
export const QUIET_SECONDS_ENV = 'CDK8S_GRACEFUL_QUIET_SECONDS';

/** FastAPI under uvicorn; its version is uvicorn's, which decides what SIGTERM does. */
export const fastApi: RuntimeFacts = {
  ...uvicorn,
  id: 'fast-api',
  title: 'FastAPI under uvicorn',
  images: onlyInOwnImages('FastAPI'),
  commands: read(
    ['fastapi run', 'python -m fastapi run'],
    'fastapi.tiangolo.com/deployment/manually, fastapi run',
    '2026-11',
  ),
  writablePaths: read(
    ['/tmp'],
    'Kludex/starlette starlette/formparsers.py 1.6.0: an uploaded part above 1 MiB goes to a temporary file',
    '2026-11',
  ),
};
