import { parseArgs } from 'node:util';
import type { Assessment } from '../manifest/assessment';
import { describeObject, type ObjectRef } from '../manifest/object-ref';
import { type Explanation, explanationOf } from '../report/explanation';
import { explanationText } from '../report/explanation-text';
import { coverageText, type LintReport, lintReport, placeText } from '../report/lint-report';
import type { Paint } from '../report/paint';
import { visible } from '../report/visible';
import type { Finding } from '../rules/finding';
import { judge } from '../rules/judge';
import { readPaths } from './input';
import { requirePaths } from './lint-options';
import { understood, wordOf } from './options';
import { Progress } from './progress';
import { STATED_HELP, STATED_OPTIONS, statedIntent } from './stated-options';
import { paintFor, type Terminal, write } from './terminal';

const HELP = `Usage: cdk8s-graceful explain [options] PATH...
       cdk8s-graceful explain [options] -

Says of each workload what happens at which second when one of its pods goes away, and why; how a rollout goes on and
how long it takes; how many pods may be evicted at once; what was assumed, what is not known, and what would settle it.
PATH is a file or a folder, as of 'cdk8s-graceful lint'; - is standard input.

      --format text|json      default text
      --no-color              as NO_COLOR does; FORCE_COLOR=1 colours what is not a terminal
  -h, --help

${STATED_HELP}

Exit code: 0; 2 something could not be read, or the command is wrong.

Examples:
  cdk8s-graceful explain k8s/orders.yaml
  helm template shop charts/shop | cdk8s-graceful explain --longest-request 30s -
  cdk8s-graceful explain --format json k8s/ | jq '.workloads[].termination'
`;

const OPTIONS = {
  ...STATED_OPTIONS,
  format: { type: 'string' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Raised where a field goes away or changes its meaning; new fields may come without. */
const VERSION = 1;

export async function explain(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = understood(() =>
    parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }),
  );
  if (values.help) {
    await write(terminal.stdout, [HELP]);
    return 0;
  }
  requirePaths(positionals, 'explain');
  const format = wordOf('format', values.format ?? 'text', ['text', 'json']);
  const stated = statedIntent(values);
  const progress = new Progress(terminal.stderr);
  const reading = await readPaths(positionals, terminal, progress);
  const { assessments, findings } = judge(reading.objects, { defaults: stated });
  const report = lintReport(reading, findings);
  progress.done();
  const explanations = explanationsOf(assessments, findings);
  if (format === 'json') {
    await write(terminal.stdout, json(explanations, report));
  } else {
    const paint = paintFor(terminal.stdout, terminal.env, values['no-color']);
    await write(terminal.stdout, text(explanations, report, paint));
  }
  return report.summary.problems > 0 ? 2 : 0;
}

function* explanationsOf(assessments: readonly Assessment[], findings: readonly Finding[]): Iterable<Explanation> {
  const about = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = keyOf(finding.object, finding.file);
    const list = about.get(key);
    if (list) list.push(finding);
    else about.set(key, [finding]);
  }
  for (const assessment of assessments) {
    const { ref, source } = assessment.workload;
    yield explanationOf(assessment, about.get(keyOf(ref, source.file)) ?? []);
  }
}

function keyOf(object: ObjectRef, file: string | undefined): string {
  return `${describeObject(object)} ${file}`;
}

function* text(explanations: Iterable<Explanation>, { problems, summary }: LintReport, paint: Paint): Iterable<string> {
  for (const problem of problems) {
    const word = problem.severity === 'error' ? paint('red', 'cannot read') : 'note';
    yield `${visible(placeText(problem))} ${word}: ${visible(problem.message)}\n`;
  }
  if (problems.length > 0) yield '\n';
  for (const explanation of explanations) yield `${explanationText(explanation, paint)}\n`;
  yield `${visible(coverageText(summary))}\n`;
}

function* json(explanations: Iterable<Explanation>, { problems, summary }: LintReport): Iterable<string> {
  yield `{\n  "version": ${VERSION},\n  "workloads": [`;
  let separator = '\n    ';
  for (const explanation of explanations) {
    yield separator + JSON.stringify(explanation);
    separator = ',\n    ';
  }
  const { files, otherFiles, documents, objects, notJudged } = summary;
  yield `\n  ],\n  "problems": ${JSON.stringify(problems)},\n`;
  yield `  "summary": ${JSON.stringify({ files, otherFiles, documents, objects, notJudged })}\n}\n`;
}
