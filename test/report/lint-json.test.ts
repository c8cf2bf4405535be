import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { lintJson } from '../../src/report/lint-json';
import { brokenDocument, finding, report, textOf } from './reports';

const schema = JSON.parse(readFileSync(join(__dirname, '../../docs/lint.schema.json'), 'utf8'));
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
addFormats(ajv);
const validate = ajv.compile(schema);

const jsonOf = (...args: Parameters<typeof report>) => JSON.parse(textOf(lintJson(report(...args))));

test.each([
  ['of every severity, and a problem', jsonOf(undefined, [brokenDocument])],
  ['of nothing', jsonOf([])],
  ['that knows neither file nor line', jsonOf([finding({ file: undefined, line: undefined })])],
])('a report %s fits the published schema', (_name, json) => {
  validate(json);
  expect(validate.errors).toBeNull();
});

test('the schema is strict enough to tell a wrong report', () => {
  const right = jsonOf();
  const wrong = [
    { ...right, version: 2 },
    { ...right, summary: undefined },
    { ...right, findings: [{ ...right.findings[0], severity: 'fatal' }] },
    { ...right, findings: [{ ...right.findings[0], line: 0 }] },
    { ...right, findings: [{ ...right.findings[0], acknowledged: undefined }] },
  ].map((each) => JSON.parse(JSON.stringify(each)));
  expect(wrong.map((each) => validate(each))).toEqual(wrong.map(() => false));
});

test('the schema names every field, and no other is written', () => {
  const json = jsonOf(undefined, [brokenDocument]);
  const { finding: findingOf, problem, summary } = schema.definitions;
  expect(Object.keys(json).sort()).toEqual(Object.keys(schema.properties).sort());
  expect(Object.keys(json.findings[0]).sort()).toEqual(Object.keys(findingOf.properties).sort());
  expect(Object.keys(json.findings[0].object).sort()).toEqual(
    Object.keys(findingOf.properties.object.properties).sort(),
  );
  expect(Object.keys(json.problems[0]).sort()).toEqual(Object.keys(problem.properties).sort());
  expect(Object.keys(json.summary).sort()).toEqual(Object.keys(summary.properties).sort());
});

test('what there is nothing to say of is null, and a reason is the acknowledgement', () => {
  const { findings } = jsonOf();
  expect(findings[0]).toMatchObject({
    rule: 'pdb-missing',
    container: null,
    field: null,
    arithmetic: null,
    acknowledged: null,
  });
  expect(findings[3]).toMatchObject({ severity: 'acknowledged', acknowledged: 'a cache that may be lost' });
  const object = { apiVersion: 'v1', kind: 'Pod', name: 'x' };
  expect(jsonOf([finding({ object })]).findings[0].object).toEqual({ ...object, namespace: null });
});
