import { formatKubernetesVersion, parseKubernetesVersion } from '../../src/kubernetes/version';

test.each([
  ['1.34', { minor: 34 }, '1.34'],
  ['1.36.3', { minor: 36, patch: 3 }, '1.36.3'],
  ['v1.34.4', { minor: 34, patch: 4 }, '1.34.4'],
  ['v1.34', { minor: 34 }, '1.34'],
  ['1.35.0-gke.1171000', { minor: 35, patch: 0 }, '1.35.0'],
  ['1.34.1+k3s1', { minor: 34, patch: 1 }, '1.34.1'],
  ['1.33+', { minor: 33 }, '1.33'],
])('%s', (text, version, formatted) => {
  expect(parseKubernetesVersion(text)).toEqual(version);
  expect(formatKubernetesVersion(version)).toBe(formatted);
});

test.each([
  '',
  '1',
  '34',
  '2.0',
  '0.34',
  '1.34.',
  '1.34.x',
  '1.034',
  '1.34.4.5',
  ' 1.34',
  'latest',
  'v2.1.0',
  '1.3400',
  '11.34',
])('%j is no Kubernetes version', (text) => {
  expect(parseKubernetesVersion(text)).toBeUndefined();
});
