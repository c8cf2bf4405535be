/** Writes docs/rules.md: every rule with its reasons, and the first failing and passing manifest of its tests. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Yaml } from 'cdk8s';
import { isObject, type JsonObject } from '../src/manifest/json';
import { describeObject, objectRefOf } from '../src/manifest/object-ref';
import { rules } from '../src/rules';
import { judge } from '../src/rules/judge';
import type { Rule } from '../src/rules/rule';
import type { Case, RuleCases } from '../test/rules/cases/case';

export function rulesPage(): string {
  const lines = [
    '# Rules',
    '',
    'Each rule is a hazard: something in a manifest that loses requests, or hangs a rollout or a node drain. An error fails',
    'the synth; a warning is listed and printed once. A finding is accepted with `acknowledge({ rule, reason })` on the',
    'construct, or with the annotation `cdk8s-graceful/acknowledge.<rule>: <reason>` on the object.',
    '',
    'This page is generated from the rules and their tests by `npx projen docs`. Manifests show what differs between the failing and the',
    'passing one; `...` stands for the rest.',
    '',
    '| rule | severity | |',
    '|---|---|---|',
    ...rules.map((rule) => `| [${rule.id}](#${rule.id}) | ${rule.severity} | ${rule.title} |`),
  ];
  for (const rule of rules) lines.push(...section(rule));
  return `${lines.join('\n')}\n`;
}

function section(rule: Rule): string[] {
  const { cases }: { cases: RuleCases } = require(path.join(__dirname, '../test/rules/cases', rule.id));
  const [failing] = [...cases.violation, ...(cases.cannotJudge ?? [])] as [Case];
  const [passing] = cases.pass as [Case];
  return [
    '',
    `## ${rule.id}`,
    '',
    `**${rule.title}** (${rule.severity}${rule.since ? `, since Kubernetes ${rule.since}` : ''}). ${rule.hazard}`,
    '',
    `To mend it: ${rule.remedy}`,
    '',
    `${cases.violation.length > 0 ? 'Fails' : 'Cannot be judged'} (${failing.name}):`,
    '',
    ...block('yaml', differences(failing.objects, passing.objects)),
    '',
    ...block('text', findingOf(rule, failing)),
    '',
    `Passes (${passing.name}):`,
    '',
    ...block('yaml', differences(passing.objects, failing.objects)),
    '',
    'Sources:',
    '',
    ...rule.sources.map((source) => `- ${source}`),
  ];
}

function block(language: string, text: string): string[] {
  return [`\`\`\`${language}`, text.trimEnd(), '```'];
}

function findingOf(rule: Rule, { objects }: Case): string {
  const found = judge(objects.map((json) => ({ json }))).findings.find((finding) => finding.rule === rule.id);
  if (!found) throw new Error(`${rule.id}: its first violating case is not found when all rules judge it`);
  const { object, container, message, arithmetic, fix } = found;
  const where = `${describeObject(object)}${container === undefined ? '' : ` container ${container}`}`;
  return [`[${rule.id}] ${where}: ${message}`, ...(arithmetic ? [`  ${arithmetic}`] : []), `  fix: ${fix}`].join('\n');
}

/** The objects, reduced to what the others do not have in the same way. */
function differences(objects: readonly JsonObject[], others: readonly JsonObject[]): string {
  const parts = objects.flatMap((object) => {
    const { kind, name } = objectRefOf(object);
    const other = others.find(
      (candidate) => describeObject(objectRefOf(candidate)) === describeObject(objectRefOf(object)),
    );
    const different = other ? difference(object, other) : object;
    if (different === undefined) return [];
    return [Yaml.stringify({ kind, metadata: { name }, ...(different as JsonObject) })];
  });
  return parts.length > 0 ? parts.join('---\n') : '# the same objects, without those that are only in the other';
}

function difference(value: unknown, other: unknown): unknown {
  if (JSON.stringify(value) === JSON.stringify(other)) return undefined;
  if (isObject(value) && isObject(other)) {
    const entries = Object.entries(value).flatMap(([key, item]) => {
      const different = difference(item, other[key]);
      return different === undefined ? [] : [[key, different] as const];
    });
    return entries.length > 0 ? Object.fromEntries(entries) : '...';
  }
  if (Array.isArray(value) && Array.isArray(other) && value.length === other.length && value.every(isObject)) {
    return value.map((item, index) => {
      const different = difference(item, other[index]);
      return isObject(different) && 'name' in item ? { name: item.name, ...different } : (different ?? '...');
    });
  }
  return value;
}

if (require.main === module) fs.writeFileSync(path.join(__dirname, 'rules.md'), rulesPage());
