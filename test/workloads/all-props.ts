import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  Accelerator,
  DrainGate,
  DrainStrategy,
  type GracefulInferenceDeploymentProps,
  type GracefulWebServiceProps,
  ImageTool,
  InferenceEngine,
  NodeLifecycle,
  TrafficSource,
  WebRuntime,
} from '../../src';

type Scale = 'autoscaling' | 'replicas';

/** Every property that both constructs share. `Required` makes a new property break this file until it is covered. */
export function sharedProps(
  scope: import('constructs').Construct,
): Required<Omit<GracefulWebServiceProps, 'runtime' | 'autoscaling'>> {
  return {
    image: 'registry.example.com/orders:1.8.2',
    longestRequest: Duration.seconds(30),
    port: 8081,
    servicePort: 80,
    replicas: 4,
    requiredReplicas: 2,
    coldStart: Duration.seconds(90),
    trafficSources: [TrafficSource.kubeProxy(), TrafficSource.awsLoadBalancer({ propagation: Duration.seconds(12) })],
    nodeLifecycles: [
      NodeLifecycle.onDemand(),
      NodeLifecycle.karpenter({ terminationGracePeriod: Duration.minutes(10) }),
    ],
    kubernetesVersion: '1.34.4',
    imageTools: [ImageTool.SH, ImageTool.SLEEP, ImageTool.TOUCH, ImageTool.RM, ImageTool.CURL],
    drainGate: DrainGate.marker('/var/drain'),
    drainStrategy: DrainStrategy.DRAIN_ON_SIGTERM,
    preStopDelay: Duration.seconds(14),
    sidecars: [
      {
        name: 'proxy',
        image: 'registry.example.com/proxy:3',
        port: 9901,
        drain: Duration.seconds(7),
        preStopDelay: Duration.seconds(3),
        readinessPath: '/ready',
        startupPath: '/started',
        command: ['/proxy'],
        args: ['--quiet'],
        env: { LEVEL: 'info' },
        volumeMounts: [{ path: '/config', volume: kplus.Volume.fromEmptyDir(scope, 'config', 'config') }],
        user: 4713,
      },
    ],
    longLivedConnections: true,
    terminationGracePeriod: Duration.seconds(90),
    margin: Duration.seconds(6),
    maxSurge: kplus.PercentOrAbsolute.percent(50),
    maxUnavailable: kplus.PercentOrAbsolute.absolute(1),
    minReady: Duration.seconds(8),
    progressDeadline: Duration.seconds(700),
    disruptionBudget: {
      maxUnavailable: kplus.PercentOrAbsolute.absolute(2),
    } as Required<GracefulWebServiceProps>['disruptionBudget'],
    readiness: { path: '/r', period: Duration.seconds(4), timeout: Duration.seconds(3), failureThreshold: 2 },
    liveness: { path: '/l', period: Duration.seconds(11), timeout: Duration.seconds(6), failureThreshold: 7 },
    startup: { path: '/s', period: Duration.seconds(2), timeout: Duration.seconds(1), failureThreshold: 60 },
    resources: { cpu: { request: kplus.Cpu.millis(250) }, memory: { limit: Size.mebibytes(512) } },
    command: ['java'],
    args: ['-jar', 'orders.jar'],
    envVariables: { TZ: kplus.EnvValue.fromValue('UTC') },
    volumeMounts: [{ path: '/data', volume: kplus.Volume.fromEmptyDir(scope, 'data', 'data') }],
    securityContext: { user: 4711, group: 4712 },
    serviceAccount: new kplus.ServiceAccount(scope, 'account'),
    automountServiceAccountToken: true,
    nodeSelector: { disk: 'fast' },
    metadata: { name: 'orders', namespace: 'shop', labels: { team: 'a' }, annotations: { note: 'b' } },
    podMetadata: { labels: { tier: 'web' }, annotations: { scrape: 'true' } },
  };
}

export function webProps(
  scope: import('constructs').Construct,
): Required<Omit<GracefulWebServiceProps, Scale>> & { replicas: number } {
  return { ...sharedProps(scope), runtime: WebRuntime.springBoot({ version: '3.5.0', shutdownPhases: 1 }) };
}

export function inferenceProps(
  scope: import('constructs').Construct,
): Required<Omit<GracefulInferenceDeploymentProps, Scale>> & { replicas: number } {
  return {
    ...sharedProps(scope),
    engine: InferenceEngine.sglang({ model: 'm', version: '0.5.6' }),
    accelerator: Accelerator.amd(2),
    spareAccelerators: 4,
    sharedMemory: Size.gibibytes(8),
  };
}
