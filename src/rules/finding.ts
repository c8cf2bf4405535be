import type { ObjectRef } from '../manifest/object-ref';

/** How grave a finding is. */
export enum Severity {
  /** Requests are lost, or a rollout or drain hangs: the synth fails. */
  ERROR = 'error',
  /** It may be meant so; listed, and printed once. */
  WARNING = 'warning',
  /** Something that the judgement needs is not known. */
  CANNOT_JUDGE = 'cannot-judge',
  /** An error or a warning that somebody accepted, with a reason. */
  ACKNOWLEDGED = 'acknowledged',
}

/** A rule's answer about one object. */
export interface Finding {
  /** The rule's id, for example `prestop-shorter-than-propagation`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly object: ObjectRef;
  /** The construct path that the object came from. */
  readonly origin?: string;
  /** The file that the object came from, as it was named to the reader. */
  readonly file?: string;
  /** The line of that file, from 1: of the field, or of the nearest thing around it that is there. */
  readonly line?: number;
  /** The container that it is about, where it is about one. */
  readonly container?: string;
  /** The field to look at, as a path from the container where one is named, otherwise from the object's root. */
  readonly field?: string;
  /** What is wrong, with both numbers. */
  readonly message: string;
  /** The sum that shows it, every term named. */
  readonly arithmetic?: string;
  /** What to change. */
  readonly fix: string;
  /** Where the rule is documented. */
  readonly url: string;
  /** The reason with which it was acknowledged. */
  readonly acknowledgedBecause?: string;
}

export function ruleUrl(id: string): string {
  const known = urls.get(id);
  if (known !== undefined) return known;
  const url = `https://github.com/cdk8s-graceful/cdk8s-graceful/blob/main/docs/rules.md#${id}`;
  urls.set(id, url);
  return url;
}

/** One text for each rule, not one for each of a hundred thousand findings. */
const urls = new Map<string, string>();
