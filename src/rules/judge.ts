import { Assessment } from '../manifest/assessment';
import {
  type DisruptionBudget,
  type Fleet,
  fleetOf,
  type Setting,
  type SourceObject,
  type Workload,
} from '../manifest/fleet';
import { type Intent, readIntent } from '../manifest/intent';
import type { Finding } from './finding';
import { Findings, saysSomething } from './findings';
import { rules } from './index';
import type { AcknowledgementRule, DisruptionBudgetRule, Rule, SettingRule, Verdict, WorkloadRule } from './rule';

export interface Judgement {
  readonly fleet: Fleet;
  readonly assessments: readonly Assessment[];
  readonly findings: readonly Finding[];
}

export interface JudgeOptions {
  /** Counts where an object itself states nothing. Its traffic sources count only where a Service selects the pods. */
  readonly defaults?: Partial<Intent>;
  /** The ids of the rules to judge by; all of them without it. */
  readonly rules?: ReadonlySet<string>;
}

/** All rules on all workloads, and on the PodDisruptionBudgets beside them. */
export function judge(objects: readonly SourceObject[], options: JudgeOptions = {}): Judgement {
  const fleet = fleetOf(objects, options.defaults);
  const chosen = chosenOf(options.rules);
  const findings: Finding[] = [];
  judgeWorkloads(fleet.workloads, chosen, findings);
  judgeBudgets(fleet.disruptionBudgets, chosen, findings);
  judgeSettings(fleet.settings, chosen, findings);
  let assessments: readonly Assessment[] | undefined;
  return {
    fleet,
    // A synth asks for nothing but the findings, and thousands of assessments are a lot to keep.
    get assessments() {
      assessments ??= fleet.workloads.map((workload) => new Assessment(workload));
      return assessments;
    },
    findings,
  };
}

interface Chosen {
  readonly ids: ReadonlySet<string>;
  readonly workload: readonly WorkloadRule[];
  readonly budget: readonly DisruptionBudgetRule[];
  readonly setting: readonly SettingRule[];
  readonly acknowledgements: readonly AcknowledgementRule[];
}

function chosenOf(ids: ReadonlySet<string> | undefined): Chosen {
  if (!ids) return ALL;
  const chosen = rules.filter((rule) => ids.has(rule.id));
  const judging = <K extends Rule['judges']>(judges: K) =>
    chosen.filter((rule): rule is Extract<Rule, { judges: K }> => rule.judges === judges);
  return {
    ids: new Set(chosen.map((rule) => rule.id)),
    workload: judging('workload'),
    budget: judging('disruption-budget'),
    setting: judging('setting'),
    acknowledgements: judging('acknowledgements'),
  };
}

const ALL: Chosen = chosenOf(new Set(rules.map((rule) => rule.id)));

/** Several pod templates of one object are judged each, and what was acknowledged on the object holds for all of them. */
function judgeWorkloads(workloads: readonly Workload[], chosen: Chosen, all: Finding[]): void {
  let findings: Findings | undefined;
  for (let first = 0; first < workloads.length; first += AT_ONCE) {
    for (const { workload, verdicts } of verdictsOf(workloads.slice(first, first + AT_ONCE), chosen.workload)) {
      if (findings?.source !== workload.source) {
        findings?.done(chosen.acknowledgements, chosen.ids, all);
        findings = new Findings(workload.source, workload.ref, workload.intent.acknowledgements);
      }
      for (const { rule, verdict } of verdicts) findings.add(rule, verdict, workload.pod);
      workload.pod.forget();
    }
  }
  findings?.done(chosen.acknowledgements, chosen.ids, all);
}

/** One rule after the other on so many workloads: a processor has no room for the code of all rules at once. */
const AT_ONCE = 64;

interface Judged {
  readonly workload: Workload;
  readonly verdicts: { readonly rule: WorkloadRule; readonly verdict: Verdict | readonly Verdict[] }[];
}

function verdictsOf(workloads: readonly Workload[], rules: readonly WorkloadRule[]): readonly Judged[] {
  const assessments = workloads.map((workload) => new Assessment(workload));
  const judged = workloads.map((workload): Judged => ({ workload, verdicts: [] }));
  for (const rule of rules) {
    for (let at = 0; at < assessments.length; at++) {
      const verdict = rule.judge(assessments[at] as Assessment);
      if (saysSomething(verdict)) judged[at]?.verdicts.push({ rule, verdict });
    }
  }
  return judged;
}

function judgeBudgets(budgets: readonly DisruptionBudget[], chosen: Chosen, all: Finding[]): void {
  for (const budget of budgets) {
    const { intent } = readIntent(budget.annotations);
    const findings = new Findings(budget.source, budget.ref, intent.acknowledgements);
    for (const rule of chosen.budget) findings.add(rule, rule.judge(budget));
    findings.done(chosen.acknowledgements, chosen.ids, all);
  }
}

function judgeSettings(settings: readonly Setting[], chosen: Chosen, all: Finding[]): void {
  for (const setting of settings) {
    const { intent } = readIntent(setting.annotations);
    const findings = new Findings(setting.source, setting.ref, intent.acknowledgements);
    const kind = `${setting.ref.apiVersion} ${setting.ref.kind}`;
    for (const rule of chosen.setting) if (rule.kind === kind) findings.add(rule, rule.judge(setting));
    findings.done(chosen.acknowledgements, chosen.ids, all);
  }
}
