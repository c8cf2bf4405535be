import { describeObject } from '../manifest/object-ref';
import type { Finding } from '../rules/finding';

/**
 * A finding as a person reads it:
 *
 *     [rule] apps/v1 Deployment namespace/name: what is wrong
 *       the sum
 *       fix: what to change
 *       docs: where the rule is documented
 */
export function findingText(finding: Finding, indent = ''): string {
  const container = finding.container === undefined ? '' : ` container ${finding.container}`;
  const lines = [`[${finding.rule}] ${describeObject(finding.object)}${container}: ${finding.message}`];
  if (finding.arithmetic) lines.push(`  ${finding.arithmetic}`);
  lines.push(`  fix: ${finding.fix}`);
  if (finding.acknowledgedBecause !== undefined) lines.push(`  acknowledged: ${finding.acknowledgedBecause}`);
  if (finding.origin) lines.push(`  at: ${finding.origin}`);
  lines.push(`  docs: ${finding.url}`);
  return lines.join(`\n${indent}`);
}
