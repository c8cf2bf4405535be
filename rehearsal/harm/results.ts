import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Seen } from './demonstration';

/** What a manifest did that a rule refuses, on one version of Kubernetes. */
export interface HarmRow {
  readonly rule: string;
  readonly what: string;
  /** False on a version in which nothing comes of it. */
  readonly harmed: boolean;
  readonly harm: string;
  readonly evidence: Seen['numbers'];
  readonly twin?: { readonly what: string; readonly seen: string; readonly evidence: Seen['numbers'] };
  readonly kubernetes: string;
  readonly date: string;
}

/** Rows of other rules and other versions stay; a newer row takes the place of an older one. */
export function mergedRows(old: readonly HarmRow[], fresh: readonly HarmRow[]): readonly HarmRow[] {
  const key = ({ rule, kubernetes }: HarmRow) => `${rule} ${kubernetes}`;
  const rows = new Map([...old, ...fresh].map((row) => [key(row), row]));
  return [...rows.values()].sort(
    (a, b) => a.rule.localeCompare(b.rule) || a.kubernetes.localeCompare(b.kubernetes, 'en', { numeric: true }),
  );
}

export function readRows(file: string): readonly HarmRow[] {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).rows : [];
}

export function addRows(file: string, fresh: readonly HarmRow[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ rows: mergedRows(readRows(file), fresh) }, null, 2)}\n`);
}
