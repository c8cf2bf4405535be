import { Assessment } from '../manifest/assessment';
import { type DisruptionBudget, type Fleet, fleetOf, type SourceObject, type Workload } from '../manifest/fleet';
import { readIntent } from '../manifest/intent';
import { textMapAt } from '../manifest/json';
import type { ObjectRef } from '../manifest/object-ref';
import { type Finding, ruleUrl, Severity } from './finding';
import { rules } from './index';
import type { AcknowledgementRule, DisruptionBudgetRule, Rule, Verdict, WorkloadRule } from './rule';

export interface Judgement {
  readonly fleet: Fleet;
  readonly assessments: readonly Assessment[];
  readonly findings: readonly Finding[];
}

const workloadRules = rules.filter((rule): rule is WorkloadRule => rule.judges === 'workload');
const budgetRules = rules.filter((rule): rule is DisruptionBudgetRule => rule.judges === 'disruption-budget');
const acknowledgementRules = rules.filter((rule): rule is AcknowledgementRule => rule.judges === 'acknowledgements');
const knownIds: ReadonlySet<string> = new Set(rules.map((rule) => rule.id));

/** All rules on all workloads, and on the PodDisruptionBudgets beside them. */
export function judge(objects: readonly SourceObject[]): Judgement {
  const fleet = fleetOf(objects);
  let assessments: readonly Assessment[] | undefined;
  return {
    fleet,
    // A synth asks for nothing but the findings, and thousands of assessments are a lot to keep.
    get assessments() {
      assessments ??= fleet.workloads.map((workload) => new Assessment(workload));
      return assessments;
    },
    findings: [...fleet.workloads.flatMap(judgeWorkload), ...fleet.disruptionBudgets.flatMap(judgeBudget)],
  };
}

function judgeWorkload(workload: Workload): readonly Finding[] {
  const { source, ref, intent } = workload;
  const assessment = new Assessment(workload);
  const findings = new Findings(source, ref, intent.acknowledgements);
  for (const rule of workloadRules) findings.add(rule, rule.judge(assessment));
  return findings.done();
}

function judgeBudget(budget: DisruptionBudget): readonly Finding[] {
  const { intent } = readIntent(textMapAt(budget.source.json, 'metadata', 'annotations'));
  const findings = new Findings(budget.source, budget.ref, intent.acknowledgements);
  for (const rule of budgetRules) findings.add(rule, rule.judge(budget));
  return findings.done();
}

/** The findings about one object, with what was acknowledged on it. */
class Findings {
  private readonly list: Finding[] = [];

  constructor(
    private readonly source: SourceObject,
    private readonly object: ObjectRef,
    private readonly reasons: Readonly<Record<string, string>>,
  ) {}

  add(rule: Rule, verdicts: Verdict | readonly Verdict[]): void {
    if ('verdict' in verdicts) this.addOne(rule, verdicts);
    else for (const verdict of verdicts) this.addOne(rule, verdict);
  }

  private addOne(rule: Rule, verdict: Verdict): void {
    if (verdict.verdict === 'violation' || verdict.verdict === 'cannot-judge')
      this.list.push(this.finding(rule, verdict));
  }

  done(): readonly Finding[] {
    const acknowledged = new Map(Object.entries(this.reasons));
    if (acknowledged.size > 0) {
      const found = new Set(this.list.map((finding) => finding.rule));
      for (const rule of acknowledgementRules) this.add(rule, rule.judge(acknowledged, knownIds, found));
    }
    return this.list;
  }

  private finding(rule: Rule, verdict: Extract<Verdict, { verdict: 'violation' | 'cannot-judge' }>): Finding {
    const about = {
      rule: rule.id,
      object: this.object,
      origin: this.source.origin,
      container: verdict.container,
      url: ruleUrl(rule.id),
    };
    const reason = rule.judges === 'acknowledgements' ? undefined : this.reasons[rule.id];
    if (verdict.verdict === 'cannot-judge') {
      return {
        ...about,
        severity: reason === undefined ? Severity.CANNOT_JUDGE : Severity.ACKNOWLEDGED,
        message: `cannot judge: ${verdict.why}`,
        fix: verdict.settle,
        acknowledgedBecause: reason,
      };
    }
    const { message, arithmetic, fix, field } = verdict;
    const severity = (verdict.severity ?? rule.severity) === 'error' ? Severity.ERROR : Severity.WARNING;
    return {
      ...about,
      severity: reason === undefined ? severity : Severity.ACKNOWLEDGED,
      field,
      message,
      arithmetic,
      fix,
      acknowledgedBecause: reason,
    };
  }
}
