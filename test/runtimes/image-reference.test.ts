import { parseImageReference } from '../../src/runtimes/image-reference';

describe('parseImageReference', () => {
  test.each([
    ['nginx', 'docker.io/library/nginx', undefined, undefined],
    ['nginx:1.29', 'docker.io/library/nginx', '1.29', undefined],
    ['docker.io/nginx:1.29', 'docker.io/library/nginx', '1.29', undefined],
    ['index.docker.io/library/nginx', 'docker.io/library/nginx', undefined, undefined],
    ['registry-1.docker.io/vllm/vllm-openai', 'docker.io/vllm/vllm-openai', undefined, undefined],
    ['vllm/vllm-openai:v0.32.0', 'docker.io/vllm/vllm-openai', 'v0.32.0', undefined],
    ['localhost/orders', 'localhost/orders', undefined, undefined],
    ['localhost:5000/orders', 'localhost:5000/orders', undefined, undefined],
    ['registry.example.com:5000/a/b:1@sha256:00', 'registry.example.com:5000/a/b', '1', 'sha256:00'],
    ['quay.io/nginx@sha256:00', 'quay.io/nginx', undefined, 'sha256:00'],
  ])('takes %s apart', (image, repository, tag, digest) => {
    expect(parseImageReference(image)).toEqual({ repository, tag, digest });
  });
});
