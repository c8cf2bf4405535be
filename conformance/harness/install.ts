import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs a program to its end; its words appear only where it fails. */
export function run(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): void {
  const [program = '', ...args] = command;
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 600_000,
    maxBuffer: 1 << 26,
  });
  if (status === 0) return;
  const words = `${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-5).join('\n');
  throw new Error(`'${command.join(' ')}' failed: ${words}`);
}

export function has(program: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$0"', program]).status === 0;
}

/** Packages of the npm registry in a folder of their own. */
export function installNpm(folder: string, ...packages: string[]): void {
  if (existsSync(join(folder, 'node_modules'))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  run(['npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', ...packages], folder);
}

/** Packages of PyPI in a virtual environment of their own, by uv: pip alone takes minutes to choose what an engine needs. */
export function installPython(folder: string, ...packages: string[]): void {
  if (existsSync(join(folder, 'installed'))) return;
  const bin = (name: string) => join(folder, 'bin', name);
  run(['python3', '-m', 'venv', folder], '.');
  run([bin('pip'), 'install', '--quiet', '--disable-pip-version-check', 'uv'], folder);
  run([bin('uv'), 'pip', 'install', '--quiet', '--python', bin('python'), ...packages], folder);
  writeFileSync(join(folder, 'installed'), '');
}

/** A program of the distribution's own packages, where they can be installed. */
export function installDebian(program: string, name: string): void {
  if (!has(program)) installDebianPackage(name);
}

export function installDebianPackage(name: string): void {
  run(['apt-get', 'install', '--yes', '--no-install-recommends', name], '/', { DEBIAN_FRONTEND: 'noninteractive' });
}
