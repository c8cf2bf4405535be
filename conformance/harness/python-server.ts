import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPython } from './install';
import type { ServerUnderTest } from './server';

type About = Omit<ServerUnderTest, 'needs' | 'install' | 'command' | 'readinessPath'> & {
  readonly packages: readonly string[];
  /** The application, from the folder of this package. */
  readonly app: string;
  /** The module to run and its arguments. */
  readonly module: readonly string[];
};

export function pythonServer({ packages, app, module, ...about }: About): ServerUnderTest {
  return {
    ...about,
    readinessPath: '/healthz',
    needs: ['python3'],
    install: async (folder) => {
      installPython(folder, ...packages);
      copyFileSync(join(__dirname, '..', '..', app), join(folder, 'app.py'));
    },
    command: (folder, { args = [] }) => [join(folder, 'bin', 'python'), '-m', ...module, ...args],
  };
}
