import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { acknowledgementKey } from '../manifest/intent';
import { rules } from '../rules';
import { nearestOf } from '../rules/nearest';

const LEAST_REASON_CHARACTERS = 10;

/** A person's word that a finding is known and accepted. */
export interface Acknowledgement {
  /** The rule's id, for example `grace-longer-than-node-gives`. */
  readonly rule: string;

  /** Why it is accepted, in at least 10 characters. It is listed with the finding. */
  readonly reason: string;
}

/** What is wrong with it, if anything. */
export function acknowledgementProblem({ rule, reason }: Acknowledgement): string | undefined {
  const ids = rules.map(({ id }) => id);
  if (!ids.includes(rule)) {
    const nearest = nearestOf(rule, ids);
    return `there is no rule '${rule}'; ${nearest ? `did you mean ${nearest}?` : 'docs/rules.md lists them'}`;
  }
  if (reason.trim().length < LEAST_REASON_CHARACTERS) {
    return `the reason for '${rule}' has fewer than ${LEAST_REASON_CHARACTERS} characters; say why it is accepted`;
  }
  return undefined;
}

/** Writes it into the manifest of the object that the construct is, or is made around. */
export function acknowledge(construct: IConstruct, acknowledgement: Acknowledgement): void {
  const problem = acknowledgementProblem(acknowledgement);
  if (problem) throw new Error(`acknowledge: ${problem}`);
  const { rule, reason } = acknowledgement;
  ApiObject.of(construct).metadata.addAnnotation(acknowledgementKey(rule), reason.trim());
}
