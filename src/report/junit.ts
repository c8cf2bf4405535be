import { describeObject } from '../manifest/object-ref';
import { type Finding, Severity } from '../rules/finding';
import { countsText, coverageText, type LintReport, placeText, reaches, type Threshold } from './lint-report';

const TITLE = 'cdk8s-graceful lint';

/** One test of the report: what failed, what could not be run, or what is told without a failure. */
interface TestCase {
  readonly name: string;
  readonly className: string;
  readonly outcome?: 'failure' | 'error' | 'skipped';
  readonly type?: string;
  readonly message?: string;
  readonly text?: string;
}

/**
 * JUnit XML, a suite for each file. What reaches the threshold is a failure, what cannot be read an error. Everything
 * else is skipped with its message: JUnit has no word for a warning, and a run that ends well must not look failed.
 *
 * @see testmoapp/junitxml, the common denominator of what CI servers read
 */
export function* junit(report: LintReport, threshold: Threshold): Iterable<string> {
  const suites = suitesOf(report, threshold);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites ${attributes({ name: TITLE, ...totals([...suites.values()].flat()) })}>\n`;
  for (const [file, cases] of suites) {
    const tests = cases.length > 0 ? cases : [{ name: 'no findings', className: file }];
    yield `  <testsuite ${attributes({ name: file, ...totals(tests) })}>\n`;
    for (const test of tests) yield testCase(test);
    yield '  </testsuite>\n';
  }
  const { summary } = report;
  yield `  <!-- ${comment(`${countsText(summary)} in ${coverageText(summary)}`)} -->\n</testsuites>\n`;
}

function suitesOf({ files, findings, problems }: LintReport, threshold: Threshold): Map<string, TestCase[]> {
  const suites = new Map<string, TestCase[]>(files.map((file) => [file, []]));
  const add = (file: string, test: TestCase) => {
    const suite = suites.get(file);
    if (suite) suite.push(test);
    else suites.set(file, [test]);
  };
  for (const { file, line, message, severity } of problems) {
    const outcome = severity === 'error' ? 'error' : 'skipped';
    add(file, { name: 'input', className: file, outcome, type: 'input', message, text: placeText({ file, line }) });
  }
  for (const finding of findings) add(finding.file ?? TITLE, caseOf(finding, threshold));
  return suites;
}

function caseOf(finding: Finding, threshold: Threshold): TestCase {
  const { rule, severity, container, message, arithmetic, fix, url, acknowledgedBecause } = finding;
  const text = [placeText(finding), arithmetic, `fix: ${fix}`, `docs: ${url}`].filter((line) => line !== undefined);
  return {
    name: container === undefined ? rule : `${rule} (container ${container})`,
    className: describeObject(finding.object),
    outcome: reaches(severity, threshold) ? 'failure' : 'skipped',
    type: severity,
    message: severity === Severity.ACKNOWLEDGED ? `${acknowledgedBecause} (${message})` : message,
    text: text.join('\n'),
  };
}

function totals(cases: readonly TestCase[]): Record<string, number> {
  const count = (outcome: string) => cases.filter((test) => test.outcome === outcome).length;
  return {
    tests: Math.max(1, cases.length),
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

function testCase({ name, className, outcome, type, message, text }: TestCase): string {
  const start = `    <testcase ${attributes({ name, classname: className })}`;
  if (outcome === undefined) return `${start}/>\n`;
  const shown = outcome === 'skipped' ? { message: `${type}: ${message}` } : { message, type };
  const body = outcome === 'skipped' ? '/>' : `>${content(text ?? '')}</${outcome}>`;
  const said = outcome === 'skipped' && text ? `\n      <system-out>${content(text)}</system-out>` : '';
  return `${start}>\n      <${outcome} ${attributes(shown)}${body}${said}\n    </testcase>\n`;
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}="${content(String(value)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`)
    .join(' ');
}

/** What XML 1.0 cannot hold at all, however it is written. */
const NO_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

function content(text: string): string {
  return text.replace(NO_XML, '\u{FFFD}').replace(/[&<>"\r]/g, (character) => ENTITIES[character] as string);
}

/** Two hyphens would end it. */
function comment(text: string): string {
  return text.replace(NO_XML, '\u{FFFD}').replaceAll('-', '\u2010');
}
