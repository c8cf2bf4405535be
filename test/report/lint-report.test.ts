import { countsText, coverageText, reaches, type Threshold } from '../../src/report/lint-report';
import { Severity } from '../../src/rules/finding';
import { brokenDocument, finding, report } from './reports';

test('findings come by file, in the order in which files were read, then by line, then by severity', () => {
  const found = [
    finding({ file: 'b.yaml', line: 5 }),
    finding({ file: 'a.yaml', line: 9 }),
    finding({ file: 'b.yaml', line: 1, severity: Severity.CANNOT_JUDGE }),
    finding({ file: 'b.yaml', line: 1, severity: Severity.WARNING }),
    finding({ file: undefined, line: undefined }),
  ];
  const { findings } = report(found, [], ['b.yaml', 'a.yaml']);
  expect(findings.map(({ file, line, severity }) => [file, line, severity])).toEqual([
    ['b.yaml', 1, 'warning'],
    ['b.yaml', 1, 'cannot-judge'],
    ['b.yaml', 5, 'error'],
    ['a.yaml', 9, 'error'],
    [undefined, undefined, 'error'],
  ]);
});

test('the summary counts what was found, and what was not looked at', () => {
  const note = { ...brokenDocument, severity: 'note' as const };
  const { summary } = report(undefined, [brokenDocument, note]);
  expect(summary).toEqual({
    files: 2,
    otherFiles: 1,
    documents: 8,
    objects: 3,
    notJudged: { 'v1 Secret': 3, 'v1 ConfigMap': 2 },
    errors: 1,
    warnings: 1,
    cannotJudge: 1,
    acknowledged: 1,
    problems: 1,
  });
  expect(countsText(summary)).toBe('1 error, 1 warning, 1 cannot be judged, 1 acknowledged, 1 problem in the input');
  expect(coverageText(summary)).toBe(
    '2 files, 8 documents, 3 objects judged; not judged: 3 v1 Secret, 2 v1 ConfigMap; 1 file without Kubernetes objects',
  );
  expect(countsText(report([]).summary)).toBe('no findings');
});

test.each([
  ['error', [true, false, false, false]],
  ['warning', [true, true, false, false]],
  ['cannot-judge', [true, true, true, false]],
] as [Threshold, boolean[]][])('from %s on', (threshold, expected) => {
  const severities = [Severity.ERROR, Severity.WARNING, Severity.CANNOT_JUDGE, Severity.ACKNOWLEDGED];
  expect(severities.map((severity) => reaches(severity, threshold))).toEqual(expected);
});
