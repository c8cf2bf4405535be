import { parseIntOrPercent } from '../termination/int-or-percent';
import { type DisruptionBudgetRule, notApplicable, pass, violation } from './rule';

export const pdbUnreadable: DisruptionBudgetRule = {
  id: 'pdb-unreadable',
  title: 'The number in the PodDisruptionBudget is neither a count nor a percentage',
  severity: 'error',
  judges: 'disruption-budget',
  hazard:
    'The API server refuses the budget, so there is none: a node drain may evict all pods at once, and no request is ' +
    'served until the first new pod is ready.',
  remedy: "Write a whole number without quotes, or a percentage of at most 100 such as '25%'.",
  sources: [
    'kubernetes/kubernetes pkg/apis/policy/validation/validation.go v1.36.2 (ValidatePositiveIntOrPercent, IsNotMoreThan100Percent)',
  ],
  judge(budget) {
    const faults: string[] = [];
    let written = 0;
    let first: string | undefined;
    for (const field of ['minAvailable', 'maxUnavailable'] as const) {
      const value = budget[field];
      if (value === undefined || value === null) continue;
      written++;
      const fault = faultOf(value);
      if (fault === undefined) continue;
      faults.push(`${field}: ${fault}`);
      first ??= field;
    }
    if (written === 0) return notApplicable('it has neither minAvailable nor maxUnavailable');
    if (first === undefined) return pass('a count or a percentage');
    return violation({
      message: `${faults.join('; ')}: the API server refuses the budget`,
      fix: `set ${first} to a whole number without quotes, or to a percentage such as '25%'`,
      field: `spec.${first}`,
    });
  },
};

function faultOf(value: unknown): string | undefined {
  const parsed = parseIntOrPercent(value);
  if (parsed.kind === 'invalid') return parsed.reason;
  return parsed.kind === 'percent' && parsed.value > 100 ? `${parsed.value}% is more than 100 %` : undefined;
}
