import type { JsonObject } from '../../../src/manifest/json';
import { companions } from './manifests';

/** Objects, and what one rule must say of the first of them (its workload, or its PodDisruptionBudget). */
export interface Case {
  readonly name: string;
  readonly objects: readonly JsonObject[];
  /** Must occur in the message and arithmetic of a violation, or in the reason of any other verdict. */
  readonly says: readonly string[];
  /** Where the case is less grave than the rule. */
  readonly severity?: 'warning';
}

/** What the tests of one rule must hold; the failing and the passing manifest of its documentation are the first of each. */
export interface RuleCases {
  readonly rule: string;
  readonly violation: readonly Case[];
  readonly pass: readonly Case[];
  readonly notApplicable: readonly Case[];
  readonly cannotJudge?: readonly Case[];
}

/** A workload with the usual Service and PodDisruptionBudget. */
export function withCompanions(name: string, workload: JsonObject, ...says: string[]): Case {
  return { name, objects: [workload, ...companions()], says };
}

export function only(name: string, objects: readonly JsonObject[], ...says: string[]): Case {
  return { name, objects, says };
}
