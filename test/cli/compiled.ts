import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';

const SRC = join(__dirname, '../../src');
/** The rooms that the command line does without: it loads neither cdk8s nor cdk8s-plus. */
const ABOVE = ['workloads', 'synth', 'index.ts'];

export interface Compiled {
  readonly main: string;
  readonly loadScript: string;
  remove(): void;
}

/** The command line as JavaScript in a folder of its own, as the package has it in lib/. */
export function compiled(): Compiled {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-graceful-cli-'));
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((each) => each.endsWith('.ts') && !ABOVE.some((above) => each.startsWith(above)))) {
    const { outputText } = ts.transpileModule(readFileSync(join(SRC, file), 'utf8'), { compilerOptions });
    const path = join(folder, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, outputText);
  }
  return {
    main: join(folder, 'cli/main.js'),
    loadScript: join(folder, 'rehearsal/load/load.js'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
