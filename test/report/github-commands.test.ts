import { githubCommands } from '../../src/report/github-commands';
import { brokenDocument, finding, report, textOf } from './reports';

const linesOf = (made = report(undefined, [brokenDocument])) =>
  textOf(githubCommands(made, (file) => `repo/${file}`))
    .trimEnd()
    .split('\n');

test('a command for each finding and problem, with its place from the root of the repository', () => {
  expect(linesOf()).toEqual([
    '::error file=repo/k8s/broken.yaml,line=3,title=input::this is not valid YAML',
    '::warning file=repo/k8s/orders.yaml,line=1,title=pdb-missing::apps/v1 Deployment shop/orders: the grace is 20 s, the shutdown needs 45 s%0Afix: raise it',
    '::error file=repo/k8s/orders.yaml,line=12,title=grace-shorter-than-shutdown::apps/v1 Deployment shop/orders: the grace is 20 s, the shutdown needs 45 s%0A10 s + 30 s + 5 s = 45 s%0Afix: raise it',
    '::notice file=repo/k8s/orders.yaml,line=20,title=runtime-unknown::apps/v1 Deployment shop/orders container main: cannot judge: the server is not known%0Afix: state it with the annotation cdk8s-graceful/runtime or --runtime',
    expect.stringMatching(/^1 error, 1 warning, .* 3 objects judged/),
  ]);
});

test('what is acknowledged is counted, and not shown beside a line', () => {
  expect(linesOf().join()).not.toContain('host-path-volume');
  expect(linesOf().at(-1)).toContain('1 acknowledged');
});

test('no text of a manifest ends a command or begins another', () => {
  const [line, ...rest] = linesOf(
    report([finding({ file: 'a,b:c%.yaml', message: '100%\r\n::error::x', arithmetic: undefined })]),
  );
  expect(line).toBe(
    '::error file=repo/a%2Cb%3Ac%25.yaml,line=12,title=grace-shorter-than-shutdown::apps/v1 Deployment shop/orders: 100%25%0D%0A::error::x%0Afix: raise it',
  );
  expect(rest).toHaveLength(1);
  const made = report([]);
  const notJudged = { 'v1 X\n::error::y': 1 };
  expect(linesOf({ ...made, summary: { ...made.summary, notJudged } })).toHaveLength(1);
});
