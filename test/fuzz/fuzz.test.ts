import fc from 'fast-check';
import { readInput } from '../../src/manifest/input/read-input';
import { findingText } from '../../src/report/finding-text';
import { rules } from '../../src/rules';
import { judge } from '../../src/rules/judge';
import { files } from './mutations';

const RUNS = Number(process.env.CDK8S_GRACEFUL_FUZZ_RUNS ?? 400);
const SEED = Number(process.env.CDK8S_GRACEFUL_FUZZ_SEED ?? Date.now() % 2 ** 31);
const IDS = new Set(rules.map((rule) => rule.id));
/** What a message shows when a value was not what its author thought; `.nan` may stand in a file. */
const SLIP = /\bNaN\b(?! is not a whole number)|\bundefined\b|\[object /;

jest.setTimeout(24 * 3600 * 1000);

test(`${RUNS} mutated files: nothing throws, and what is said is well-formed (seed ${SEED})`, () => {
  process.stdout.write(`fuzz: ${RUNS} files, seed ${SEED} (CDK8S_GRACEFUL_FUZZ_SEED repeats it)\n`);
  let findings = 0;
  let problems = 0;
  fc.assert(
    fc.property(files, (text) => {
      const lines = text.split('\n').length;
      const isLine = (line: number | undefined) =>
        line !== undefined && Number.isInteger(line) && line >= 1 && line <= lines;
      const input = readInput('fuzz.yaml', text);
      for (const { message, line } of input.problems) {
        if (message.length < 10 || SLIP.test(message.replace(/'.*'/, '')) || !isLine(line))
          throw new Error(`${line}: ${message}`);
        problems++;
      }
      for (const finding of judge(input.objects).findings) {
        const fault =
          !IDS.has(finding.rule) ||
          !finding.message ||
          !finding.fix ||
          finding.file !== 'fuzz.yaml' ||
          !isLine(finding.line);
        if (fault || SLIP.test(findingText(finding))) throw new Error(`${finding.line}: ${findingText(finding)}`);
        findings++;
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  // Otherwise the mutations leave nothing to judge.
  expect(findings).toBeGreaterThan(RUNS);
  expect(problems).toBeGreaterThan(RUNS / 20);
});
