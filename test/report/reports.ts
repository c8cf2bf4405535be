import type { InputProblem } from '../../src/manifest/input/read-input';
import { type LintReport, lintReport } from '../../src/report/lint-report';
import { type Finding, ruleUrl, Severity } from '../../src/rules/finding';

/** A finding of a rule that there is. */
export function finding(changes: Partial<Finding> = {}): Finding {
  const rule = changes.rule ?? 'grace-shorter-than-shutdown';
  return {
    rule,
    severity: Severity.ERROR,
    object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'orders' },
    file: 'k8s/orders.yaml',
    line: 12,
    message: 'the grace is 20 s, the shutdown needs 45 s',
    arithmetic: '10 s + 30 s + 5 s = 45 s',
    fix: 'raise it',
    url: ruleUrl(rule),
    ...changes,
  };
}

/** One of each severity, and a problem. */
export const oneOfEach: readonly Finding[] = [
  finding(),
  finding({ rule: 'pdb-missing', severity: Severity.WARNING, line: 1, arithmetic: undefined }),
  finding({
    rule: 'runtime-unknown',
    severity: Severity.CANNOT_JUDGE,
    line: 20,
    container: 'main',
    message: 'cannot judge: the server is not known',
    arithmetic: undefined,
    fix: 'state it with the annotation cdk8s-graceful/runtime or --runtime',
  }),
  finding({
    rule: 'host-path-volume',
    severity: Severity.ACKNOWLEDGED,
    line: 30,
    field: 'spec.template.spec.volumes',
    acknowledgedBecause: 'a cache that may be lost',
  }),
];

export const brokenDocument: InputProblem = {
  file: 'k8s/broken.yaml',
  line: 3,
  message: 'this is not valid YAML',
  severity: 'error',
};

export function report(
  findings: readonly Finding[] = oneOfEach,
  problems: readonly InputProblem[] = [],
  files: readonly string[] = ['k8s/broken.yaml', 'k8s/orders.yaml'],
): LintReport {
  const unjudged = new Map([
    ['v1 ConfigMap', 2],
    ['v1 Secret', 3],
  ]);
  return lintReport({ files, objects: [1, 2, 3], problems, unjudged, documents: 8, otherFiles: 1 }, findings);
}

export const textOf = (texts: Iterable<string>): string => [...texts].join('');
