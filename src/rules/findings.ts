import { fieldParts } from '../manifest/field-path';
import type { ObjectRef } from '../manifest/object-ref';
import type { Pod } from '../manifest/pod';
import type { SourceObject } from '../manifest/source-object';
import { type Finding, ruleUrl, Severity } from './finding';
import { rules } from './index';
import type { AcknowledgementRule, Rule, Verdict } from './rule';

type Found = Extract<Verdict, { verdict: 'violation' | 'cannot-judge' }>;

const KNOWN_IDS: ReadonlySet<string> = new Set(rules.map((rule) => rule.id));

/** The findings about one object, with what was acknowledged on it. */
export class Findings {
  private readonly list: Finding[] = [];

  constructor(
    readonly source: SourceObject,
    private readonly object: ObjectRef,
    private readonly reasons: Readonly<Record<string, string>>,
  ) {}

  /** @param pod the pod template that was judged, where the rule looks at one */
  add(rule: Rule, verdicts: Verdict | readonly Verdict[], pod?: Pod): void {
    if (!isList(verdicts)) this.addOne(rule, verdicts, pod);
    else for (const verdict of verdicts) this.addOne(rule, verdict, pod);
  }

  /** @param judged the ids of the rules that were asked */
  done(acknowledgementRules: readonly AcknowledgementRule[], judged: ReadonlySet<string>, all: Finding[]): void {
    const ids = Object.keys(this.reasons).filter((id) => judged.has(id) || !KNOWN_IDS.has(id));
    if (ids.length > 0) {
      const acknowledged = new Map(ids.map((id) => [id, this.reasons[id] as string]));
      const found = new Set(this.list.map((finding) => finding.rule));
      for (const rule of acknowledgementRules) this.add(rule, rule.judge(acknowledged, KNOWN_IDS, found));
    }
    for (const finding of this.list) all.push(finding);
  }

  private addOne(rule: Rule, verdict: Verdict, pod: Pod | undefined): void {
    if (!isFound(verdict)) return;
    const finding = this.finding(rule, verdict, pod);
    if (!this.isSaid(finding)) this.list.push(finding);
  }

  /** What is said of the object as a whole is said once, however many pod templates it has. */
  private isSaid({ rule, message, container, field }: Finding): boolean {
    return this.list.some(
      (said) => said.rule === rule && said.message === message && said.container === container && said.field === field,
    );
  }

  private finding(rule: Rule, verdict: Found, pod: Pod | undefined): Finding {
    const { source } = this;
    const isViolation = verdict.verdict === 'violation';
    const field = isViolation ? verdict.field : undefined;
    const reason = rule.judges === 'acknowledgements' ? undefined : this.reasons[rule.id];
    return {
      rule: rule.id,
      severity: reason === undefined ? severityOf(rule, verdict) : Severity.ACKNOWLEDGED,
      object: this.object,
      origin: source.origin,
      file: source.file,
      line: source.lineOf ? this.lineOf(verdict.container, field, pod) : source.line,
      container: verdict.container,
      field,
      message: isViolation ? verdict.message : `cannot judge: ${verdict.why}`,
      arithmetic: isViolation ? verdict.arithmetic : undefined,
      fix: isViolation ? verdict.fix : verdict.settle,
      url: ruleUrl(rule.id),
      acknowledgedBecause: reason,
    };
  }

  private lineOf(container: string | undefined, field: string | undefined, pod: Pod | undefined): number | undefined {
    const json = container === undefined ? undefined : pod?.containerJson(container);
    const path = field === undefined || (container !== undefined && !json) ? [] : fieldParts(field);
    return this.source.lineOf?.(path, json);
  }
}

/** Whether there is a finding in it. */
export function saysSomething(verdicts: Verdict | readonly Verdict[]): boolean {
  return isList(verdicts) ? verdicts.some(isFound) : isFound(verdicts);
}

function isFound(verdict: Verdict): verdict is Found {
  return verdict.verdict === 'violation' || verdict.verdict === 'cannot-judge';
}

function isList(verdicts: Verdict | readonly Verdict[]): verdicts is readonly Verdict[] {
  return Array.isArray(verdicts);
}

function severityOf(rule: Rule, verdict: Found): Severity {
  if (verdict.verdict === 'cannot-judge') return Severity.CANNOT_JUDGE;
  return (verdict.severity ?? rule.severity) === 'error' ? Severity.ERROR : Severity.WARNING;
}
