import { runtime, runtimeOfImage, runtimes } from '../../src/runtimes';

describe('runtimeOfImage', () => {
  test.each([
    ['vllm/vllm-openai:v0.32.0', 'vllm', '0.32.0'],
    ['vllm/vllm-openai:v0.32.0-cu130', 'vllm', '0.32.0'],
    ['docker.io/vllm/vllm-openai:v0.18.1', 'vllm', '0.18.1'],
    ['vllm/vllm-openai:v0.32.0@sha256:0123', 'vllm', '0.32.0'],
    ['vllm/vllm-openai@sha256:0123', 'vllm', undefined],
    ['vllm/vllm-openai:latest', 'vllm', undefined],
    ['vllm/vllm-openai:nightly', 'vllm', undefined],
    ['vllm/vllm-openai', 'vllm', undefined],
    ['lmsysorg/sglang:v0.5.23-cu130', 'sglang', '0.5.23'],
    ['lmsysorg/sglang:v0.5.6.post2', 'sglang', '0.5.6'],
    ['lmsysorg/sglang:latest', 'sglang', undefined],
    ['nginx:1.29.8-alpine', 'nginx', '1.29.8'],
    ['nginx:stable', 'nginx', undefined],
    ['docker.io/library/nginx:1.29', 'nginx', '1.29.0'],
    ['nginxinc/nginx-unprivileged:1.29-alpine-slim', 'nginx', '1.29.0'],
    ['ghcr.io/nginxinc/nginx-unprivileged:1.29.5', 'nginx', '1.29.5'],
  ])('%s runs %s %s', (image, id, version) => {
    const recognised = runtimeOfImage(image);
    expect(recognised?.facts.id).toBe(id);
    expect(recognised?.version).toBe(version);
    expect(recognised?.recognisedBy).toContain('image repository ');
  });

  test.each([
    'registry.example.com/orders:1.8.2',
    'registry.example.com/vllm/vllm-openai:v0.32.0',
    'quay.io/nginx:1.29',
    'example/nginx:1.29',
    'vllm-openai:v0.32.0',
    'rocm/vllm:rocm7.0.0_vllm_0.11.1',
    'node:22',
    'nginx-exporter:1.0',
    '',
  ])('%j is not certain to run anything', (image) => {
    expect(runtimeOfImage(image)).toBeUndefined();
  });

  test('tells the nginx image that needs root and port 80 from the unprivileged one', () => {
    expect(runtimeOfImage('nginx:1.29')?.image).toMatchObject({ port: 80, needsRoot: true });
    const { facts, image } = runtimeOfImage('nginxinc/nginx-unprivileged:1.29') ?? {};
    expect(image).toMatchObject({ runAsUser: 101 });
    expect(image?.needsRoot).toBeUndefined();
    expect(image?.port ?? facts?.port?.value).toBe(8080);
  });
});

describe('runtime', () => {
  test('finds each by its id', () => {
    expect(runtimes.map(({ id }) => id)).toEqual([
      'spring-boot',
      'uvicorn',
      'fast-api',
      'nginx',
      'node-http',
      'vllm',
      'sglang',
    ]);
    for (const facts of runtimes) expect(runtime(facts.id)).toBe(facts);
    expect(runtime('toString')).toBeUndefined();
  });
});
