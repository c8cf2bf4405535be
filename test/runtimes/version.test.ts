import { compareVersions, isNewerThan, parseVersion } from '../../src/runtimes/version';

describe('parseVersion', () => {
  test.each([
    ['v0.32.0', '0.32.0'],
    ['0.32.0', '0.32.0'],
    ['v0.32.0-cu130', '0.32.0'],
    ['0.18', '0.18.0'],
    ['1.29-alpine', '1.29.0'],
    ['3.5.0-RC1', '3.5.0'],
    ['2.3.0.RELEASE', '2.3.0'],
    ['v0.5.6.post2-cu129', '0.5.6'],
    ['v0.11.0rc1', '0.11.0'],
    ['0.32.0+cpu', '0.32.0'],
    ['v0.10.1.1', '0.10.1'],
    ['3.5.x', '3.5.0'],
  ])('reads %s as %s', (text, expected) => {
    expect(parseVersion(text)).toBe(expected);
  });

  test.each([
    '',
    'latest',
    'nightly-0123.4',
    '3',
    '1-alpine',
    'stable-alpine',
    'cu13.0',
    'v',
    '1.',
    '1.2-',
    ' 1.2.3',
    '1.2.3 ',
    '-1.2',
  ])('reads no version from %j', (text) => {
    expect(parseVersion(text)).toBeUndefined();
  });
});

describe('compareVersions', () => {
  test.each([
    ['0.9.0', '0.10.0', -1],
    ['0.10.0', '0.9.9', 1],
    ['1.0.0', '0.99.99', 1],
    ['3.4.0', '3.4.0', 0],
    ['0.18', '0.18.0', 0],
    ['3.4.1', '3.4.0', 1],
  ])('orders %s and %s by number', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
  });
});

describe('isNewerThan', () => {
  test.each([
    ['0.32.9', '0.32', false],
    ['0.33.0', '0.32', true],
    ['0.31.0', '0.32', false],
    ['0.5.23', '0.5.23', false],
    ['0.5.24', '0.5.23', true],
    ['1.0.0', '0.5.23', true],
  ])('%s against the checked %s', (version, checked, newer) => {
    expect(isNewerThan(version, checked)).toBe(newer);
  });
});
