import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPython } from '../harness/install';
import type { Questions, ServerUnderTest } from '../harness/server';

const PORT = 18156;
const VERSION = '0.21.0';

const predict = (seconds: number) => ({ path: '/v1/models/slow:predict', body: { instances: [seconds] } });
const questions: Questions = { plain: predict, stream: predict, short: predict(0) };

export const servers: readonly ServerUnderTest[] = [
  {
    runtime: 'kserve',
    title: `KServe's model server ${VERSION}`,
    version: VERSION,
    port: PORT,
    readinessPath: '/v2/health/ready',
    startSeconds: 180,
    long: true,
    needs: ['python3'],
    questions,
    variants: [
      { name: 'as it comes', requestSeconds: 8, withoutStream: true },
      { name: 'its bound of 30 s', requestSeconds: 40, boundSeconds: 30, withoutStream: true },
    ],
    install: async (folder) => {
      installPython(folder, `kserve==${VERSION}`);
      copyFileSync(join(__dirname, 'model.py'), join(folder, 'model.py'));
    },
    command: (folder) => [join(folder, 'bin', 'python'), join(folder, 'model.py'), String(PORT)],
  },
];
