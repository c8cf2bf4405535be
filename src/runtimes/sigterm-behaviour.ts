import type { RuntimeFacts, SigtermBehaviour } from './runtime';
import { compareVersions, isNewerThan, parseVersion } from './version';

/** What a runtime does on SIGTERM, and how sure that is. */
export interface ChosenBehaviour {
  readonly behaviour: SigtermBehaviour;

  /** Somebody read or ran this version: it is between the minimum and the newest that was checked. */
  readonly checked: boolean;

  /** The version is not known and matters, so the cautious behaviour was taken. */
  readonly assumed: boolean;
}

/**
 * The behaviour of a version. A version that is absent or unreadable gets `whenUnknown`, and the last known behaviour
 * where the facts name no other: for Spring Boot that of 2.3-3.3, whose switch harms no later version.
 */
export function sigtermBehaviour(facts: RuntimeFacts, version: string | undefined): ChosenBehaviour {
  const known = remembered.get(facts) ?? new Map<string | undefined, ChosenBehaviour>();
  remembered.set(facts, known);
  const chosen = known.get(version) ?? choose(facts, version);
  known.set(version, chosen);
  return chosen;
}

/** Thousands of workloads run a handful of versions. */
const remembered = new WeakMap<RuntimeFacts, Map<string | undefined, ChosenBehaviour>>();

function choose(facts: RuntimeFacts, version: string | undefined): ChosenBehaviour {
  const exact = version === undefined ? undefined : parseVersion(version);
  if (exact === undefined) {
    const assumed = facts.versions.length > 1;
    return { behaviour: facts.whenUnknown ?? lastOf(facts), checked: !assumed, assumed };
  }
  const known = facts.versions.filter(({ from }) => from === undefined || compareVersions(from, exact) <= 0);
  const newer = facts.checkedVersion !== undefined && isNewerThan(exact, facts.checkedVersion.value);
  const behaviour = known.at(-1)?.sigterm ?? facts.versions[0].sigterm;
  return { behaviour, checked: !newer && !isBelowMinimum(facts, exact), assumed: false };
}

/** Whether the library refuses this version; `minimumVersion` says why. */
export function isBelowMinimum(facts: RuntimeFacts, version: string | undefined): boolean {
  const exact = version === undefined ? undefined : parseVersion(version);
  if (exact === undefined || facts.minimumVersion === undefined) return false;
  return compareVersions(exact, facts.minimumVersion.value) < 0;
}

function lastOf(facts: RuntimeFacts): SigtermBehaviour {
  return facts.versions[facts.versions.length - 1].sigterm;
}
