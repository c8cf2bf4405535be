import { remembered } from '../remembered';

/** A count of pods such as 3, or a share of them such as `'25%'`. */
export type IntOrPercent = number | string;

export type ParsedIntOrPercent =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'percent'; readonly value: number }
  | { readonly kind: 'invalid'; readonly reason: string };

/** The most that a count of the Kubernetes API holds. */
export const INT32_MAX = 2147483647;

/**
 * Reads an IntOrString where Kubernetes takes a count or a percentage. The string `'3'` is neither.
 * More than 100 % is read: maxSurge may be, and where it may not, the API server says so.
 *
 * @see kubernetes/apimachinery pkg/util/intstr/intstr.go (GetScaledValueFromIntOrPercent) and
 * pkg/util/validation/validation.go (IsValidPercent), v0.36
 */
export function parseIntOrPercent(value: unknown): ParsedIntOrPercent {
  if (typeof value === 'number') {
    return isCount(value)
      ? { kind: 'int', value }
      : { kind: 'invalid', reason: `${value} is not a whole number between 0 and ${INT32_MAX}` };
  }
  if (typeof value !== 'string') {
    return { kind: 'invalid', reason: `a whole number or a percentage such as '25%' is needed, not ${nameOf(value)}` };
  }
  return parsePercent(value);
}

/** Thousands of workloads share a handful of percentages, and each is asked for many times. */
const parsePercent = remembered(readPercent, (text) => text);

function readPercent(value: string): ParsedIntOrPercent {
  const digits = /^(\d+)%$/.exec(value)?.[1];
  if (digits === undefined) {
    const hint = /^\d+$/.test(value) ? `; write ${Number(value)} without quotes for a count` : '';
    return { kind: 'invalid', reason: `'${value}' is not a percentage such as '25%'${hint}` };
  }
  const percent = Number(digits);
  return isCount(percent)
    ? { kind: 'percent', value: percent }
    : { kind: 'invalid', reason: `'${value}' is more than ${INT32_MAX} %` };
}

/** The count that `value` means for `total` pods; a count is not limited by `total`. */
export function scaled(value: IntOrPercent, total: number, rounding: 'up' | 'down'): number {
  requireCount('total', total);
  const parsed = parseIntOrPercent(value);
  if (parsed.kind === 'invalid') throw new RangeError(parsed.reason);
  if (parsed.kind === 'int') return parsed.value;
  // Multiplied first, as Kubernetes does: the quotient of two exact integers rounds right.
  const exact = (parsed.value * total) / 100;
  return rounding === 'up' ? Math.ceil(exact) : Math.floor(exact);
}

/** Throws unless `value` is a whole number that fits the int32 fields of the Kubernetes API and is not negative. */
export function requireCount(name: string, value: number): void {
  if (!isCount(value)) throw new RangeError(`${name} is ${value}; it must be a whole number, zero or more`);
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= INT32_MAX;
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
