import fc from 'fast-check';
import { JsonStream, jsonObjectsIn } from '../../src/rehearsal/json-stream';

/** As kubectl prints them: whole objects, indented or not, one after another. */
const objects = fc.array(
  fc.record({ type: fc.constantFrom('ADDED', 'MODIFIED', 'DELETED'), object: fc.object({ maxDepth: 3 }) }),
  { maxLength: 5 },
);

test('objects are found wherever the pieces are cut', () => {
  fc.assert(
    fc.property(objects, fc.boolean(), fc.array(fc.nat(200), { maxLength: 20 }), (values, indented, cuts) => {
      const json = values.map((value) => JSON.parse(JSON.stringify(value)));
      const text = json.map((value) => JSON.stringify(value, null, indented ? 4 : 0)).join('\n');
      const found: unknown[] = [];
      const stream = new JsonStream((value) => found.push(value));
      let rest = text;
      for (const cut of cuts) {
        stream.push(rest.slice(0, cut));
        rest = rest.slice(cut);
      }
      stream.push(rest);
      expect(found).toEqual(json);
    }),
  );
});

test('character by character, with braces and quotes in strings', () => {
  const values = [{ message: 'a } brace, a { brace, a \\" quote \\\\' }, { message: 'é€😀' }];
  const found: unknown[] = [];
  const stream = new JsonStream((value) => found.push(value));
  for (const character of values.map((value) => JSON.stringify(value)).join('')) stream.push(character);
  expect(found).toEqual(values);
});

test('what is between the objects does not matter, nor what is in braces and no JSON', () => {
  expect(jsonObjectsIn('listening on "8080"\n{"a":1}\n{not json}\n} {"b":{"c":2}}')).toEqual([
    { a: 1 },
    { b: { c: 2 } },
  ]);
});
