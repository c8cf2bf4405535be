import type { HarmRow } from './harm/results';

/** What `results/harm.json` holds. */
export interface HarmResults {
  readonly rows: readonly HarmRow[];
}

/** The half of the page that makes people believe the rules. */
export function harmSection({ rows }: HarmResults): readonly string[] {
  const cluster = [...new Set(rows.map(({ kubernetes }) => kubernetes))].join(', ');
  const rules = new Set(rows.filter(({ harmed }) => harmed).map(({ rule }) => rule)).size;
  return [
    '## Refused manifests do harm',
    '',
    `For ${rules} rules, a small manifest that the rule refuses, put into a real cluster, and what came of it; beside it the same`,
    `manifest put right. Seen on Kubernetes ${cluster}.`,
    '',
    '| rule | the manifest | what came of it | put right | Kubernetes | date |',
    '|---|---|---|---|---|---|',
    ...rows.map(({ rule, what, harmed, harm, twin, kubernetes, date }) =>
      row([
        `[${rule}](rules.md#${rule})`,
        what,
        harmed ? harm : `no harm on this version: ${harm}`,
        twin ? `${twin.what}: ${twin.seen}` : '-',
        kubernetes,
        date,
      ]),
    ),
    '',
  ];
}

export function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}
