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
    ['ghcr.io/huggingface/text-generation-inference:3.3.7-rocm', 'tgi', '3.3.7'],
    ['ghcr.io/huggingface/text-embeddings-inference:1.9', 'tei', '1.9.0'],
    ['ghcr.io/huggingface/text-embeddings-inference:cpu-1.9', 'tei', undefined],
    ['nvcr.io/nvidia/tritonserver:26.08-py3', 'triton', undefined],
    ['nvcr.io/nvidia/tensorrt-llm/release:1.2.0', 'tensorrt-llm', '1.2.0'],
    ['ghcr.io/ggml-org/llama.cpp:server-cuda-b11434', 'llama-cpp', undefined],
    ['ollama/ollama:0.33.0-rocm', 'ollama', '0.33.0'],
    ['openmmlab/lmdeploy:v0.16.0-cu12', 'lmdeploy', '0.16.0'],
    ['pytorch/torchserve:0.12.0-gpu', 'torchserve', '0.12.0'],
    ['michaelf34/infinity:0.0.77', 'infinity', '0.0.77'],
    ['nginx:1.29.8-alpine', 'nginx', '1.29.8'],
    ['nginx:stable', 'nginx', undefined],
    ['docker.io/library/nginx:1.29', 'nginx', '1.29.0'],
    ['nginxinc/nginx-unprivileged:1.29-alpine-slim', 'nginx', '1.29.0'],
    ['ghcr.io/nginxinc/nginx-unprivileged:1.29.5', 'nginx', '1.29.5'],
    ['httpd:2.4.66-alpine', 'httpd', '2.4.66'],
    ['php:8.4.2-fpm-alpine', 'php-fpm', '8.4.2'],
    ['php:fpm', 'php-fpm', undefined],
    ['php:8.4.2-apache', 'httpd', undefined],
    ['haproxy:3.4.6-alpine', 'haproxy', '3.4.6'],
    ['envoyproxy/envoy:v1.36.2', 'envoy', '1.36.2'],
    ['envoyproxy/envoy:distroless-v1.36.2', 'envoy', undefined],
    ['caddy:2.11-alpine', 'caddy', '2.11.0'],
    ['traefik:v3.7.1', 'traefik', '3.7.1'],
    ['tomcat:11.0.25-jdk21', 'tomcat', '11.0.25'],
    ['jetty:12.0.14-jdk21', 'jetty', '12.0.14'],
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
    'php:8.4-cli',
    'php:8.4',
    'php',
    'ghcr.io/ggml-org/llama.cpp:light-b11434',
    'ghcr.io/ggml-org/llama.cpp',
    'nvcr.io/nim/meta/llama-3.1-8b-instruct:1.10.0',
    'rayproject/ray:2.60.0',
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

test('the distroless image of Envoy has none of the programs that the other has', () => {
  expect(runtimeOfImage('envoyproxy/envoy:distroless-v1.36.2')?.image.tools).toEqual([]);
  expect(runtimeOfImage('envoyproxy/envoy:v1.36.2')?.image.tools).toBeUndefined();
});

test('no two runtimes claim one image or one command', () => {
  const images = runtimes.flatMap(({ images: { value } }) => value.map((i) => `${i.repository} ${i.tagWord ?? ''}`));
  expect(images.filter((image, i) => images.indexOf(image) !== i)).toEqual([]);
  const commands = runtimes.flatMap(({ commands: fact }) => fact?.value ?? []);
  expect(commands.length).toBeGreaterThan(25);
  expect(commands.filter((command, i) => commands.indexOf(command) !== i)).toEqual([]);
});

describe('runtime', () => {
  test('finds each by its id', () => {
    const ids = runtimes.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['spring-boot', 'nginx', 'httpd', 'php-fpm', 'vllm', 'celery']));
    expect(new Set(ids).size).toBe(ids.length);
    for (const facts of runtimes) expect(runtime(facts.id)).toBe(facts);
    expect(runtime('toString')).toBeUndefined();
  });
});
