import type { JsonObject } from '../../src/manifest/json';
import { judge } from '../../src/rules/judge';
import type { Stage } from './stage';

/** What came of a manifest in a cluster. */
export interface Seen {
  /** What the rule warns of happened. */
  readonly harmed: boolean;
  /** A sentence, with the numbers that were seen. */
  readonly text: string;
  readonly numbers: Readonly<Record<string, number | string>>;
}

export interface Manifest {
  /** What sets it apart, in a few words. */
  readonly what: string;
  readonly objects: readonly JsonObject[];
}

/** A manifest that one rule refuses, and the event that shows what the rule is for. */
export interface Demonstration {
  readonly rule: string;
  /** Rules that cannot but refuse the manifest as well. */
  readonly also?: readonly string[];
  readonly refused: Manifest;
  /** The same, put right. */
  readonly twin?: Manifest;
  /** So many accelerators are advertised on one node while it goes on, by the name of the resource. */
  readonly accelerators?: Readonly<Record<string, number>>;
  /** Versions of Kubernetes in which nothing comes of it, and the manifest for those: no rule refuses it. */
  readonly unaffected?: Manifest & { readonly holds: (version: string) => boolean };
  watch(stage: Stage): Promise<Seen>;
}

/** The ids of the rules that find something in a manifest. */
export function rulesAgainst({ objects }: Manifest): readonly string[] {
  return [...new Set(judge(objects.map((json) => ({ json }))).findings.map(({ rule }) => rule))].sort();
}

/** The rules that have to refuse the manifest, and those that do where it is not so. */
export function misjudged({ rule, also = [], refused, twin, unaffected }: Demonstration): readonly string[] {
  const expected: [Manifest | undefined, readonly string[]][] = [
    [refused, [rule, ...also].sort()],
    [twin, []],
    [unaffected, []],
  ];
  return expected.flatMap(([manifest, rules]) => {
    if (!manifest) return [];
    const found = rulesAgainst(manifest);
    if (found.join() === rules.join()) return [];
    return [
      `${manifest.what}: ${rules.join(', ') || 'no rule'} should have found something, and ${found.join(', ') || 'none'} did`,
    ];
  });
}
