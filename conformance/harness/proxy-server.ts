import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { has, installDebian } from './install';
import type { ServerUnderTest } from './server';

type About = Omit<ServerUnderTest, 'version' | 'title' | 'needs' | 'install' | 'readinessPath'> & {
  readonly name: string;
  readonly program: string;
  readonly package: string;
  /** Prints the version, and perhaps more. */
  readonly versionArgs: readonly string[];
  /** Configuration beside the case. */
  readonly config: string;
};

/** A proxy of the distribution's own packages, in front of a backend that stays. */
export function proxyServer({
  name,
  program,
  package: packageName,
  versionArgs,
  config,
  ...about
}: About): ServerUnderTest {
  return {
    ...about,
    title: name,
    version: 'debian',
    readinessPath: '/healthz',
    needs: has(program) ? [] : ['apt-get'],
    install: async (folder) => {
      installDebian(program, packageName);
      cpSync(config, join(folder, basename(config)));
    },
    installedVersion: () => versionOf(program, versionArgs),
  };
}

function versionOf(program: string, args: readonly string[]): string {
  // nginx prints its version on stderr.
  const text = execFileSync('sh', ['-c', '"$0" "$@" 2>&1', program, ...args], { encoding: 'utf8' });
  return /\d+\.\d+\.\d+/.exec(text)?.[0] ?? text.trim();
}
