import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { installNpm } from './install';
import type { ServerUnderTest, Variant } from './server';

/** What every Node.js framework shares: the application decides what SIGTERM does, and as PID 1 it does nothing at first. */
const VARIANTS: readonly Variant[] = [
  { name: 'no handler for SIGTERM', application: 'ignored' },
  {
    name: 'the application closes on SIGTERM',
    env: { CLOSE: '1' },
    application: 'drains',
    noted: { readiness: 'refused' }, // `unchanged` is what the facts take where nobody knows the application
  },
  { name: 'the same under sh -c', env: { CLOSE: '1' }, underShell: true },
];

export function nodeServer(
  about: Pick<ServerUnderTest, 'runtime' | 'title' | 'version' | 'port'> & { readonly packages?: readonly string[] },
): ServerUnderTest {
  const { runtime, packages = [] } = about;
  return {
    ...about,
    readinessPath: '/healthz',
    needs: ['node', 'npm'],
    variants: VARIANTS,
    install: async (folder) => {
      installNpm(folder, ...packages);
      copyFileSync(join(__dirname, '..', runtime, 'app.mjs'), join(folder, 'app.mjs'));
    },
    command: (folder) => ['node', join(folder, 'app.mjs')],
  };
}
