import { describeObject } from '../manifest/object-ref';
import { type Finding, Severity } from '../rules/finding';
import { optionsIn } from '../rules/stated-option';
import { countsText, coverageText, type LintReport, placeText } from './lint-report';
import { type Paint, plain, type Style } from './paint';
import { visible } from './visible';

const STYLES: Readonly<Record<Severity, Style>> = {
  [Severity.ERROR]: 'red',
  [Severity.WARNING]: 'yellow',
  [Severity.CANNOT_JUDGE]: 'cyan',
  [Severity.ACKNOWLEDGED]: 'dim',
};

/**
 * A run as a person reads it, each finding with a place that editors and terminals can open:
 *
 *     k8s/orders.yaml:12 error [rule] apps/v1 Deployment shop/orders container main: what is wrong
 *       the sum
 *       fix: what to change
 */
export function* lintText(report: LintReport, paint: Paint = plain): Iterable<string> {
  const { findings, problems, summary } = report;
  for (const { severity, message, ...place } of problems) {
    const word = severity === 'error' ? paint('red', 'cannot read') : paint('dim', 'note');
    yield `${paint('bold', visible(placeText(place)))} ${word}: ${visible(message)}\n`;
  }
  if (problems.length > 0) yield '\n';
  for (const finding of findings) {
    if (finding.severity !== Severity.ACKNOWLEDGED) yield findingLines(finding, paint);
  }
  if (summary.acknowledged > 0) {
    yield `\n${paint('bold', 'Acknowledged')}\n`;
    for (const finding of findings) {
      if (finding.severity === Severity.ACKNOWLEDGED) yield acknowledgedLines(finding, paint);
    }
  }
  if (findings.length > 0) yield '\n';
  const settling = settlingText(findings);
  if (settling !== '') yield paint('dim', `Stated once for all workloads: ${settling}.\n`);
  if (findings.length > summary.acknowledged) {
    yield paint('dim', "'cdk8s-graceful rules RULE' says why a rule is there, and how to mend what it finds.\n");
  }
  const style = summary.errors + summary.problems > 0 ? 'red' : summary.warnings > 0 ? 'yellow' : 'green';
  yield `${paint(style, countsText(summary))} in ${visible(coverageText(summary))}\n`;
}

/** As in `--longest-request settles 12 of these, --kubernetes 3`. */
function settlingText(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { severity, fix } of findings) {
    if (severity !== Severity.CANNOT_JUDGE) continue;
    for (const option of optionsIn(fix)) counts.set(option, (counts.get(option) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([option, count], index) => (index === 0 ? `${option} settles ${count} of these` : `${option} ${count}`))
    .join(', ');
}

function findingLines(finding: Finding, paint: Paint): string {
  const { severity, arithmetic, fix } = finding;
  const message = finding.message.replace(/^cannot judge: /, '');
  const place = paint('bold', visible(placeText(finding)));
  const lines = [`${place} ${paint(STYLES[severity], severity)} ${about(finding)}: ${visible(message)}`];
  if (arithmetic) lines.push(`  ${visible(arithmetic)}`);
  lines.push(`  ${paint('green', 'fix')}: ${visible(fix)}`);
  return `${lines.join('\n')}\n`;
}

function acknowledgedLines(finding: Finding, paint: Paint): string {
  const { message, acknowledgedBecause = '' } = finding;
  const what = `${placeText(finding)} ${about(finding)}: ${message}`;
  return `${paint('dim', visible(what))}\n  because: ${visible(acknowledgedBecause)}\n`;
}

function about({ rule, object, container }: Finding): string {
  return visible(`[${rule}] ${describeObject(object)}${container === undefined ? '' : ` container ${container}`}`);
}
