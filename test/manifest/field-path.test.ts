import { fieldParts } from '../../src/manifest/field-path';

test.each([
  ['spec', ['spec']],
  ['spec.template.spec.volumes', ['spec', 'template', 'spec', 'volumes']],
  ['spec.rules[0].host', ['spec', 'rules', '0', 'host']],
  ["metadata.annotations['example.com/a.b[0]']", ['metadata', 'annotations', 'example.com/a.b[0]']],
  ['', []],
])('%s', (field, parts) => {
  expect(fieldParts(field)).toEqual(parts);
});
