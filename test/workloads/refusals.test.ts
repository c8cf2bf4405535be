import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  Accelerator,
  DrainGate,
  DrainStrategy,
  EngineConnections,
  GracefulInferenceDeployment,
  type GracefulInferenceDeploymentProps,
  GracefulWebService,
  type GracefulWebServiceProps,
  ImageTool,
  InferenceEngine,
  NodeLifecycle,
  SigtermBehavior,
  TrafficSource,
  WebRuntime,
} from '../../src';

const WEB: GracefulWebServiceProps = {
  image: 'registry.example.com/orders:1.8.2',
  runtime: WebRuntime.springBoot({ version: '3.5.0' }),
  longestRequest: Duration.seconds(30),
};

const INFERENCE: GracefulInferenceDeploymentProps = {
  image: 'vllm/vllm-openai:v0.32.0',
  engine: InferenceEngine.vllm({ model: 'm' }),
  accelerator: Accelerator.nvidia(1),
  longestRequest: Duration.seconds(150),
};

const web = (props: Partial<GracefulWebServiceProps>) => () =>
  new GracefulWebService(new Chart(new App(), 'chart'), 'web', { ...WEB, ...props });
const inference = (props: Partial<GracefulInferenceDeploymentProps>) => () =>
  new GracefulInferenceDeployment(new Chart(new App(), 'chart'), 'llm', { ...INFERENCE, ...props });
const custom = (options: Partial<Parameters<typeof WebRuntime.custom>[0]>) =>
  WebRuntime.custom({ sigterm: SigtermBehavior.DRAINS, port: 80, ...options });
const CLOSING = InferenceEngine.vllm({ model: 'm', connections: EngineConnections.CLOSE });
const sidecar = { name: 'proxy', image: 'registry.example.com/proxy:1' };
const front = { ...sidecar, inFront: true, port: 9001 };
const ABSOLUTE = kplus.PercentOrAbsolute.absolute;

const refusals: readonly (readonly [says: string, build: () => unknown])[] = [
  ['image is empty', web({ image: ' ' })],
  ['image is "a b:1", which has white space in it', web({ image: 'a b:1' })],
  ['longestRequest is 0 s, at least 1 s is needed', web({ longestRequest: Duration.seconds(0) })],
  ['longestRequest is 1.5 s: Kubernetes counts whole seconds', web({ longestRequest: Duration.millis(1500) })],
  ['margin is 2 s, at least 3 s is needed', web({ margin: Duration.seconds(2) })],
  ['replicas is 1.5, a whole number of at least 1 is needed', web({ replicas: 1.5 })],
  ['replicas is 0, a whole number of at least 1 is needed', web({ replicas: 0 })],
  ['replicas is NaN, a whole number of at least 1 is needed', web({ replicas: Number.NaN })],
  ['requiredReplicas is -1, a whole number of at least 0 is needed', web({ requiredReplicas: -1 })],
  ['port is 70000, a whole number from 1 to 65535 is needed', web({ port: 70000 })],
  ['servicePort is 0.5', web({ servicePort: 0.5 })],
  ['port is not given, and Node.js http has no port of its own', web({ runtime: WebRuntime.nodeHttp() })],
  ['replicas and autoscaling are both given', web({ replicas: 3, autoscaling: { minReplicas: 2, maxReplicas: 3 } })],
  ['autoscaling.minReplicas 5 is above maxReplicas 3', web({ autoscaling: { minReplicas: 5, maxReplicas: 3 } })],
  [
    'at most 3600 s',
    web({ autoscaling: { minReplicas: 2, maxReplicas: 3, scaleDownStabilization: Duration.hours(2) } }),
  ],
  ['needs resources.cpu.request', web({ autoscaling: { minReplicas: 2, maxReplicas: 3 } })],
  ['autoscaling.metrics', inference({ autoscaling: { minReplicas: 2, maxReplicas: 3 } })],
  ["kubernetesVersion is 'latest', not a version such as 1.34 or 1.36.3", web({ kubernetesVersion: 'latest' })],
  ['kubernetesVersion is 1.20, at least 1.27 is needed', web({ kubernetesVersion: '1.20' })],
  ['native sidecars, which Kubernetes has from 1.29 on', web({ kubernetesVersion: '1.28', sidecars: [sidecar] })],
  ['Spring Boot 2.2.0 is older than 2.3.0', web({ runtime: WebRuntime.springBoot({ version: '2.2.0' }) })],
  ["'soon' is not a version", web({ runtime: WebRuntime.springBoot({ version: 'soon' }) })],
  [
    "the tag 'nightly' of image vllm/vllm-openai:nightly gives no version of vLLM",
    inference({ image: 'vllm/vllm-openai:nightly' }),
  ],
  [
    'use an image that needs no root, such as nginxinc/nginx-unprivileged',
    web({ image: 'nginx:1.29.1', runtime: WebRuntime.nginx() }),
  ],
  ['the container name "proxy" is given twice', web({ sidecars: [sidecar, sidecar] })],
  ["sidecar 'proxy' is inFront, which needs a port", web({ sidecars: [{ ...sidecar, inFront: true }] })],
  [
    'sidecars proxy and other are both inFront: the Service leads to one',
    web({
      sidecars: [
        { ...sidecar, inFront: true, port: 9001 },
        { ...sidecar, inFront: true, port: 9002, name: 'other' },
      ],
    }),
  ],
  [
    "sidecar 'proxy': drainCommand is for a sidecar inFront",
    web({ sidecars: [{ ...sidecar, drainCommand: ['stop'] }] }),
  ],
  ['sidecar \'proxy\': drainCommand begins with ""', web({ sidecars: [{ ...front, drainCommand: [] }] })],
  [
    'sidecar \'proxy\': drainCommand begins with "kill -USR1 1", which is no program',
    web({ sidecars: [{ ...front, drainCommand: ['kill -USR1 1'] }] }),
  ],
  ["sidecar 'proxy': drainCommand holds a NUL", web({ sidecars: [{ ...front, drainCommand: ['kill', '\0'] }] })],
  [
    'with drainCommand the name has at most 51 characters',
    web({ sidecars: [{ ...front, name: 'a'.repeat(52), drainCommand: ['stop'] }] }),
  ],
  [
    'sidecar \'proxy\': the mount path "/config" is given twice',
    () => {
      const chart = new Chart(new App(), 'chart');
      const mount = { path: '/config', volume: kplus.Volume.fromEmptyDir(chart, 'config', 'config') };
      new GracefulWebService(chart, 'web', { ...WEB, sidecars: [{ ...front, volumeMounts: [mount, mount] }] });
    },
  ],
  ['the container name "main" is given twice', web({ sidecars: [{ ...sidecar, name: 'main' }] })],
  ['the port 8080 is given twice', web({ sidecars: [{ ...sidecar, port: 8080 }] })],
  ['the name of a sidecar is "Proxy!"', web({ sidecars: [{ ...sidecar, name: 'Proxy!' }] })],
  ['the name has more than 57 characters', web({ sidecars: [{ ...sidecar, name: 'a'.repeat(58) }] })],
  ["sidecar 'proxy': readinessPath needs a port", web({ sidecars: [{ ...sidecar, readinessPath: '/ready' }] })],
  ["sidecar 'proxy': image is empty", web({ sidecars: [{ ...sidecar, image: '' }] })],
  ['readiness.path is "/x\\"; rm -rf /"', web({ readiness: { path: '/x"; rm -rf /' } })],
  ['liveness.path is "live"', web({ liveness: { path: 'live' } })],
  ['readiness.failureThreshold is 0', web({ readiness: { failureThreshold: 0 } })],
  ['drainEndpoint is "/drain\'`id`"', web({ runtime: custom({ drainEndpoint: "/drain'`id`" }) })],
  ['metricsPath is "/m\\n"', web({ runtime: custom({ inFlightGauges: ['g'], metricsPath: '/m\n' }) })],
  ['inFlightGauges', web({ runtime: custom({ inFlightGauges: ['g{a="b"}'] }) })],
  ['writablePaths is "/tmp/../etc"', web({ runtime: custom({ writablePaths: ['/tmp/../etc'] }) })],
  [
    'drainGate: the directory',
    web({ drainGate: DrainGate.marker('/run/$(id)'), imageTools: Object.values(ImageTool) }),
  ],
  [
    'drainGate: a marker needs sh, touch, sleep, rm, curl, wget or python3 in the image',
    web({ drainGate: DrainGate.marker() }),
  ],
  ['drainGate: an endpoint needs', web({ drainGate: DrainGate.endpoint('/drain') })],
  ['has no in-flight gauges to wait for', web({ drainStrategy: DrainStrategy.WAIT_UNTIL_IDLE })],
  [
    'both maxUnavailable and minAvailable',
    web({ disruptionBudget: { maxUnavailable: ABSOLUTE(1), minAvailable: ABSOLUTE(1) } }),
  ],
  ['maxSurge and maxUnavailable are both 0', web({ maxSurge: ABSOLUTE(0), maxUnavailable: ABSOLUTE(0) })],
  ['maxUnavailable', web({ maxUnavailable: ABSOLUTE(-1) })],
  ['maxSurge', web({ maxSurge: ABSOLUTE(1.5) })],
  ['shutdownPhases is 0', web({ runtime: WebRuntime.springBoot({ version: '3.5.0', shutdownPhases: 0 }) })],
  ['the model is empty', () => InferenceEngine.vllm({ model: ' ' })],
  ['the model is empty', () => InferenceEngine.lmDeploy({ model: '' })],
  ['InferenceEngine.triton: the modelRepository is empty', () => InferenceEngine.triton({ modelRepository: '' })],
  ['InferenceEngine.rayServe: the config is empty', () => InferenceEngine.rayServe({ config: ' ' })],
  [
    'pytorch/torchserve:0.12.0 cannot be shut down gracefully: bash is its PID 1',
    inference({ image: 'pytorch/torchserve:0.12.0', engine: InferenceEngine.torchServe() }),
  ],
  [
    'connections: vLLM 0.2.7 does not know --middleware, which came with 0.3.0',
    inference({ image: 'vllm/vllm-openai:v0.2.7', engine: CLOSING }),
  ],
  [
    'connections: with a command of your own the middleware cannot be loaded',
    inference({ engine: CLOSING, command: ['vllm', 'serve', 'm'] }),
  ],
  [
    'connections: PYTHONPATH comes from elsewhere',
    inference({
      engine: CLOSING,
      envVariables: {
        PYTHONPATH: kplus.EnvValue.fromConfigMap(
          kplus.ConfigMap.fromConfigMapName(new Chart(new App(), 'other'), 'paths', 'paths'),
          'PYTHONPATH',
        ),
      },
    }),
  ],
  [
    'metricsPort is 0, a whole number from 1 to 65535 is needed',
    web({ runtime: custom({ inFlightGauges: ['g'], metricsPort: 0 }) }),
  ],
  ['0 is not a whole number of at least 1', () => Accelerator.nvidia(0)],
  ['0.5 is not a whole number of at least 1', () => Accelerator.amd(0.5)],
  ["'half' is not a MIG profile", () => Accelerator.nvidiaMig('half', 1)],
  ["'gpu' is not the name of an extended resource", () => Accelerator.custom('gpu', 1)],
  ["the name 'A Mesh'", () => TrafficSource.custom('A Mesh', { propagation: Duration.seconds(1) })],
  [
    '30 s of 30 s are kept for critical pods, nothing is left for others',
    () =>
      NodeLifecycle.kubeletGracefulShutdown({
        shutdownGracePeriod: Duration.seconds(30),
        shutdownGracePeriodCriticalPods: Duration.seconds(30),
      }),
  ],
  ["the name ''", () => NodeLifecycle.custom('', Duration.seconds(1))],
];

test.each(refusals)('refused: %s', (says, build) => {
  expect(build).toThrow(says);
});

test('everything that is wrong is said at once, and the construct is named', () => {
  expect(web({ replicas: -1, port: 0, image: '' })).toThrow(
    [
      "GracefulWebService 'chart/web':",
      '  - image is empty',
      '  - port is 0, a whole number from 1 to 65535 is needed',
      '  - replicas is -1, a whole number of at least 1 is needed',
    ].join('\n'),
  );
});

test('a Service name that Kubernetes would refuse is refused here', () => {
  const chart = new Chart(new App(), '9-lives');
  expect(() => new GracefulWebService(chart, 'web', WEB)).toThrow('the name of the Service is "9-lives-web-service');
});

test('the image tag latest is refused', () => {
  expect(web({ image: 'registry.example.com/orders:latest' })).toThrow('which may be another program tomorrow');
});
