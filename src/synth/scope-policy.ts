import type { IConstruct } from 'constructs';
import type { Intent } from '../manifest/intent';
import { reaches, type Threshold } from '../report/lint-report';
import { type Finding, Severity } from '../rules/finding';

/** What counts for all objects below a construct. */
export interface ScopePolicy {
  /** Where an object itself states nothing. */
  readonly stated: Partial<Intent>;
  /** Findings that are accepted, by rule id, with the reason. */
  readonly acknowledgements: ReadonlyMap<string, string>;
  /** From which severity on a finding fails the synth. */
  readonly failOn?: Severity;
}

/** The policies of an app. What an inner scope states counts there; of everything else the outer scope's word holds. */
export class ScopePolicies {
  private readonly own = new Map<IConstruct, ScopePolicy>();

  /** Of two on one scope, the later one counts as the inner. */
  add(scope: IConstruct, policy: ScopePolicy): void {
    this.own.set(scope, within(this.own.get(scope), policy));
  }

  /** Finds the policy of any construct, each scope being looked at once. */
  lookup(): (construct: IConstruct) => ScopePolicy | undefined {
    const known = new Map<IConstruct, ScopePolicy | undefined>();
    const policyOf = (construct: IConstruct): ScopePolicy | undefined => {
      if (known.has(construct)) return known.get(construct);
      const { scope } = construct.node;
      const outer = scope && policyOf(scope);
      const own = this.own.get(construct);
      const policy = own ? within(outer, own) : outer;
      known.set(construct, policy);
      return policy;
    };
    return policyOf;
  }
}

function within(outer: ScopePolicy | undefined, inner: ScopePolicy): ScopePolicy {
  if (!outer) return inner;
  return {
    stated: { ...outer.stated, ...inner.stated },
    acknowledgements: new Map([...outer.acknowledgements, ...inner.acknowledgements]),
    failOn: inner.failOn ?? outer.failOn,
  };
}

export interface PolicedFinding {
  readonly finding: Finding;
  readonly fails: boolean;
}

/** A finding as the policy of its scope takes it. What was acknowledged on the object itself keeps its own reason. */
export function underPolicy(found: Finding, policy: ScopePolicy | undefined): PolicedFinding {
  const reason = policy?.acknowledgements.get(found.rule);
  if (reason === undefined || found.severity === Severity.ACKNOWLEDGED) {
    return { finding: found, fails: reaches(found.severity, (policy?.failOn ?? Severity.ERROR) as Threshold) };
  }
  return { finding: { ...found, severity: Severity.ACKNOWLEDGED, acknowledgedBecause: reason }, fails: false };
}
