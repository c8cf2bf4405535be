import * as fs from 'node:fs';
import * as path from 'node:path';
import { readInput } from '../../src/manifest/input/read-input';
import { type Finding, Severity } from '../../src/rules/finding';
import { judge } from '../../src/rules/judge';
import { type Code, codes } from './codes';
import { type Disagreement, disagreements } from './disagreements';
import { okay, together } from './okay';

interface Labels {
  readonly [file: string]: { readonly hazards: readonly { readonly code: string; readonly note: string }[] };
}

export interface Recall {
  readonly files: number;
  /** By code: how many were noted, and how many of them are found. */
  readonly byCode: ReadonlyMap<string, { noted: number; found: number }>;
  /** `file: code (note)` of what is neither found nor argued against. */
  readonly missed: readonly string[];
  /** Disagreements about what is found after all. */
  readonly settled: readonly Disagreement[];
  /** Errors about what a reader called well done. */
  readonly wrong: readonly string[];
}

/** Runs all rules over the labelled files of a folder. */
export function recallOf(folder: string): Recall {
  const labels: Labels = JSON.parse(fs.readFileSync(path.join(folder, 'LABELS.json'), 'utf8'));
  const byCode = new Map<string, { noted: number; found: number }>();
  const missed: string[] = [];
  const wrong: string[] = [];
  const open = new Set(disagreements);
  const settled: Disagreement[] = [];
  for (const [file, { hazards }] of Object.entries(labels)) {
    const findings = findingsOf(folder, file);
    for (const { code, note } of hazards) {
      if (code === 'OK') continue;
      const count = byCode.get(code) ?? { noted: 0, found: 0 };
      byCode.set(code, count);
      count.noted++;
      const argued = disagreements.find((each) => each.file === file && each.code === code);
      const found = findings.some((finding) => speaksOf(codes[code], finding));
      if (found) count.found++;
      else if (!argued) missed.push(`${file}: ${code} (${note})`);
      if (!argued) continue;
      open.delete(argued);
      if (found) settled.push(argued);
    }
    for (const { rule, severity, message } of findings) {
      const forbidden = okay[file] ?? [];
      if (severity === Severity.ERROR && (forbidden.includes(rule) || forbidden.includes('*'))) {
        wrong.push(`${file}: ${rule}: ${message}`);
      }
    }
  }
  return { files: Object.keys(labels).length, byCode, missed, settled: [...settled, ...open], wrong };
}

function speaksOf(code: Code | undefined, { rule, severity }: Finding): boolean {
  if (code === undefined) return false;
  return severity === Severity.CANNOT_JUDGE ? (code.questions ?? []).includes(rule) : code.rules.includes(rule);
}

/** A file is judged with those that it needs, and is answerable for its own objects and for those of a budget in it. */
function findingsOf(folder: string, file: string): readonly Finding[] {
  const files = together.find((group) => group.includes(file)) ?? [file];
  const objects = files.flatMap((each) => readInput(each, fs.readFileSync(path.join(folder, each))).objects);
  const own = new Set(readInput(file, fs.readFileSync(path.join(folder, file))).objects.map(({ json }) => json.kind));
  const { findings } = judge(objects);
  const onlyBudgets = !own.has('Deployment') && !own.has('StatefulSet') && files.length > 1;
  return findings.filter((finding) => finding.file === file || (onlyBudgets && finding.rule.startsWith('pdb-')));
}

export function corpusPage(recall: Recall): string {
  const rows = [...recall.byCode].sort(([one], [other]) => one.localeCompare(other));
  let [noted, found] = [0, 0];
  for (const [, count] of rows) {
    noted += count.noted;
    found += count.found;
  }
  return `${[
    '# Judged by a careful reader',
    '',
    `${recall.files} manifests of public repositories were read by hand, and what loses requests or hangs a rollout was noted.`,
    `Of ${noted} notes the rules report ${found}; the other ${noted - found} are argued against below. Nothing that was noted as well done is`,
    'an error. The files are not part of this repository. This page is written by',
    '`CDK8S_GRACEFUL_TEST_CORPUS=<folder> UPDATE_GOLDEN=1 npx jest test/corpus`.',
    '',
    '| what was noted | rules | noted | found |',
    '|---|---|---|---|',
    ...rows.map(
      ([code, count]) =>
        `| ${codes[code]?.meaning} | ${rulesText(codes[code] as Code)} | ${count.noted} | ${count.found} |`,
    ),
    '',
    '## Argued against',
    '',
    '| file | what was noted | why it is not reported |',
    '|---|---|---|',
    ...disagreements.map(({ file, code, reason }) => `| \`${file}\` | ${codes[code]?.meaning} | ${reason} |`),
  ].join('\n')}\n`;
}

function rulesText({ rules, questions = [] }: Code): string {
  const asked = questions.filter((rule) => !rules.includes(rule));
  const links = (ids: readonly string[]) => ids.map((id) => `[${id}](rules.md#${id})`).join(', ');
  return [links(rules), asked.length > 0 ? `${links(asked)} (as a question)` : '']
    .filter((text) => text !== '')
    .join(', ');
}
