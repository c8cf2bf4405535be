import {
  copyOf,
  countAt,
  isObject,
  listAt,
  numberAt,
  objectAt,
  objectsAt,
  textAt,
  textMapAt,
  textsAt,
  valueAt,
} from '../../src/manifest/json';

const MANIFEST = {
  text: 'a',
  number: 1.5,
  count: 3,
  nothing: null,
  flag: true,
  empty: '',
  map: { a: '1', b: '2' },
  mixed: { a: '1', b: 2, c: null, d: ['3'] },
  texts: ['a', 'b'],
  list: ['a', 1, null, { x: 1 }, [{ y: 1 }], { z: 2 }],
  deep: { deeper: { deepest: 'found' } },
};

describe('valueAt', () => {
  test('goes down by keys, and stops where there is nothing to go into', () => {
    expect(valueAt(MANIFEST, 'deep', 'deeper', 'deepest')).toBe('found');
    expect(valueAt(MANIFEST)).toBe(MANIFEST);
    expect(valueAt(MANIFEST, 'nothing')).toBeNull();
    for (const start of ['text', 'nothing', 'number', 'list', 'absent']) {
      expect(valueAt(MANIFEST, start, '0', 'x')).toBeUndefined();
    }
    for (const nothing of [undefined, null, 'text', 3]) expect(valueAt(nothing, 'length')).toBeUndefined();
  });
});

describe('each reader gives the shape that was asked for, or nothing', () => {
  const KEYS = Object.keys(MANIFEST);
  const readers = {
    text: [textAt, { text: 'a', empty: '' }],
    number: [numberAt, { number: 1.5, count: 3 }],
    count: [countAt, { count: 3 }],
    object: [objectAt, { map: MANIFEST.map, mixed: MANIFEST.mixed, deep: MANIFEST.deep }],
    texts: [textsAt, { texts: ['a', 'b'] }],
  } as const;

  test.each(Object.entries(readers))('%s', (_, [reader, found]) => {
    const read = Object.fromEntries(
      KEYS.map((key) => [key, reader(MANIFEST, key)]).filter(([, value]) => value !== undefined),
    );
    expect(read).toEqual(found);
  });

  test('lists are empty where there is none', () => {
    expect(listAt(MANIFEST, 'texts')).toEqual(['a', 'b']);
    for (const key of ['map', 'nothing', 'text', 'absent']) expect(listAt(MANIFEST, key)).toEqual([]);
    expect(objectsAt(MANIFEST, 'list')).toEqual([{ x: 1 }, { z: 2 }]);
    expect(objectsAt(MANIFEST, 'map')).toEqual([]);
  });

  test('maps of texts leave everything else out', () => {
    expect(textMapAt(MANIFEST, 'map')).toBe(MANIFEST.map);
    expect(textMapAt(MANIFEST, 'mixed')).toEqual({ a: '1' });
    for (const key of ['nothing', 'text', 'list', 'absent']) expect(textMapAt(MANIFEST, key)).toEqual({});
  });

  test.each([
    [0, 0],
    [2147483647, 2147483647],
    [2147483648, undefined],
    [-1, undefined],
    [0.5, undefined],
    ['3', undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
  ])('%p as a count is %p', (value, count) => {
    expect(countAt({ value }, 'value')).toBe(count);
  });

  test('what no JSON holds is no number', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) expect(numberAt({ value }, 'value')).toBeUndefined();
  });

  test.each([
    [{}, true],
    [{ a: 1 }, true],
    [[], false],
    [null, false],
    [undefined, false],
    ['{}', false],
    [1, false],
  ])('%j is an object: %p', (value, expected) => {
    expect(isObject(value)).toBe(expected);
  });
});

describe('copyOf', () => {
  test('is equal, and shares nothing', () => {
    const copy = copyOf(MANIFEST) as typeof MANIFEST;
    expect(copy).toEqual(MANIFEST);
    expect(JSON.stringify(copy)).toBe(JSON.stringify(MANIFEST));
    copy.map.a = 'changed';
    copy.texts.push('changed');
    copy.deep.deeper.deepest = 'changed';
    (copy.list[3] as { x: number }).x = 99;
    expect(MANIFEST).toMatchObject({ map: { a: '1' }, texts: ['a', 'b'], deep: { deeper: { deepest: 'found' } } });
    expect(MANIFEST.list[3]).toEqual({ x: 1 });
  });

  test('leaves out what is undefined, and keeps null', () => {
    expect(copyOf({ a: undefined, b: null, c: [{ d: undefined }] })).toStrictEqual({ b: null, c: [{}] });
    for (const value of [null, undefined, 'x', 0, false]) expect(copyOf(value)).toBe(value);
  });
});
