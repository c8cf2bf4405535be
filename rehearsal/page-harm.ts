/** What `results/harm.json` holds. */
export interface HarmResults {
  readonly rows: readonly HarmRow[];
}

/** What a manifest did that a rule refuses, on one version of Kubernetes. */
export interface HarmRow {
  readonly rule: string;
  /** What sets the manifest apart. */
  readonly what: string;
  /** False on a version in which nothing comes of it. */
  readonly harmed: boolean;
  readonly harm: string;
  /** The same manifest, put right. */
  readonly twin?: { readonly what: string; readonly seen: string };
  readonly kubernetes: string;
  readonly date: string;
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
