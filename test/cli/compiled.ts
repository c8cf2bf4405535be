import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';
import { tasks } from '../../.projen/tasks.json';

const ROOT = join(__dirname, '../..');
const SRC = join(ROOT, 'src');
/** The rooms that the command line does without: it loads neither cdk8s nor cdk8s-plus. */
const ABOVE = ['plugin', 'policy', 'workloads', 'synth', 'index.ts'];

export interface Compiled {
  readonly main: string;
  readonly loadScript: string;
  remove(): void;
}

/** The command line as JavaScript in a folder of its own, as the package has it: lib/ beside package.json. */
export function compiled(): Compiled {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-graceful-cli-'));
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((each) => each.endsWith('.ts') && !ABOVE.some((above) => each.startsWith(above)))) {
    const { outputText } = ts.transpileModule(readFileSync(join(SRC, file), 'utf8'), { compilerOptions });
    const path = join(folder, 'lib', file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, outputText);
  }
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const [bundler, ...args] = (tasks.bundle.steps[0]?.exec ?? '').split(' ');
  execFileSync(join(folder, 'node_modules/.bin', bundler ?? ''), args, { cwd: folder });
  return {
    main: join(folder, 'lib/cli/main.js'),
    loadScript: join(folder, 'lib/rehearsal/load/load.js'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
