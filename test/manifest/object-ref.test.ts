import { describeObject, objectRefOf } from '../../src/manifest/object-ref';

describe('objectRefOf and describeObject', () => {
  test.each([
    [
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace: 'inference', name: 'llama' } },
      'apps/v1 Deployment inference/llama',
    ],
    [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'llama' } }, 'v1 Service llama'],
    [{ apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'llama-' } }, 'v1 Pod llama-'],
    [{ apiVersion: 'v1', kind: 'Pod', metadata: null }, 'v1 Pod (no name)'],
    [{ apiVersion: 1, kind: null }, '  (no name)'],
    [null, '  (no name)'],
  ])('%j is %j', (json, text) => {
    expect(describeObject(objectRefOf(json))).toBe(text);
  });
});
