import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { Problem } from '../problem';
import { countsText, coverageText, type LintReport, lintReport, reaches } from '../report/lint-report';
import { type Paint, plain } from '../report/paint';
import { judge } from '../rules/judge';
import { readPaths } from './input';
import { LINT_HELP } from './lint-help';
import { type LintCommand, parseLint } from './lint-options';
import { placesFrom } from './places';
import { Progress } from './progress';
import { paintFor, type Terminal, write } from './terminal';
import { packageVersion } from './version';

const CLEAN = 0;
const FINDINGS = 1;
const PUT_RIGHT_FIRST = 2;

export async function lint(args: readonly string[], terminal: Terminal): Promise<number> {
  const command = parseLint(args);
  if (!command) {
    await write(terminal.stdout, [LINT_HELP]);
    return CLEAN;
  }
  const progress = new Progress(terminal.stderr);
  const reading = await readPaths(command.paths, terminal, progress);
  progress.show(() => `judging ${reading.objects.length} objects`);
  const { findings } = judge(reading.objects, { defaults: command.stated, rules: command.rules });
  const report = lintReport(reading, findings);
  progress.done();
  await deliver(report, command, terminal);
  if (report.summary.problems > 0) return PUT_RIGHT_FIRST;
  return findings.some(({ severity }) => reaches(severity, command.threshold)) ? FINDINGS : CLEAN;
}

async function deliver(report: LintReport, command: LintCommand, terminal: Terminal): Promise<void> {
  const { output, noColour } = command;
  if (output === undefined) {
    const paint = paintFor(terminal.stdout, terminal.env, noColour);
    await write(terminal.stdout, textOf(report, command, terminal.cwd, paint));
    return;
  }
  const file = createWriteStream(resolve(terminal.cwd, output));
  try {
    await write(file, textOf(report, command, terminal.cwd, plain));
    file.end();
    await finished(file);
  } catch (error) {
    throw new Problem(`${output}: ${(error as Error).message}`);
  }
  const { summary } = report;
  terminal.stderr.write(`${countsText(summary)} in ${coverageText(summary)}; see ${output}\n`);
}

/** Each format is loaded when it is asked for. */
function textOf(report: LintReport, { format, threshold }: LintCommand, cwd: string, paint: Paint): Iterable<string> {
  switch (format) {
    case 'json':
      return (require('../report/lint-json') as typeof import('../report/lint-json')).lintJson(report);
    case 'sarif': {
      const { sarif } = require('../report/sarif') as typeof import('../report/sarif');
      return sarif(report, threshold, packageVersion(), placesFrom(cwd));
    }
    case 'junit':
      return (require('../report/junit') as typeof import('../report/junit')).junit(report, threshold);
    case 'github': {
      const { githubCommands } = require('../report/github-commands') as typeof import('../report/github-commands');
      return githubCommands(report, placesFrom(cwd).pathOf);
    }
    default:
      return (require('../report/lint-text') as typeof import('../report/lint-text')).lintText(report, paint);
  }
}
