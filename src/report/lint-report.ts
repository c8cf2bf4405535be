import type { InputProblem } from '../manifest/input/read-input';
import { type Finding, Severity } from '../rules/finding';

/** What one run over manifests found, and what it did not look at: the same for every format. */
export interface LintReport {
  /** In the order in which they were read. */
  readonly files: readonly string[];
  /** By file and line. */
  readonly findings: readonly Finding[];
  readonly problems: readonly InputProblem[];
  readonly summary: LintSummary;
}

export interface LintSummary {
  readonly files: number;
  /** Files in the folders that were named, with no Kubernetes object in them. */
  readonly otherFiles: number;
  readonly documents: number;
  /** Workloads, and what stands beside them. */
  readonly objects: number;
  /** Objects of kinds that nothing is known of, as in `v1 ConfigMap`. */
  readonly notJudged: Readonly<Record<string, number>>;
  readonly errors: number;
  readonly warnings: number;
  readonly cannotJudge: number;
  readonly acknowledged: number;
  /** What could not be read. */
  readonly problems: number;
}

/** From which severity on a finding counts as a failure. */
export type Threshold = 'error' | 'warning' | 'cannot-judge';

const GRAVEST_FIRST = [Severity.ERROR, Severity.WARNING, Severity.CANNOT_JUDGE, Severity.ACKNOWLEDGED];
const RANK: ReadonlyMap<Severity, number> = new Map(GRAVEST_FIRST.map((severity, rank) => [severity, rank]));

export function reaches(severity: Severity, threshold: Threshold): boolean {
  return severity !== Severity.ACKNOWLEDGED && rankOf(severity) <= rankOf(threshold as Severity);
}

export function rankOf(severity: Severity): number {
  return RANK.get(severity) as number;
}

/** What was read, as far as a report tells of it. */
export interface InputRead {
  readonly files: readonly string[];
  readonly objects: readonly unknown[];
  readonly problems: readonly InputProblem[];
  readonly unjudged: ReadonlyMap<string, number>;
  readonly documents: number;
  readonly otherFiles: number;
}

export function lintReport(input: InputRead, found: readonly Finding[]): LintReport {
  const count = (severity: Severity) => found.filter((finding) => finding.severity === severity).length;
  return {
    files: input.files,
    findings: sorted(found, input.files),
    problems: input.problems,
    summary: {
      files: input.files.length,
      otherFiles: input.otherFiles,
      documents: input.documents,
      objects: input.objects.length,
      notJudged: Object.fromEntries([...input.unjudged].sort(([, one], [, other]) => other - one)),
      errors: count(Severity.ERROR),
      warnings: count(Severity.WARNING),
      cannotJudge: count(Severity.CANNOT_JUDGE),
      acknowledged: count(Severity.ACKNOWLEDGED),
      problems: input.problems.filter((problem) => problem.severity === 'error').length,
    },
  };
}

function sorted(findings: readonly Finding[], files: readonly string[]): readonly Finding[] {
  const order = new Map(files.map((file, index) => [file, index]));
  const place = ({ file }: Finding) => (file === undefined ? files.length : (order.get(file) ?? files.length));
  return [...findings].sort(
    (one, other) =>
      place(one) - place(other) || (one.line ?? 0) - (other.line ?? 0) || rankOf(one.severity) - rankOf(other.severity),
  );
}

/** As in `deploy/orders.yaml:12`. */
export function placeText({ file, line }: { readonly file?: string; readonly line?: number }): string {
  return line === undefined ? (file ?? '') : `${file ?? ''}:${line}`;
}

/** As in `3 errors, 1 warning, 2 cannot be judged`. */
export function countsText({ errors, warnings, cannotJudge, acknowledged, problems }: LintSummary): string {
  const counts = [
    errors > 0 && counted(errors, 'error'),
    warnings > 0 && counted(warnings, 'warning'),
    cannotJudge > 0 && `${cannotJudge} cannot be judged`,
    acknowledged > 0 && `${acknowledged} acknowledged`,
    problems > 0 && `${counted(problems, 'problem')} in the input`,
  ].filter((count) => count !== false);
  return counts.length === 0 ? 'no findings' : counts.join(', ');
}

/** What was looked at, and what was not: nothing is left out in silence. */
export function coverageText({ files, otherFiles, documents, objects, notJudged }: LintSummary): string {
  const parts = [`${counted(files, 'file')}, ${counted(documents, 'document')}, ${counted(objects, 'object')} judged`];
  const kinds = Object.entries(notJudged);
  if (kinds.length > 0) parts.push(`not judged: ${kinds.map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
  if (otherFiles > 0) parts.push(`${counted(otherFiles, 'file')} without Kubernetes objects`);
  return parts.join('; ');
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
