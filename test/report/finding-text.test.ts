import { findingText } from '../../src/report/finding-text';
import { type Finding, Severity } from '../../src/rules/finding';

const FINDING: Finding = {
  rule: 'grace-shorter-than-shutdown',
  severity: Severity.ERROR,
  object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'inference', name: 'vllm-llama' },
  message: 'terminationGracePeriodSeconds is 120 s, the shutdown needs 170 s (50 s short)',
  arithmetic: 'preStop delay 15 s + longest request 150 s + margin 5 s = 170 s',
  fix: 'raise terminationGracePeriod to 170 s or more, or lower longestRequest',
  url: 'https://example.com/rules#grace-shorter-than-shutdown',
};

const lines = (changes: Partial<Finding>) => findingText({ ...FINDING, ...changes }).split('\n');

describe('findingText', () => {
  test('rule, object, message; the sum; the fix; the documentation', () => {
    expect(findingText(FINDING)).toBe(
      [
        '[grace-shorter-than-shutdown] apps/v1 Deployment inference/vllm-llama: terminationGracePeriodSeconds is 120 s, the shutdown needs 170 s (50 s short)',
        '  preStop delay 15 s + longest request 150 s + margin 5 s = 170 s',
        '  fix: raise terminationGracePeriod to 170 s or more, or lower longestRequest',
        '  docs: https://example.com/rules#grace-shorter-than-shutdown',
      ].join('\n'),
    );
  });

  test.each([
    [
      'no sum',
      { arithmetic: undefined },
      1,
      '  fix: raise terminationGracePeriod to 170 s or more, or lower longestRequest',
    ],
    ['an origin', { origin: 'chart/llama' }, 3, '  at: chart/llama'],
    ['an acknowledgement', { acknowledgedBecause: 'clients retry' }, 3, '  acknowledged: clients retry'],
    ['an acknowledgement without a word', { acknowledgedBecause: '' }, 3, '  acknowledged: '],
    ['both', { origin: 'chart/llama', acknowledgedBecause: 'clients retry' }, 4, '  at: chart/llama'],
  ])('%s', (_, changes, line, text) => {
    const written = lines(changes);
    expect(written[line]).toBe(text);
    expect(written.at(-1)).toBe(`  docs: ${FINDING.url}`);
  });

  test('the container that it is about', () => {
    expect(lines({ container: 'proxy' })[0]).toMatch(
      /^\[grace-shorter-than-shutdown\] apps\/v1 Deployment inference\/vllm-llama container proxy: /,
    );
  });

  test('every line but the first is indented', () => {
    const [first, ...others] = findingText(FINDING, '    ').split('\n');
    expect(first?.startsWith('[')).toBe(true);
    expect(others).toHaveLength(3);
    for (const line of others) expect(line).toMatch(/^ {6}\S/);
  });
});
