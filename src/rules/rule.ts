import type { Assessment } from '../manifest/assessment';
import type { DisruptionBudget, Setting } from '../manifest/fleet';
import type { StatedField } from '../manifest/intent';

/** What a rule says of one object, or of one container of it. */
export type Verdict =
  | ({ readonly verdict: 'violation' } & Violation)
  | { readonly verdict: 'pass'; readonly why: string }
  | { readonly verdict: 'not-applicable'; readonly why: string }
  | ({ readonly verdict: 'cannot-judge' } & Question);

export interface Violation {
  /** What is wrong, with both numbers. */
  readonly message: string;
  /** The sum that shows it, every term named. */
  readonly arithmetic?: string;
  /** What to change, and to what. */
  readonly fix: string;
  readonly container?: string;
  /** The field to look at, as a path from the container where one is named, otherwise from the object's root. */
  readonly field?: string;
  /** Where one case of the hazard is less grave than the rule's own severity. */
  readonly severity?: 'warning';
}

export interface Question {
  /** What is not known. */
  readonly why: string;
  /** What would settle it. */
  readonly settle: string;
  readonly container?: string;
}

interface RuleMetadata {
  /** The hazard, in the words that people search for. */
  readonly id: string;
  readonly title: string;
  readonly severity: 'error' | 'warning';
  /** What goes wrong, in requests and seconds. */
  readonly hazard: string;
  readonly remedy: string;
  /** Where it is written, or was seen. */
  readonly sources: readonly string[];
  /** The first Kubernetes minor version to which it applies, where it does not apply to all. */
  readonly since?: string;
  /** What a person can state, by annotations, where the rule cannot judge or has to assume something. */
  readonly settledBy?: readonly StatedField[];
}

export interface WorkloadRule extends RuleMetadata {
  readonly judges: 'workload';
  judge(assessment: Assessment): Verdict | readonly Verdict[];
}

export interface DisruptionBudgetRule extends RuleMetadata {
  readonly judges: 'disruption-budget';
  judge(budget: DisruptionBudget): Verdict | readonly Verdict[];
}

/** Judges an object that is no workload, on its own. */
export interface SettingRule extends RuleMetadata {
  readonly judges: 'setting';
  /** As in `kubelet.config.k8s.io/v1beta1 KubeletConfiguration`. */
  readonly kind: string;
  judge(setting: Setting): Verdict | readonly Verdict[];
}

/** Looks at what was acknowledged on an object, after every other rule has said what it found there. */
export interface AcknowledgementRule extends RuleMetadata {
  readonly judges: 'acknowledgements';
  judge(
    acknowledged: ReadonlyMap<string, string>,
    known: ReadonlySet<string>,
    found: ReadonlySet<string>,
  ): readonly Verdict[];
}

export type Rule = WorkloadRule | DisruptionBudgetRule | SettingRule | AcknowledgementRule;

export function violation(what: Violation): Verdict {
  const { message, arithmetic, fix, container, field, severity } = what;
  return { verdict: 'violation', message, arithmetic, fix, container, field, severity };
}

export function pass(why: string): Verdict {
  return { verdict: 'pass', why };
}

export function notApplicable(why: string): Verdict {
  return { verdict: 'not-applicable', why };
}

export function cannotJudge(why: string, settle: string, container?: string): Verdict {
  return { verdict: 'cannot-judge', why, settle, container };
}
