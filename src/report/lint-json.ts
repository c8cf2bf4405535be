import type { Finding } from '../rules/finding';
import type { LintReport } from './lint-report';

/** Raised where a field goes away or changes its meaning; new fields may come without. */
const VERSION = 1;

/** As docs/lint.schema.json has it: every field is always there, null where there is nothing to say. */
export function* lintJson({ findings, problems, summary }: LintReport): Iterable<string> {
  yield `{\n  "version": ${VERSION},\n  "findings": `;
  yield* list(findings, findingJson);
  yield ',\n  "problems": ';
  yield* list(problems, ({ file, line = null, message, severity }) => ({ file, line, message, severity }));
  yield `,\n  "summary": ${JSON.stringify(summary)}\n}\n`;
}

/** One element a line: thousands of them need not be one text in memory. */
function* list<T>(elements: readonly T[], json: (element: T) => unknown): Iterable<string> {
  let separator = '[\n    ';
  for (const element of elements) {
    yield separator + JSON.stringify(json(element));
    separator = ',\n    ';
  }
  yield elements.length === 0 ? '[]' : '\n  ]';
}

function findingJson(finding: Finding) {
  const { apiVersion, kind, namespace, name } = finding.object;
  return {
    rule: finding.rule,
    severity: finding.severity,
    file: finding.file ?? null,
    line: finding.line ?? null,
    object: { apiVersion, kind, namespace: namespace ?? null, name },
    container: finding.container ?? null,
    field: finding.field ?? null,
    message: finding.message,
    arithmetic: finding.arithmetic ?? null,
    fix: finding.fix,
    url: finding.url,
    acknowledged: finding.acknowledgedBecause ?? null,
  };
}
