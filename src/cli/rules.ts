import { parseArgs } from 'node:util';
import { Problem } from '../problem';
import { ruleJson, rulesTable, ruleText } from '../report/rule-text';
import { rules as everyRule } from '../rules';
import { requireRule } from './lint-options';
import { understood, wordOf } from './options';
import { type Terminal, write } from './terminal';

const HELP = `Usage: cdk8s-graceful rules [options] [ID]

Lists every rule, or explains one: what goes wrong without it, how to mend it, what it needs to know, and where that is
written or was seen.

      --format text|json      default text
  -h, --help

Examples:
  cdk8s-graceful rules
  cdk8s-graceful rules prestop-shorter-than-propagation
  cdk8s-graceful rules --format json | jq -r '.rules[].id'
`;

const OPTIONS = { format: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

export async function rules(args: readonly string[], { stdout }: Terminal): Promise<number> {
  const { values, positionals } = understood(() =>
    parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }),
  );
  if (values.help) {
    await write(stdout, [HELP]);
    return 0;
  }
  const format = wordOf('format', values.format ?? 'text', ['text', 'json']);
  const [id] = positionals;
  if (positionals.length > 1) throw new Problem('one rule at a time, or none for all of them');
  if (id !== undefined) requireRule('rules', id);
  const chosen = everyRule.filter((rule) => id === undefined || rule.id === id);
  if (format === 'json') {
    await write(stdout, [`${JSON.stringify({ version: 1, rules: chosen.map(ruleJson) }, null, 2)}\n`]);
  } else {
    await write(stdout, [`${id === undefined ? rulesTable(chosen) : chosen.map(ruleText).join('\n')}\n`]);
  }
  return 0;
}
