import * as fs from 'node:fs';
import * as path from 'node:path';
import { Assessment } from '../../src/manifest/assessment';
import { fleetOf } from '../../src/manifest/fleet';
import { intentKey, intentKeys } from '../../src/manifest/intent';
import { rules } from '../../src/rules';
import { judge } from '../../src/rules/judge';
import type { Rule, Verdict } from '../../src/rules/rule';
import type { Case, RuleCases } from './cases/case';
import { companions, deployment } from './cases/manifests';

const CASES = path.join(__dirname, 'cases');
const SCAFFOLD = ['case.ts', 'manifests.ts'];
const caseFiles = fs.readdirSync(CASES).filter((file) => !SCAFFOLD.includes(file));
const suites: readonly RuleCases[] = caseFiles.map((file) => require(path.join(CASES, file)).cases);

describe('the list of rules', () => {
  test('every rule has cases in a file of its name, and every file a rule', () => {
    expect(caseFiles.map((file) => path.basename(file, '.ts')).sort()).toEqual(rules.map((rule) => rule.id).sort());
    for (const [index, suite] of suites.entries()) expect(`${suite.rule}.ts`).toBe(caseFiles[index]);
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))('%s is documented', (id, rule) => {
    expect(id).toMatch(/^[a-z][a-z0-9-]{3,50}$/);
    for (const text of [rule.title, rule.hazard, rule.remedy]) expect(text.length).toBeGreaterThan(20);
    expect(rule.sources.length).toBeGreaterThan(0);
    expect(fs.existsSync(path.join(__dirname, '../../src/rules', `${id}.ts`))).toBe(true);
  });

  test('ids are unique', () => {
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
  });

  test('nothing is found in the manifest that the cases start from', () => {
    expect(judge([deployment(), ...companions()].map((json) => ({ json }))).findings).toEqual([]);
  });
});

describe.each(suites.map((suite) => [suite.rule, suite] as const))('%s', (id, suite) => {
  const rule = rules.find((candidate) => candidate.id === id) as Rule;
  const optional = suite.cannotJudge ?? [];

  test('has a violation (or a question) and a pass, and a case where it does not apply or cannot judge', () => {
    expect(suite.violation.length + optional.length).toBeGreaterThan(0);
    expect(suite.pass.length).toBeGreaterThan(0);
    expect(suite.notApplicable.length + optional.length).toBeGreaterThan(0);
  });

  const groups = {
    violation: suite.violation,
    pass: suite.pass,
    'not-applicable': suite.notApplicable,
    'cannot-judge': optional,
  };
  for (const [verdict, list] of Object.entries(groups)) {
    for (const example of list) {
      test(`${verdict}: ${example.name}`, () => check(rule, verdict, example));
    }
  }
});

function check(rule: Rule, expected: string, example: Case): void {
  const verdicts = verdictsOf(rule, example);
  const strongest = ORDER.find((kind) => verdicts.some((verdict) => verdict.verdict === kind));
  expect({ verdict: strongest, verdicts }).toMatchObject({ verdict: expected });
  const relevant = verdicts.filter((verdict) => verdict.verdict === expected);
  const text = relevant.map(textOf).join('\n');
  for (const part of example.says) expect(text).toContain(part);
  for (const verdict of relevant) {
    if (verdict.verdict === 'violation') expect(verdict.severity).toBe(example.severity);
    // What a question asks for is what 'cdk8s-graceful rules' says of its rule.
    if (verdict.verdict === 'cannot-judge') {
      const asked = keysIn(verdict.settle);
      expect(asked.filter((key) => !rule.settledBy?.map(intentKey).includes(key))).toEqual([]);
    }
  }
}

/** The annotations that a text names, as a whole: one key may begin as another does. */
const keysIn = (text: string) => intentKeys.filter((key) => new RegExp(`${key}(?![a-z-])`).test(text));

const ORDER: readonly Verdict['verdict'][] = ['violation', 'cannot-judge', 'pass', 'not-applicable'];

function verdictsOf(rule: Rule, example: Case): readonly Verdict[] {
  const fleet = fleetOf(example.objects.map((json) => ({ json })));
  const first = fleet.workloads[0];
  if (rule.judges === 'workload') {
    if (!first) throw new Error(`case '${example.name}' has no workload`);
    return [rule.judge(new Assessment(first))].flat() as Verdict[];
  }
  if (rule.judges === 'disruption-budget') {
    const budget = fleet.disruptionBudgets[0];
    if (!budget) throw new Error(`case '${example.name}' has no PodDisruptionBudget`);
    return [rule.judge(budget)].flat() as Verdict[];
  }
  if (rule.judges === 'setting') {
    const setting = fleet.settings[0];
    if (!setting) throw new Error(`case '${example.name}' has no object of ${rule.kind}`);
    return [rule.judge(setting)].flat() as Verdict[];
  }
  if (!first) throw new Error(`case '${example.name}' has no workload`);
  const others = judge(example.objects.map((json) => ({ json }))).findings.filter(
    (finding) => !finding.rule.startsWith('acknowledgement-'),
  );
  const acknowledged = new Map(Object.entries(first.intent.acknowledgements));
  const verdicts = rule.judge(
    acknowledged,
    new Set(rules.map(({ id }) => id)),
    new Set(others.map((finding) => finding.rule)),
  );
  if (verdicts.length > 0) return verdicts;
  return [
    acknowledged.size > 0
      ? { verdict: 'pass', why: 'all are fine' }
      : { verdict: 'not-applicable', why: 'nothing is acknowledged' },
  ];
}

function textOf(verdict: Verdict): string {
  return verdict.verdict === 'violation' ? [verdict.message, verdict.arithmetic, verdict.fix].join('\n') : verdict.why;
}
