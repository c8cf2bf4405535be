import type { JsonObject } from '../../../src/manifest/json';
import { type RuleCases, withCompanions } from './case';
import { type Changes, container, deployment, deploymentStating } from './manifests';

const stating = (
  intent: Readonly<Record<string, string | undefined>>,
  ...containers: readonly JsonObject[]
): JsonObject => deploymentStating(intent, { spec: { template: { spec: { containers } } } });

const running = (command: readonly string[], changes: Changes = {}): JsonObject =>
  container({ lifecycle: { preStop: { sleep: undefined, exec: { command } } }, ...changes });

const hook = (image: string, ...command: readonly string[]): JsonObject => stating({}, running(command, { image }));
const distroless = (tag: string, ...command: readonly string[]) =>
  hook(`gcr.io/distroless/java21-debian12:${tag}`, ...command);

export const cases: RuleCases = {
  rule: 'command-not-in-image',
  violation: [
    withCompanions(
      'a shell in a distroless image',
      distroless('nonroot', '/bin/sh', '-c', 'sleep 10'),
      'lifecycle.preStop needs sh, sleep, which image gcr.io/distroless/java21-debian12:nonroot does not have (its name): the hook fails and SIGTERM comes at once',
      'use lifecycle.preStop.sleep, which needs no program',
    ),
    withCompanions(
      'an image for a Java program of a team',
      hook('registry.example.com/orders:1.8.2-distroless', 'sleep', '10'),
      'needs sleep',
    ),
    withCompanions('the same from Docker Hub', hook('chainguard/jre:openjdk-21', 'sleep', '10'), 'needs sleep'),
    withCompanions('a Chainguard image', hook('cgr.dev/chainguard/jre:openjdk-21', 'sleep', '10'), 'needs sleep'),
    withCompanions(
      'python without a shell',
      hook('gcr.io/distroless/python3-debian12:nonroot', 'sh', '-c', 'python3 -c pass'),
      'needs sh,',
    ),
    withCompanions(
      'no curl in nginx',
      hook('nginx:1.27', 'sh', '-c', 'curl -X POST localhost/drain; sleep 10'),
      'needs curl, which image nginx:1.27 does not have',
    ),
    withCompanions(
      'a stated list without it',
      stating({ 'image-tools': 'sh' }, running(['sh', '-c', 'sleep 10'])),
      'needs sleep',
      'annotation cdk8s-graceful/image-tools',
    ),
    withCompanions(
      'a stated list of nothing',
      stating({ 'image-tools': 'none' }, running(['cat', '/tmp/x'])),
      'needs cat',
    ),
    withCompanions(
      'a probe',
      stating(
        {},
        container({
          image: 'gcr.io/distroless/static:nonroot',
          readinessProbe: { httpGet: undefined, exec: { command: ['cat', '/tmp/ready'] } },
        }),
      ),
      'readinessProbe needs cat',
      'the container never becomes ready',
      'use httpGet',
    ),
    withCompanions(
      'a liveness probe and postStart',
      stating(
        {},
        container({
          image: 'gcr.io/distroless/static:nonroot',
          livenessProbe: { httpGet: undefined, exec: { command: ['sh', '-c', 'true'] } },
          lifecycle: { postStart: { exec: { command: ['rm', '-f', '/tmp/draining'] } } },
        }),
      ),
      'livenessProbe needs sh',
      'lifecycle.postStart needs rm',
    ),
    withCompanions(
      'one text in place of words',
      hook('registry.example.com/orders:1.8.2', 'sleep 10'),
      "runs a program of the name 'sleep 10'",
      '[sleep, 10]',
    ),
    withCompanions(
      'the image of a sidecar',
      stating(
        { 'image-tools': 'sleep' },
        container(),
        running(['sleep', '5'], { name: 'proxy', image: 'cgr.dev/chainguard/envoy:1', ports: [] }),
      ),
      'needs sleep',
    ),
  ],
  pass: [
    withCompanions(
      'a shell in the vLLM image',
      hook('vllm/vllm-openai:v0.32.0', '/bin/sh', '-c', 'sleep 10'),
      'has what its hooks and probes need',
    ),
    withCompanions(
      'a stated list',
      stating({ 'image-tools': 'sh, sleep, jq' }, running(['sh', '-c', 'jq . x; sleep 10'])),
      'image-tools',
    ),
    withCompanions(
      'a program of the application itself',
      stating({ 'image-tools': 'none' }, running(['/app/drain'])),
      'has what its hooks and probes need',
    ),
    withCompanions(
      "the image's own program",
      hook('nginx:1.27', 'nginx', '-s', 'quit'),
      'has what its hooks and probes need',
    ),
    withCompanions(
      'only a probe in an image that nobody knows',
      stating({}, container({ readinessProbe: { httpGet: undefined, exec: { command: ['/bin/grpc_health_probe'] } } })),
      'show at the first start',
    ),
  ],
  notApplicable: [withCompanions('the sleep action and httpGet', deployment(), 'no hook and no probe runs a program')],
  cannotJudge: [
    withCompanions(
      'an image that nobody knows',
      hook('registry.example.com/orders:1.8.2', 'sleep', '10'),
      'whether image registry.example.com/orders:1.8.2 has sleep',
    ),
    withCompanions('the debug variant', distroless('debug-nonroot', 'sleep', '10'), 'has sleep'),
    withCompanions('the dev variant', hook('cgr.dev/chainguard/jre:latest-dev', 'sleep', '10'), 'has sleep'),
    withCompanions('a program that nobody listed', hook('vllm/vllm-openai:v0.32.0', 'jq', '.'), 'has jq'),
  ],
};
