import { parseIntOrPercent, scaled } from '../../src/termination/int-or-percent';

describe('parseIntOrPercent', () => {
  test.each([
    [0, { kind: 'int', value: 0 }],
    [3, { kind: 'int', value: 3 }],
    [2147483647, { kind: 'int', value: 2147483647 }],
    ['0%', { kind: 'percent', value: 0 }],
    ['25%', { kind: 'percent', value: 25 }],
    ['007%', { kind: 'percent', value: 7 }],
    ['150%', { kind: 'percent', value: 150 }],
  ])('reads %p', (value, parsed) => {
    expect(parseIntOrPercent(value)).toEqual(parsed);
  });

  test.each([
    ['3', "'3' is not a percentage such as '25%'; write 3 without quotes for a count"],
    ['-5%', "'-5%' is not a percentage such as '25%'"],
    ['+5%', "'+5%' is not a percentage such as '25%'"],
    ['2.5%', "'2.5%' is not a percentage such as '25%'"],
    ['25 %', "'25 %' is not a percentage such as '25%'"],
    ['%', "'%' is not a percentage such as '25%'"],
    ['25%\n', "'25%\n' is not a percentage such as '25%'"],
    ['', "'' is not a percentage such as '25%'"],
    ['2147483648%', "'2147483648%' is more than 2147483647 %"],
    [-1, '-1 is not a whole number between 0 and 2147483647'],
    [1.5, '1.5 is not a whole number between 0 and 2147483647'],
    [Number.NaN, 'NaN is not a whole number between 0 and 2147483647'],
    [2147483648, '2147483648 is not a whole number between 0 and 2147483647'],
    [undefined, "a whole number or a percentage such as '25%' is needed, not nothing"],
    [null, "a whole number or a percentage such as '25%' is needed, not nothing"],
    [true, "a whole number or a percentage such as '25%' is needed, not a value of type boolean"],
    [['25%'], "a whole number or a percentage such as '25%' is needed, not a list"],
  ])('refuses %p', (value, reason) => {
    expect(parseIntOrPercent(value)).toEqual({ kind: 'invalid', reason });
  });
});

describe('scaled', () => {
  test('rounds like the formulas for all totals to 1000 and percentages to 100', () => {
    const wrong: string[] = [];
    for (let total = 0; total <= 1000; total++) {
      for (let percent = 0; percent <= 100; percent++) {
        const product = percent * total;
        const rest = product % 100;
        const down = (product - rest) / 100;
        const up = rest === 0 ? down : down + 1;
        const value = `${percent}%`;
        if (scaled(value, total, 'up') !== up || scaled(value, total, 'down') !== down)
          wrong.push(`${value} of ${total}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('takes a count as it is, also above the total', () => {
    expect(scaled(7, 3, 'down')).toBe(7);
    expect(scaled('150%', 3, 'up')).toBe(5);
  });

  test('throws the reason', () => {
    expect(() => scaled('3', 4, 'up')).toThrow(
      new RangeError(`'3' is not a percentage such as '25%'; write 3 without quotes for a count`),
    );
    expect(() => scaled(1, 2.5, 'up')).toThrow(new RangeError('total is 2.5; it must be a whole number, zero or more'));
  });
});
