import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { ImageTool, InferenceEngine } from '../../src';
import { installPython } from '../harness/install';
import { ownDrain } from '../harness/own-drain';
import type { ServerUnderTest } from '../harness/server';

const VERSION = '1.4.39';

export const servers: readonly ServerUnderTest[] = [bento('0.44.0', 18155), bento('0.54.0', 18157)];

function bento(uvicornVersion: string, port: number): ServerUnderTest {
  const own = ownDrain({
    image: 'registry.example.com/bento:1',
    engine: InferenceEngine.bentoMl({ uvicornVersion }),
    imageTools: [ImageTool.SH, ImageTool.SLEEP, ImageTool.PYTHON3],
    longestRequest: Duration.seconds(30),
    port,
  });
  return {
    runtime: 'bentoml',
    title: `BentoML ${VERSION} with uvicorn ${uvicornVersion}`,
    version: VERSION,
    uvicornVersion,
    port,
    readinessPath: '/readyz',
    startSeconds: 180,
    long: true,
    needs: ['python3'],
    env: { BENTOML_DO_NOT_TRACK: 'True' },
    variants: [
      { name: 'as it comes', requestSeconds: 15, graceSeconds: 30 },
      { name: "the construct's default", requestSeconds: 15, ...own, losesNothing: true },
    ],
    install: async (folder) => {
      installPython(folder, `bentoml==${VERSION}`, `uvicorn==${uvicornVersion}`, 'fastapi');
      copyFileSync(join(__dirname, 'service.py'), join(folder, 'service.py'));
    },
    command: (folder) => [join(folder, 'bin', 'bentoml'), 'serve', 'service:Service', '--port', String(port)],
  };
}
