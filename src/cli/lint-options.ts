import { parseArgs } from 'node:util';
import type { Intent } from '../manifest/intent';
import { Problem } from '../problem';
import type { Threshold } from '../report/lint-report';
import { rules } from '../rules';
import { nearestOf } from '../rules/nearest';
import { understood, wordOf } from './options';
import { STATED_OPTIONS, statedIntent } from './stated-options';

export const FORMATS = ['pretty', 'json', 'sarif', 'junit', 'github'] as const;
export type Format = (typeof FORMATS)[number];

export const THRESHOLDS: readonly Threshold[] = ['error', 'warning', 'cannot-judge'];

export interface LintCommand {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly threshold: Threshold;
  /** Absent: all of them. */
  readonly rules?: ReadonlySet<string>;
  readonly stated: Partial<Intent>;
  readonly noColour: boolean;
  readonly output?: string;
}

const OPTIONS = {
  ...STATED_OPTIONS,
  format: { type: 'string', short: 'f' },
  severity: { type: 'string' },
  rule: { type: 'string', multiple: true },
  skip: { type: 'string', multiple: true },
  output: { type: 'string', short: 'o' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Undefined: help is asked for. */
export function parseLint(args: readonly string[]): LintCommand | undefined {
  const { values, positionals } = understood(() =>
    parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }),
  );
  if (values.help) return undefined;
  requirePaths(positionals, 'lint');
  return {
    paths: positionals,
    format: wordOf('format', values.format ?? 'pretty', FORMATS),
    threshold: wordOf('severity', values.severity ?? 'error', THRESHOLDS),
    rules: chosenRules(values.rule, values.skip),
    stated: statedIntent(values),
    noColour: values['no-color'] ?? false,
    output: values.output,
  };
}

export function requirePaths(paths: readonly string[], verb: string): void {
  if (paths.length === 0) throw new Problem(`say what to ${verb}: files, folders, or - for standard input`);
  if (paths.includes('')) throw new Problem('a path is empty');
}

function chosenRules(named: readonly string[] | undefined, skipped: readonly string[] | undefined) {
  if (!named && !skipped) return undefined;
  const chosen = new Set(named ? idsOf('rule', named) : rules.map((rule) => rule.id));
  for (const id of idsOf('skip', skipped ?? [])) chosen.delete(id);
  if (chosen.size === 0) throw new Problem('--rule and --skip leave no rule to judge by');
  return chosen;
}

function idsOf(option: string, lists: readonly string[]): readonly string[] {
  const ids = lists.flatMap((list) => list.split(',')).map((id) => id.trim());
  for (const id of ids) requireRule(`--${option}`, id);
  return ids;
}

export function requireRule(where: string, id: string): void {
  if (rules.some((rule) => rule.id === id)) return;
  const nearest = nearestOf(
    id,
    rules.map((rule) => rule.id),
  );
  throw new Problem(
    `${where}: there is no rule '${id}'; ${nearest ? `did you mean ${nearest}?` : "'cdk8s-graceful rules' lists them"}`,
  );
}
