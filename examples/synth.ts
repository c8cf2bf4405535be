/**
 * Synthesizes every example into its own folder under dist/examples, and prints the termination budget of each workload,
 * read back from the files that were written. The charts in rejected/ must fail, and their errors are printed.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Yaml } from 'cdk8s';
import { budgetText } from '../src/report/budget-text';
import { judge } from '../src/rules/judge';

const OUT = path.join(__dirname, '..', 'dist', 'examples');

export function examples(): readonly string[] {
  const folders = (parent: string) =>
    fs.readdirSync(path.join(__dirname, parent)).map((name) => path.join(parent, name));
  return [...folders('.'), ...folders('rejected')]
    .filter((name) => fs.existsSync(path.join(__dirname, name, 'main.ts')))
    .sort();
}

/** Runs one example's main.ts as a user would, and gives the error that it ended with. */
export function synthesize(example: string, outdir: string): Error | undefined {
  fs.rmSync(outdir, { recursive: true, force: true });
  const before = process.env.CDK8S_OUTDIR;
  process.env.CDK8S_OUTDIR = outdir;
  try {
    require(path.join(__dirname, example, 'main'));
    return undefined;
  } catch (error) {
    return error as Error;
  } finally {
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
  }
}

function main(): void {
  const wrong: string[] = [];
  for (const example of examples()) {
    const outdir = path.join(OUT, example);
    const error = synthesize(example, outdir);
    const refused = example.startsWith('rejected');
    console.log(`\n## ${example}${refused ? '' : ` -> ${path.relative(process.cwd(), outdir)}`}`);
    if (error) console.log(error.message);
    else for (const file of fs.readdirSync(outdir).sort()) printBudgets(path.join(outdir, file));
    if (refused !== (error !== undefined)) wrong.push(`${example} should ${refused ? '' : 'not '}have been refused`);
  }
  // At the end, where a reader looks first.
  if (wrong.length > 0) console.error(`\n${wrong.join('\n')}`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

function printBudgets(file: string): void {
  const { assessments } = judge(Yaml.load(file).map((json) => ({ json })));
  for (const assessment of assessments) console.log(budgetText(assessment));
}

if (require.main === module) main();
