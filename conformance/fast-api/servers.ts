import { QUIET_SECONDS_ENV } from '../../src/runtimes/fast-api';
import { pythonServer } from '../harness/python-server';

const PORT = 18124;

export const servers = [
  pythonServer({
    runtime: 'fast-api',
    title: 'FastAPI with the readiness flag, uvicorn 0.54.0',
    version: '0.54.0',
    port: PORT,
    packages: ['uvicorn==0.54.0', 'fastapi==0.165.0'],
    app: 'examples/fastapi-readiness-flag/app/main.py',
    module: ['uvicorn', 'app:app', '--host', '0.0.0.0', '--port', String(PORT), '--log-level', 'warning'],
    // The quiet time outlasts the requests, so that what counts is what is served within it.
    variants: [
      {
        name: `${QUIET_SECONDS_ENV}=6`,
        env: { [QUIET_SECONDS_ENV]: '6' },
        noted: { newRequests: 'served', readiness: '503' },
      },
    ],
  }),
];
