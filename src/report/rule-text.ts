import { acknowledgementKey, intentKey } from '../manifest/intent';
import { ruleUrl } from '../rules/finding';
import type { Rule } from '../rules/rule';
import { howToState } from '../rules/stated-option';

/** A rule as a person reads it in a terminal, up to 100 characters a line. */
export function ruleText(rule: Rule): string {
  const lines = [`${rule.id} (${rule.severity}${since(rule)})`, rule.title, '', ...wrapped(rule.hazard)];
  lines.push('', ...wrapped(`To mend it: ${rule.remedy}`));
  for (const sentence of settling(rule)) lines.push('', ...wrapped(sentence));
  lines.push('', ...wrapped(acknowledging(rule)));
  lines.push('', 'Sources:', ...rule.sources.map((source) => `  ${source}`), '', `Docs: ${ruleUrl(rule.id)}`);
  return lines.join('\n');
}

export function ruleMarkdown(rule: Rule): string {
  return [
    `# ${rule.title}`,
    rule.hazard,
    `**To mend it:** ${rule.remedy}`,
    ...settling(rule),
    acknowledging(rule),
    rule.sources.map((source) => `- ${source}`).join('\n'),
    `[${rule.id}](${ruleUrl(rule.id)})`,
  ].join('\n\n');
}

export function since({ since: version }: Rule): string {
  return version === undefined ? '' : `, since Kubernetes ${version}`;
}

function settling({ settledBy = [] }: Rule): readonly string[] {
  if (settledBy.length === 0) return [];
  return [
    `Where it cannot judge, or assumes too much, state what is so with ${settledBy.map(howToState).join('; with ')}.`,
  ];
}

function acknowledging({ id, judges }: Rule): string {
  return judges === 'acknowledgements'
    ? 'This cannot be acknowledged: it is about acknowledgements.'
    : `To accept it, say why in the annotation ${acknowledgementKey(id)} of the object.`;
}

const WIDTH = 100;

function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.pop() as string;
    if (line === '') lines.push(word);
    else if (line.length + 1 + word.length <= WIDTH) lines.push(`${line} ${word}`);
    else lines.push(line, word);
  }
  return lines;
}

/** One rule a line: its id, how grave it is, its title. */
export function rulesTable(rules: readonly Rule[]): string {
  const idWidth = Math.max(...rules.map((rule) => rule.id.length));
  const severityWidth = Math.max(...rules.map((rule) => rule.severity.length));
  return rules
    .map(({ id, severity, title }) => `${id.padEnd(idWidth)}  ${severity.padEnd(severityWidth)}  ${title}`)
    .join('\n');
}

export function ruleJson({ id, title, severity, judges, hazard, remedy, sources, since: version, settledBy }: Rule) {
  return {
    id,
    title,
    severity,
    judges,
    hazard,
    remedy,
    sources,
    since: version ?? null,
    settledBy: (settledBy ?? []).map(intentKey),
    url: ruleUrl(id),
  };
}
