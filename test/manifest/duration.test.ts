import { formatSeconds, parseJavaSeconds, parseSeconds, parseSpringSeconds } from '../../src/manifest/duration';

describe('parseSeconds', () => {
  test.each([
    ['0s', 0],
    ['150s', 150],
    ['2m', 120],
    ['1h', 3600],
    ['2m30s', 150],
    ['1h0m1s', 3601],
    [' 30s ', 30],
    ['90m', 5400],
    ['9007199254740991s', Number.MAX_SAFE_INTEGER],
  ])('%j is %d s', (text, seconds) => {
    expect(parseSeconds(text)).toBe(seconds);
  });

  test.each(['', ' ', '30', '-30s', '+30s', '1.5s', '30 s', '30S', '30s1m', '1d', '500ms', 's', 'PT30S', '1e3s'])(
    '%j is no duration',
    (text) => {
      expect(parseSeconds(text)).toBeUndefined();
    },
  );

  test('what is no exact number any more is none', () => {
    expect(parseSeconds('9007199254740993s')).toBeUndefined();
    expect(parseSeconds(`${'9'.repeat(400)}h`)).toBeUndefined();
  });

  test('what is written is read back', () => {
    for (const seconds of [0, 1, 59, 60, 3600, 86401]) expect(parseSeconds(formatSeconds(seconds))).toBe(seconds);
    expect(formatSeconds(150)).toBe('150s');
  });
});

describe('parseSpringSeconds', () => {
  test.each([
    ['30s', 30],
    ['30S', 30],
    ['2m', 120],
    ['1h', 3600],
    ['1d', 86400],
    ['30000', 30],
    ['30', 0.03],
    ['500ms', 0.5],
    ['1000000us', 1],
    ['2000000000ns', 2],
    ['+10s', 10],
    ['-10s', -10],
    [' 10s ', 10],
    ['PT30S', 30],
    ['pt30s', 30],
    ['PT1M30S', 90],
    ['PT1H', 3600],
    ['PT0.5S', 0.5],
  ])('%j is %d s', (text, seconds) => {
    expect(parseSpringSeconds(text)).toBeCloseTo(seconds, 9);
  });

  test.each(['', 's', '30 s', '1.5s', '30sec', '2w', 'PT', 'P', 'PTS', 'forever', '1m30s'])(
    '%j is no duration',
    (text) => {
      expect(parseSpringSeconds(text)).toBeUndefined();
    },
  );

  test.each([`${'9'.repeat(400)}d`, `PT${'9'.repeat(400)}H`])('no end is no duration', (text) => {
    expect(parseSpringSeconds(text)).toBeUndefined();
  });
});

describe('parseJavaSeconds', () => {
  test.each([
    ['30', 30],
    ['30s', 30],
    ['PT1M30S', 90],
    ['1500ms', 1.5],
    [' 2m ', 120],
    ['soon', undefined],
    ['', undefined],
  ])('%j is %s', (text, seconds) => {
    expect(parseJavaSeconds(text)).toBe(seconds);
  });
});
