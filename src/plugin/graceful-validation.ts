import type { LintCommand } from '../cli/lint-options';
import type { InputProblem } from '../manifest/input/read-input';
import { describeObject } from '../manifest/object-ref';
import { Problem } from '../problem';
import { findingText } from '../report/finding-text';
import { countsText, coverageText, lintReport, reaches } from '../report/lint-report';
import { type Finding, Severity } from '../rules/finding';
import { commandOf } from './properties';
import type { ValidationContext, ValidationViolation } from './validation-context';

/**
 * The linter as a validation plugin of cdk8s-cli: `cdk8s synth` then fails by the same rules.
 *
 * @jsii ignore
 * @see https://cdk8s.io/docs/latest/cli/synth/
 */
export class GracefulValidation {
  private readonly command: LintCommand;

  /** @param properties options of `cdk8s-graceful lint` by their long names, as texts or lists of texts */
  constructor(properties: Readonly<Record<string, unknown>> = {}) {
    try {
      this.command = commandOf(properties);
    } catch (error) {
      // cdk8s-cli prints the stack of whatever is thrown; for a misspelt property the sentence is enough.
      if (error instanceof Problem) error.stack = `cdk8s-graceful: ${error.message}`;
      throw error;
    }
  }

  /** Judges all manifests together. What reaches the severity is a violation, what does not is printed to standard error. */
  async validate({ manifests, report }: ValidationContext): Promise<void> {
    const { rules, stated, threshold } = this.command;
    // An app loads this module with the library, and needs neither a YAML parser nor a file.
    const { Progress } = require('../cli/progress') as typeof import('../cli/progress');
    const { readPaths } = require('../cli/input') as typeof import('../cli/input');
    const { judge } = require('../rules/judge') as typeof import('../rules/judge');

    const progress = new Progress(process.stderr);
    const reading = await readPaths(manifests, { stdin: process.stdin, cwd: process.cwd() }, progress);
    const { findings, problems, summary } = lintReport(
      reading,
      judge(reading.objects, { defaults: stated, rules }).findings,
    );
    progress.done();
    let failures = 0;
    const add = (violation: ValidationViolation) => {
      failures++;
      report.addViolation(violation);
    };
    for (const problem of problems) {
      if (problem.severity === 'error') add(unreadable(problem));
    }
    for (const finding of findings) {
      if (reaches(finding.severity, threshold)) add(violationOf(finding));
      else if (finding.severity !== Severity.ACKNOWLEDGED) process.stderr.write(`warning: ${findingText(finding)}\n`);
    }
    report.submit(failures > 0 ? 'failure' : 'success', {
      Findings: countsText(summary),
      Input: coverageText(summary),
    });
  }
}

function violationOf(finding: Finding): ValidationViolation {
  const { rule, object, file = '', line, container, field, message, arithmetic, fix, url } = finding;
  const place = [container && `container ${container}`, field].filter((part) => part !== undefined).join(' ');
  return {
    ruleName: rule,
    recommendation: [`${describeObject(object)}: ${message}`, arithmetic, url]
      .filter((part) => part !== undefined)
      .join('\n    '),
    fix,
    violatingResources: [
      {
        resourceName: object.name,
        manifestPath: file,
        locations: [[line === undefined ? '' : `line ${line}`, place].filter((part) => part !== '').join(': ')],
      },
    ],
  };
}

/** cdk8s writes nothing that cannot be read; another step of `cdk8s synth` might. */
function unreadable({ file, line, message }: InputProblem): ValidationViolation {
  return {
    ruleName: 'unreadable',
    recommendation: message,
    fix: 'mend what writes this document: what cannot be read is not judged',
    violatingResources: [
      { resourceName: '', manifestPath: file, locations: line === undefined ? [] : [`line ${line}`] },
    ],
  };
}
