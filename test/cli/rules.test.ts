import { rules } from '../../src/cli/rules';
import { rules as everyRule } from '../../src/rules';
import { run } from './running';

test('every rule on a line: its id, how grave it is, its title', async () => {
  const { stdout, code } = await run(rules, []);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.split(/ {2,}/))).toEqual(
    everyRule.map(({ id, severity, title }) => [id, severity, title]),
  );
  expect(code).toBe(0);
});

test('one rule with what goes wrong, how to mend it, what settles it and how to accept it', async () => {
  const { stdout } = await run(rules, ['grace-shorter-than-shutdown']);
  const rule = everyRule.find(({ id }) => id === 'grace-shorter-than-shutdown');
  const text = stdout.replace(/\s+/g, ' ');
  for (const part of [rule?.hazard, rule?.remedy, ...(rule?.sources ?? [])]) expect(text).toContain(part);
  expect(text).toContain('state what is so with the annotation cdk8s-graceful/longest-request or --longest-request.');
  expect(text).toContain('in the annotation cdk8s-graceful/acknowledge.grace-shorter-than-shutdown of the object');
  for (const line of stdout.split('\n')) if (!/https?:|^ {2}/.test(line)) expect(line.length).toBeLessThanOrEqual(100);
  expect((await run(rules, ['acknowledgement-unknown'])).stdout).toContain('This cannot be acknowledged');
});

test('as JSON', async () => {
  const all = JSON.parse((await run(rules, ['--format', 'json'])).stdout);
  expect(all.version).toBe(1);
  expect(all.rules.map(({ id }: { id: string }) => id)).toEqual(everyRule.map(({ id }) => id));
  const [one] = JSON.parse((await run(rules, ['pdb-missing', '--format', 'json'])).stdout).rules;
  expect(one).toMatchObject({ id: 'pdb-missing', since: null, url: expect.stringMatching(/#pdb-missing$/) });
  expect(one.sources.length).toBeGreaterThan(0);
});

test.each([
  [['pdb-mising'], "there is no rule 'pdb-mising'; did you mean pdb-missing?"],
  [['xyz'], "there is no rule 'xyz'; 'cdk8s-graceful rules' lists them"],
  [['pdb-missing', 'grace-zero'], 'one rule at a time'],
  [['--format', 'yaml'], '--format is yaml: it can be text, json'],
])('%j is refused', async (args, message) => {
  await expect(run(rules, args)).rejects.toThrow(message);
});

test('--help has examples', async () => {
  expect((await run(rules, ['-h'])).stdout).toContain('Examples:\n');
});
