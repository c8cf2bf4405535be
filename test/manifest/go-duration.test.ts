import { parseGoSeconds } from '../../src/manifest/go-duration';

test.each([
  ['150s', 150],
  ['1h30m', 5400],
  ['2m30s', 150],
  ['500ms', 0.5],
  ['1.5h', 5400],
  ['0', 0],
  ['0s', 0],
])('%s is %s s', (text, seconds) => {
  expect(parseGoSeconds(text)).toBe(seconds);
});

test.each(['', '30', 's', '1h 30m', '1d', '-5s', '1h'.repeat(30)])('%j is none', (text) => {
  expect(parseGoSeconds(text)).toBeUndefined();
});
