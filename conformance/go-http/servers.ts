import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { has, run } from '../harness/install';
import type { ServerUnderTest } from '../harness/server';

const version = has('go')
  ? execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim().slice(2)
  : 'not found';

export const servers: readonly ServerUnderTest[] = [
  {
    runtime: 'go-http',
    title: `Go ${version}, net/http`,
    version,
    port: 18140,
    readinessPath: '/healthz',
    needs: ['go'],
    variants: [
      { name: 'no handler for SIGTERM', application: 'aborts' },
      {
        name: 'the application calls Shutdown',
        env: { DRAIN: '1' },
        application: 'drains',
        noted: { readiness: 'refused' }, // `unchanged` is what the facts take where nobody knows the application
      },
      { name: 'the same under sh -c', env: { DRAIN: '1' }, underShell: true },
    ],
    install: async (folder) => run(['go', 'build', '-o', join(folder, 'server'), join(__dirname, 'main.go')], folder),
    command: (folder) => [join(folder, 'server')],
  },
];
