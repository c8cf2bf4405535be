import { join } from 'node:path';
import type { ProofCase } from '../../case';

export const fastapi: ProofCase = {
  name: 'fastapi',
  number: 2,
  title: 'FastAPI under uvicorn, with the readiness flag',
  deployment: 'catalog',
  naive: 'no preStop; the application is not told to go on serving',
  requests: [
    '/slow?seconds=0',
    '/slow?seconds=0.05',
    '/slow?seconds=0',
    '/slow?seconds=0.2',
    '/slow?seconds=1.5',
    '/stream?seconds=3:stream=[DONE]',
  ],
  prepare: (stage) => stage.applyFiles('app', join(__dirname, '../../../examples/fastapi-readiness-flag/app')),
  explanations: { exit: 'Python takes a second or two to end on a busy node, which the margin of 5 s covers' },
  server: (stage) => stage.tell('python3', '-m', 'uvicorn', '--version'),
};
