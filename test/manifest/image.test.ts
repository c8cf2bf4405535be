import { imageOf, isFloating } from '../../src/manifest/image';

describe('imageOf', () => {
  test('keeps the reference and takes it apart', () => {
    expect(imageOf('registry.example.com:5000/shop/orders:1.8.2@sha256:abc')).toEqual({
      reference: 'registry.example.com:5000/shop/orders:1.8.2@sha256:abc',
      repository: 'registry.example.com:5000/shop/orders',
      tag: '1.8.2',
      digest: 'sha256:abc',
    });
    expect(imageOf('nginx')).toEqual({
      reference: 'nginx',
      repository: 'docker.io/library/nginx',
      tag: undefined,
      digest: undefined,
    });
  });
});

describe('isFloating', () => {
  test.each([
    ['nginx', true],
    ['nginx:latest', true],
    ['nginx:', true],
    ['registry.example.com:5000/nginx', true],
    ['', true],
    ['nginx:1.29', false],
    ['nginx:latest-alpine', false],
    ['nginx@sha256:abc', false],
    ['nginx:latest@sha256:abc', false],
  ])('%j: %p', (reference, floating) => {
    expect(isFloating(imageOf(reference))).toBe(floating);
  });
});
