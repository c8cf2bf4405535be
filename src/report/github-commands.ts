import { describeObject } from '../manifest/object-ref';
import { type Finding, Severity } from '../rules/finding';
import { countsText, coverageText, type LintReport } from './lint-report';
import { visible } from './visible';

type Command = 'error' | 'warning' | 'notice';

const COMMANDS: Readonly<Partial<Record<Severity, Command>>> = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.CANNOT_JUDGE]: 'notice',
};

/**
 * Workflow commands that GitHub Actions shows beside the lines of a pull request. What is acknowledged is not shown.
 *
 * @param pathOf the path of a file from the root of the repository
 * @see actions/toolkit packages/core/src/command.ts (escapeData, escapeProperty)
 */
export function* githubCommands(report: LintReport, pathOf: (file: string) => string): Iterable<string> {
  for (const { file, line, message, severity } of report.problems) {
    yield command(severity === 'error' ? 'error' : 'notice', 'input', message, pathOf(file), line);
  }
  for (const finding of report.findings) {
    const name = COMMANDS[finding.severity];
    if (name === undefined) continue;
    const file = finding.file === undefined ? undefined : pathOf(finding.file);
    yield command(name, finding.rule, textOf(finding), file, finding.line);
  }
  yield `${countsText(report.summary)} in ${visible(coverageText(report.summary))}\n`;
}

function textOf({ object, container, message, arithmetic, fix }: Finding): string {
  const where = `${describeObject(object)}${container === undefined ? '' : ` container ${container}`}`;
  return [`${where}: ${message}`, arithmetic, `fix: ${fix}`].filter((line) => line !== undefined).join('\n');
}

function command(name: Command, title: string, message: string, file?: string, line?: number): string {
  const properties: string[] = [];
  if (file !== undefined) properties.push(`file=${property(file)}`);
  if (line !== undefined) properties.push(`line=${line}`);
  properties.push(`title=${property(title)}`);
  return `::${name} ${properties.join(',')}::${data(message)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
