import { Duration } from 'cdk8s';
import type { Assessment } from '../manifest/assessment';
import { budgetText } from '../report/budget-text';

/** One term of the sum. */
export interface BudgetTerm {
  /** For example `preStop delay`. */
  readonly label: string;
  readonly seconds: number;
  /** Why it is in the sum. */
  readonly reason: string;
}

/** Something that happens in a termination, and when. */
export interface BudgetEvent {
  /** Seconds after the pod's deletion. */
  readonly second: number;
  /** For example `sigterm`. */
  readonly event: string;
  /** The container that it happens to, where it happens to one. */
  readonly container?: string;
  /** What happens, as a sentence. */
  readonly what: string;
}

/** The computed breakdown of one pod's termination. */
export class TerminationBudget {
  /** @internal */
  public static _of(assessment: Assessment): TerminationBudget {
    return new TerminationBudget(assessment);
  }

  /** The terms that add up to the required grace period. */
  public readonly terms: BudgetTerm[];

  /** When what happens, from the deletion to SIGKILL. */
  public readonly events: BudgetEvent[];

  /** The sum as text, for example `preStop delay 15 s + longest request 150 s + margin 5 s = 170 s`. */
  public readonly sum: string;

  /** The grace period that the shutdown needs. */
  public readonly requiredGracePeriod: Duration;

  /** The grace period that the pod has. */
  public readonly terminationGracePeriod: Duration;

  /** What is left of the grace period; below zero it is short by so much. */
  public readonly slackSeconds: number;

  private readonly text: string;

  private constructor(assessment: Assessment) {
    const { budget } = assessment;
    if (!budget)
      throw new Error('the longest request is no longer stated in the manifest: there is nothing to compute');
    this.terms = budget.terms.map(({ label, seconds, reason }) => ({ label, seconds, reason }));
    this.events = budget.events.map(({ second, event, container, what }) => ({ second, event, container, what }));
    this.sum = budget.sum;
    this.requiredGracePeriod = Duration.seconds(budget.requiredGraceSeconds);
    this.terminationGracePeriod = Duration.seconds(budget.graceSeconds);
    this.slackSeconds = budget.slackSeconds;
    this.text = budgetText(assessment);
  }

  /** The whole breakdown as a readable table. */
  public toString(): string {
    return this.text;
  }
}
