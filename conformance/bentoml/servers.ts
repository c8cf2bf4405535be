import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPython } from '../harness/install';
import type { ServerUnderTest } from '../harness/server';

const PORT = 18155;
const VERSION = '1.4.39';

export const servers: readonly ServerUnderTest[] = [
  {
    runtime: 'bentoml',
    title: `BentoML ${VERSION}`,
    version: VERSION,
    port: PORT,
    readinessPath: '/readyz',
    startSeconds: 180,
    long: true,
    needs: ['python3'],
    env: { BENTOML_DO_NOT_TRACK: 'True' },
    variants: [{ name: 'as it comes', requestSeconds: 8, graceSeconds: 25 }],
    install: async (folder) => {
      installPython(folder, `bentoml==${VERSION}`, 'fastapi');
      copyFileSync(join(__dirname, 'service.py'), join(folder, 'service.py'));
    },
    command: (folder) => [join(folder, 'bin', 'bentoml'), 'serve', 'service:Service', '--port', String(PORT)],
  },
];
