import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { InferenceEngine } from '../../src';
import { installPython } from '../harness/install';
import { ownDrain } from '../harness/own-drain';
import type { Questions, ServerUnderTest } from '../harness/server';

const VERSION = '0.21.0';

const predict = (seconds: number) => ({ path: '/v1/models/slow:predict', body: { instances: [seconds] } });
const questions: Questions = {
  plain: predict,
  stream: (seconds) => ({ path: `/stream?seconds=${seconds}`, endsWith: '[DONE]' }),
  short: predict(0),
};

export const servers: readonly ServerUnderTest[] = [kserve('0.44.0', 18156), kserve('0.54.0', 18158)];

function kserve(uvicornVersion: string, port: number): ServerUnderTest {
  const own = ownDrain({
    image: 'registry.example.com/model:1',
    engine: InferenceEngine.kserve({ uvicornVersion }),
    longestRequest: Duration.seconds(40),
    port,
  });
  return {
    runtime: 'kserve',
    title: `KServe's model server ${VERSION} with uvicorn ${uvicornVersion}`,
    version: VERSION,
    uvicornVersion,
    port,
    readinessPath: '/v2/health/ready',
    startSeconds: 180,
    long: true,
    needs: ['python3'],
    questions,
    variants: [
      { name: 'as it comes', requestSeconds: 8, graceSeconds: 25 },
      { name: 'its bound of 30 s', requestSeconds: 40, boundSeconds: 30 },
      { name: "the construct's default", requestSeconds: 38, ...own, losesNothing: true },
    ],
    install: async (folder) => {
      installPython(folder, `kserve==${VERSION}`, `uvicorn==${uvicornVersion}`);
      copyFileSync(join(__dirname, 'model.py'), join(folder, 'model.py'));
    },
    command: (folder) => [join(folder, 'bin', 'python'), join(folder, 'model.py'), String(port)],
  };
}
