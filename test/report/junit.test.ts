import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { junit } from '../../src/report/junit';
import type { Threshold } from '../../src/report/lint-report';
import { brokenDocument, finding, report, textOf } from './reports';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  isArray: (name) => name === 'testsuite' || name === 'testcase',
});

function suitesOf(made = report(undefined, [brokenDocument]), threshold: Threshold = 'error') {
  const xml = textOf(junit(made, threshold));
  expect(XMLValidator.validate(xml)).toBe(true);
  return parser.parse(xml).testsuites;
}

test('a suite for each file, with counts that add up', () => {
  const { testsuite, ...totals } = suitesOf();
  expect(totals).toMatchObject({ name: 'cdk8s-graceful lint', tests: '5', failures: '1', errors: '1', skipped: '3' });
  expect(testsuite.map(({ testcase, ...suite }: any) => [suite, testcase.length])).toEqual([
    [{ name: 'k8s/broken.yaml', tests: '1', failures: '0', errors: '1', skipped: '0' }, 1],
    [{ name: 'k8s/orders.yaml', tests: '4', failures: '1', errors: '0', skipped: '3' }, 4],
  ]);
});

test('what fails the run is a failure, what cannot be read an error, the rest is skipped with its message', () => {
  const [broken, orders] = suitesOf().testsuite;
  expect(broken.testcase[0].error).toMatchObject({ message: 'this is not valid YAML', type: 'input' });
  const [warning, error, question, acknowledged] = orders.testcase;
  expect(error).toEqual({
    name: 'grace-shorter-than-shutdown',
    classname: 'apps/v1 Deployment shop/orders',
    failure: {
      message: 'the grace is 20 s, the shutdown needs 45 s',
      type: 'error',
      '#text': expect.stringMatching(/^k8s\/orders.yaml:12\n10 s .* = 45 s\nfix: raise it\ndocs: https:/),
    },
  });
  expect(warning.skipped.message).toBe('warning: the grace is 20 s, the shutdown needs 45 s');
  expect(question.name).toBe('runtime-unknown (container main)');
  expect(acknowledged.skipped.message).toMatch(/^acknowledged: a cache that may be lost/);
});

test.each([
  ['warning', '2'],
  ['cannot-judge', '3'],
] as [Threshold, string][])('from %s on', (threshold, failures) => {
  expect(suitesOf(report(), threshold).failures).toBe(failures);
});

test('a file without findings has a test that passes', () => {
  const { testsuite } = suitesOf(report([]));
  expect(testsuite[0]).toEqual({
    name: 'k8s/broken.yaml',
    tests: '1',
    failures: '0',
    errors: '0',
    skipped: '0',
    testcase: [{ name: 'no findings', classname: 'k8s/broken.yaml' }],
  });
});

test('no text of a manifest breaks the XML', () => {
  const evil = '"<&>\u0000\u001b]]>\ud800\r\n\t--> {}';
  const made = report(
    [finding({ container: evil, message: evil, arithmetic: evil })],
    [{ ...brokenDocument, message: evil }],
  );
  const unjudged = { ...made, summary: { ...made.summary, notJudged: { '--><a': 1 } } };
  const [, orders] = suitesOf(unjudged).testsuite;
  expect(orders.testcase[0].failure.message).toContain('"<&>\ufffd\ufffd]]>\ufffd');
  expect(orders.testcase[0].failure['#text']).toContain('"<&>\ufffd\ufffd]]>');
});
