import { imageOf } from '../../src/manifest/image';
import { programsIn } from '../../src/manifest/image-programs';

type Says = 'has' | 'lacks' | 'nothing';

/** What is said of a program in an image. */
function says(image: string, stated: readonly string[] | undefined, tool: string): Says {
  const programs = programsIn(imageOf(image), stated);
  if (!programs?.knows(tool)) return 'nothing';
  return programs.lacks(tool) ? 'lacks' : 'has';
}

const TEAM = 'registry.example.com/orders:1.8.2';
const VLLM = 'vllm/vllm-openai:v0.32.0';

describe('programsIn', () => {
  test.each<readonly [string, readonly string[] | undefined, string, Says]>([
    [TEAM, undefined, 'sh', 'nothing'],
    [TEAM, ['sh', 'curl'], 'sh', 'has'],
    [TEAM, ['sh', 'curl'], 'wget', 'lacks'],
    [TEAM, ['sh', 'curl'], 'jq', 'nothing'],
    [TEAM, ['jq'], 'jq', 'has'],
    [TEAM, [], 'sh', 'lacks'],
    [TEAM, [], 'bash', 'lacks'],
    [TEAM, [], 'cat', 'lacks'],
    [TEAM, [], 'timeout', 'lacks'],
    [TEAM, [], 'drain', 'has'],
    ['envoyproxy/envoy:v1.36.2', undefined, 'sleep', 'has'],
    ['envoyproxy/envoy:distroless-v1.36.2', undefined, 'sleep', 'lacks'],
    [VLLM, undefined, 'curl', 'has'],
    [VLLM, undefined, 'wget', 'lacks'],
    [VLLM, undefined, 'vllm', 'has'],
    [VLLM, undefined, 'jq', 'nothing'],
    [VLLM, ['sh'], 'curl', 'lacks'],
    ['gcr.io/distroless/static:nonroot', undefined, 'sleep', 'lacks'],
    ['gcr.io/distroless/static:debug', undefined, 'sleep', 'nothing'],
    ['gcr.io/distroless/static', ['sleep'], 'sleep', 'has'],
    ['gcr.io/distroless/python3:nonroot', undefined, 'python3', 'has'],
    ['gcr.io/distroless/python3:nonroot', undefined, 'sh', 'lacks'],
    ['example.com/app:1.2-distroless', undefined, 'sh', 'lacks'],
    ['cgr.dev/chainguard/nginx:1', undefined, 'sh', 'lacks'],
    ['cgr.dev/chainguard/nginx:1-dev', undefined, 'sh', 'nothing'],
    ['cgr.dev/chainguard/wolfi-base:1', undefined, 'sh', 'nothing'],
    ['chainguard/jre:1', undefined, 'sh', 'lacks'],
    ['example.com/chainguard/jre:1', undefined, 'sh', 'nothing'],
    ['scratch', undefined, 'sh', 'lacks'],
    ['example.com/from-scratch:1', undefined, 'sh', 'nothing'],
  ])('%s, stated %j: %s: %s', (image, stated, tool, expected) => {
    expect(says(image, stated, tool)).toBe(expected);
  });

  test.each([
    [TEAM, ['sh'], 'annotation cdk8s-graceful/image-tools'],
    [TEAM, [], 'annotation cdk8s-graceful/image-tools'],
    [VLLM, undefined, 'image repository vllm/vllm-openai'],
    ['gcr.io/distroless/static', undefined, 'its name'],
    [TEAM, undefined, undefined],
  ])('%s, stated %j, is known by %p', (image, stated, knownBy) => {
    expect(programsIn(imageOf(image), stated)?.knownBy).toBe(knownBy);
  });
});
