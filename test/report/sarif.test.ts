import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { Log } from 'sarif';
import { sarif } from '../../src/report/sarif';
import { rules } from '../../src/rules';
import { brokenDocument, finding, report, textOf } from './reports';

/** The schema of the standard, as Microsoft's SDK carries it; its draft of JSON Schema differs from ours in `id` only. */
const { id: _id, $schema: _draft, ...schema } = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(schema);

const places = {
  rootUri: 'file:///repo/',
  uriOf: (file: string) => (file.startsWith('/') ? `file://${file}` : encodeURI(file)),
};
const logOf = (made = report(undefined, [brokenDocument])): Log =>
  JSON.parse(textOf(sarif(made, 'error', '1.2.3', places)));
const runOf = (...args: Parameters<typeof logOf>) => logOf(...args).runs[0] as Log['runs'][0];

test.each([
  ['every severity and a problem', logOf()],
  ['nothing', logOf(report([]))],
  ['no file or line', logOf(report([finding({ file: undefined, line: undefined })]))],
  ['a lone surrogate in a name', logOf(report([finding({ container: '\ud800' })]))],
])('a log of %s passes the official schema', (_name, log) => {
  validate(log);
  expect(validate.errors).toBeNull();
});

test('the official schema tells a wrong log', () => {
  const log = logOf() as any;
  log.runs[0].results[0].level = 'fatal';
  expect(validate(log)).toBe(false);
  expect(validate({ version: '2.1.0' })).toBe(false);
});

test('every rule is there, with what code scanning shows of it', () => {
  const { driver } = runOf().tool;
  expect(driver).toMatchObject({ name: 'cdk8s-graceful', semanticVersion: '1.2.3' });
  expect(driver.rules?.map((rule) => rule.id)).toEqual(rules.map((rule) => rule.id));
  for (const [index, rule] of (driver.rules ?? []).entries()) {
    const { hazard, remedy, severity, title } = rules[index] as (typeof rules)[0];
    expect(rule).toMatchObject({
      shortDescription: { text: title },
      fullDescription: { text: hazard },
      defaultConfiguration: { level: severity },
      helpUri: expect.stringMatching(/^https:.*#/),
    });
    expect(rule.help?.markdown).toContain(remedy);
    expect(rule.fullDescription?.text.length).toBeLessThan(1024);
  }
});

test('levels, places below the root, and messages with the sum', () => {
  const { results = [], originalUriBaseIds } = runOf();
  expect(originalUriBaseIds).toEqual({ '%SRCROOT%': { uri: 'file:///repo/' } });
  expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
    ['pdb-missing', 'warning'],
    ['grace-shorter-than-shutdown', 'error'],
    ['runtime-unknown', 'note'],
    ['host-path-volume', 'warning'],
  ]);
  for (const { ruleId, ruleIndex = -1 } of results) expect(rules[ruleIndex]?.id).toBe(ruleId);
  expect(results[1]).toMatchObject({
    message: {
      text: 'apps/v1 Deployment shop/orders: the grace is 20 s, the shutdown needs 45 s\n10 s + 30 s + 5 s = 45 s\nfix: raise it',
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'k8s/orders.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 12 },
        },
        logicalLocations: [{ name: 'orders', fullyQualifiedName: 'apps/v1 Deployment shop/orders' }],
      },
    ],
  });
});

test('a file outside of the root keeps its whole URI', () => {
  const [result] = runOf(report([finding({ file: '/elsewhere/a.yaml' })])).results ?? [];
  expect(result?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual({ uri: 'file:///elsewhere/a.yaml' });
});

test('what is acknowledged is suppressed with its reason, and nothing else is', () => {
  const suppressions = runOf().results?.map((result) => result.suppressions);
  expect(suppressions).toEqual([
    [],
    [],
    [],
    [{ kind: 'inSource', status: 'accepted', justification: 'a cache that may be lost' }],
  ]);
});

test('a fingerprint outlives a shift of lines and other numbers, and is of one finding only', () => {
  const prints = (...made: Parameters<typeof finding>[0][]) =>
    runOf(report(made.map(finding))).results?.map((result) => result.partialFingerprints?.['finding/v1']);
  expect(prints({ line: 40, message: 'the grace is 21 s' })).toEqual(prints({}));
  expect(new Set(prints({}, {}, { container: 'main' }, { field: 'spec' }, { rule: 'pdb-missing' })).size).toBe(5);
  expect(prints({ container: 'a/b' })).not.toEqual(prints({ container: 'a', field: 'b' }));
});

test('what could not be read is a notification of a run that did not succeed', () => {
  expect(runOf().invocations).toEqual([
    {
      executionSuccessful: false,
      exitCode: 2,
      toolExecutionNotifications: [
        {
          level: 'error',
          message: { text: 'this is not valid YAML' },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'k8s/broken.yaml', uriBaseId: '%SRCROOT%' },
                region: { startLine: 3 },
              },
            },
          ],
        },
      ],
    },
  ]);
  expect(runOf(report()).invocations?.[0]).toMatchObject({ executionSuccessful: true, exitCode: 1 });
  expect(runOf(report([])).invocations?.[0]).toMatchObject({ executionSuccessful: true, exitCode: 0 });
});
