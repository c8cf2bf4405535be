import { ApiObject, App, Chart, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  DrainStrategy,
  GracefulWebService,
  type GracefulWebServiceProps,
  Severity,
  type Sidecar,
  TrafficSource,
  WebRuntime,
} from '../../src';
import { webProps } from './all-props';
import { webRuntimes } from './arbitrary-props';

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const LEAST: GracefulWebServiceProps = {
  image: 'registry.example.com/orders:1.8.2',
  runtime: WebRuntime.springBoot({ version: '3.5.0' }),
  longestRequest: Duration.seconds(30),
  replicas: 3,
};

function synth(props: Partial<GracefulWebServiceProps> = {}) {
  const chart = new Chart(new App(), 'chart');
  const web = new GracefulWebService(chart, 'web', { ...LEAST, ...props });
  const objects: any[] = Testing.synth(chart);
  const of = (kind: string) => objects.find((object) => object.kind === kind);
  const deployment = of('Deployment');
  const pod = deployment.spec.template.spec;
  return {
    web,
    chart,
    deployment,
    pod,
    server: pod.containers[0],
    service: of('Service'),
    budget: of('PodDisruptionBudget'),
    autoscaler: of('HorizontalPodAutoscaler'),
  };
}

describe('the least that a user writes', () => {
  test('is a Deployment, a Service and a PodDisruptionBudget without findings', () => {
    const { web, deployment, service, budget } = synth();
    expect(web.findings).toEqual([]);
    expect(web.budget.sum).toBe('preStop delay 5 s + longest request 30 s + margin 5 s = 40 s');
    expect(deployment.spec.template.spec.terminationGracePeriodSeconds).toBe(40);
    expect(deployment.spec.strategy.rollingUpdate).toEqual({ maxSurge: '25%', maxUnavailable: 0 });
    expect(service.spec.ports).toEqual([{ port: 8080, targetPort: 8080 }]);
    expect(budget.spec).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
    expect(budget.spec.selector.matchLabels).toEqual(deployment.spec.selector.matchLabels);
  });

  test.each(webRuntimes)('is free of findings with $name', ({ runtime, port }) => {
    const { web } = synth({ runtime, port });
    expect(web.findings.filter(({ severity }) => severity !== Severity.WARNING)).toEqual([]);
  });

  test('holds only what a person stated in its annotations', () => {
    expect(synth().deployment.metadata.annotations).toEqual({
      'cdk8s-graceful/longest-request': '30s',
      'cdk8s-graceful/runtime': 'spring-boot',
      'cdk8s-graceful/runtime-version': '3.5.0',
    });
  });

  test('is as strict as Pod Security restricted asks, and has none of the defaults of cdk8s-plus that hurt', () => {
    const { pod, server } = synth();
    expect(server.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 10001,
    });
    expect(pod.securityContext.seccompProfile).toEqual({ type: 'RuntimeDefault' });
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(server.volumeMounts).toEqual([{ mountPath: '/tmp', name: 'writable-tmp' }]);
    expect(server.resources).toBeUndefined();
    expect(server.imagePullPolicy).toBe('IfNotPresent');
    expect(server.startupProbe.tcpSocket).toBeUndefined();
  });
});

describe('replicas', () => {
  test('a single one gets no budget, and a warning that nothing may be missing', () => {
    const { web, budget } = synth({ replicas: 1 });
    expect(budget).toBeUndefined();
    expect(web.podDisruptionBudget).toBeUndefined();
    expect(web.findings).toMatchObject([{ rule: 'no-headroom', severity: Severity.WARNING }]);
  });

  test('an autoscaler owns them, and scales down no faster than the drain', () => {
    const { deployment, autoscaler, web } = synth({
      replicas: undefined,
      longestRequest: Duration.seconds(600),
      resources: { cpu: { request: kplus.Cpu.millis(500) } },
      autoscaling: { minReplicas: 4, maxReplicas: 12 },
      requiredReplicas: 2,
    });
    expect(deployment.spec.replicas).toBeUndefined();
    expect(autoscaler.spec).toMatchObject({ minReplicas: 4, maxReplicas: 12 });
    expect(autoscaler.spec.metrics[0].resource).toMatchObject({ name: 'cpu', target: { averageUtilization: 70 } });
    expect(autoscaler.spec.behavior.scaleDown).toMatchObject({
      stabilizationWindowSeconds: 610,
      policies: [{ type: 'Pods', value: 2, periodSeconds: 610 }],
    });
    expect(web.autoscaler).toBeDefined();
    expect(web.findings).toEqual([]);
  });
});

test('all the properties reach the manifest', () => {
  const chart = new Chart(new App(), 'chart');
  const web = new GracefulWebService(chart, 'web', webProps(chart));
  const objects: any[] = Testing.synth(chart);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  const { spec, metadata } = deployment;
  const pod = spec.template.spec;
  const [server] = pod.containers;
  const [sidecar] = pod.initContainers;

  expect(web.findings.map(({ rule }) => rule)).toEqual(['long-lived-connections-cut']);
  expect(metadata).toMatchObject({ name: 'orders', namespace: 'shop', labels: { team: 'a' } });
  expect(metadata.annotations).toEqual({
    note: 'b',
    'cdk8s-graceful/longest-request': '30s',
    'cdk8s-graceful/runtime': 'spring-boot',
    'cdk8s-graceful/runtime-version': '3.5.0',
    'cdk8s-graceful/shutdown-phases': '1',
    'cdk8s-graceful/image-tools': 'curl, rm, sh, sleep, touch',
    'cdk8s-graceful/traffic-sources': 'kube-proxy, aws-load-balancer=12s',
    'cdk8s-graceful/node-lifecycles': 'on-demand, karpenter=600s',
    'cdk8s-graceful/kubernetes-version': '1.34.4',
    'cdk8s-graceful/required-replicas': '2',
    'cdk8s-graceful/cold-start': '90s',
    'cdk8s-graceful/margin': '6s',
    'cdk8s-graceful/long-lived-connections': 'true',
    'cdk8s-graceful/drain.proxy': '7s',
  });
  expect(spec).toMatchObject({
    replicas: 4,
    minReadySeconds: 8,
    progressDeadlineSeconds: 700,
    strategy: { rollingUpdate: { maxSurge: '50%', maxUnavailable: 1 } },
  });
  expect(spec.template.metadata).toMatchObject({ labels: { tier: 'web' }, annotations: { scrape: 'true' } });
  expect(pod).toMatchObject({
    terminationGracePeriodSeconds: 90,
    automountServiceAccountToken: true,
    nodeSelector: { disk: 'fast' },
  });
  expect(pod.serviceAccountName).toContain('account');
  expect(server).toMatchObject({
    image: 'registry.example.com/orders:1.8.2',
    command: ['java'],
    args: ['-jar', 'orders.jar'],
    ports: [{ containerPort: 8081 }],
    resources: { requests: { cpu: '250m' }, limits: { memory: '512Mi' } },
    securityContext: { runAsUser: 4711, runAsGroup: 4712, runAsNonRoot: true, readOnlyRootFilesystem: true },
    lifecycle: { preStop: { exec: { command: ['/bin/sh', '-c', 'touch /var/drain/draining; sleep 14'] } } },
    readinessProbe: { periodSeconds: 4, timeoutSeconds: 3, failureThreshold: 2 },
    livenessProbe: { httpGet: { path: '/l', port: 8081 }, periodSeconds: 11, timeoutSeconds: 6, failureThreshold: 7 },
    startupProbe: { httpGet: { path: '/s', port: 8081 }, periodSeconds: 2, timeoutSeconds: 1, failureThreshold: 60 },
  });
  expect(server.env).toContainEqual({ name: 'TZ', value: 'UTC' });
  expect(server.volumeMounts.map(({ mountPath }: any) => mountPath)).toEqual(['/data', '/tmp', '/var/drain']);
  expect(sidecar).toMatchObject({
    name: 'proxy',
    restartPolicy: 'Always',
    command: ['/proxy'],
    args: ['--quiet'],
    env: [{ name: 'LEVEL', value: 'info' }],
    ports: [{ containerPort: 9901 }],
    lifecycle: { preStop: { sleep: { seconds: 3 } } },
    readinessProbe: { httpGet: { path: '/ready', port: 9901 } },
    startupProbe: { httpGet: { path: '/started', port: 9901 } },
    securityContext: { runAsUser: 4713, runAsNonRoot: true },
    volumeMounts: [{ name: 'config', mountPath: '/config' }],
  });
  expect(objects.find(({ kind }) => kind === 'Service').spec.ports).toEqual([{ port: 80, targetPort: 8081 }]);
  expect(objects.find(({ kind }) => kind === 'PodDisruptionBudget')).toMatchObject({
    metadata: { namespace: 'shop' },
    spec: { maxUnavailable: 2 },
  });
  expect(web.budget.sum).toBe(
    'preStop delay 14 s + longest request 30 s + sidecar proxy drain 7 s + margin 6 s = 57 s',
  );
});

describe('the drain', () => {
  test('is held by preStop where nobody knows what the application does', () => {
    const { server, web } = synth({ runtime: WebRuntime.nodeHttp(), port: 3000 });
    expect(server.lifecycle).toEqual({ preStop: { sleep: { seconds: 35 } } });
    expect(web.budget.requiredGracePeriod.toSeconds()).toBe(40);
  });

  test('waits for the slowest traffic source', () => {
    const { server } = synth({ trafficSources: [TrafficSource.kubeProxy(), TrafficSource.awsLoadBalancer()] });
    expect(server.lifecycle.preStop).toEqual({ sleep: { seconds: 60 } });
  });

  test('uses a sleep command before Kubernetes 1.30, where the image is known to have one', () => {
    const { server } = synth({ kubernetesVersion: '1.29', imageTools: ['sleep' as never] });
    expect(server.lifecycle.preStop).toEqual({ exec: { command: ['sleep', '5'] } });
  });

  test('a switch that the user set is left alone, and judged', () => {
    const chart = new Chart(new App(), 'chart');
    new GracefulWebService(chart, 'web', {
      ...LEAST,
      envVariables: { SERVER_SHUTDOWN: kplus.EnvValue.fromValue('immediate') },
      drainStrategy: DrainStrategy.DRAIN_ON_SIGTERM,
    });
    expect(() => Testing.synth(chart)).toThrow('[sigterm-aborts-requests]');
  });
});

test('shared volumes are not mounted twice where the user brings one', () => {
  const chart = new Chart(new App(), 'chart');
  const volume = kplus.Volume.fromEmptyDir(chart, 'tmp', 'tmp', { sizeLimit: Size.gibibytes(1) });
  new GracefulWebService(chart, 'web', { ...LEAST, volumeMounts: [{ path: '/tmp', volume }] });
  const [deployment] = Testing.synth(chart);
  expect(deployment.spec.template.spec.containers[0].volumeMounts).toEqual([{ mountPath: '/tmp', name: 'tmp' }]);
});

describe('a finding', () => {
  const shortGrace = (chart: Chart) => {
    const web = new GracefulWebService(chart, 'web', LEAST);
    ApiObject.of(web).addJsonPatch(JsonPatch.replace('/spec/template/spec/terminationGracePeriodSeconds', 39));
    return web;
  };

  test('can be acknowledged: listed, recorded in the manifest, and no error', () => {
    const chart = new Chart(new App(), 'chart');
    const web = shortGrace(chart);
    web.acknowledge({ rule: 'grace-shorter-than-shutdown', reason: 'requests are retried by the client' });
    const [deployment] = Testing.synth(chart);
    expect(deployment.metadata.annotations['cdk8s-graceful/acknowledge.grace-shorter-than-shutdown']).toBe(
      'requests are retried by the client',
    );
    expect(web.findings).toMatchObject([
      {
        rule: 'grace-shorter-than-shutdown',
        severity: Severity.ACKNOWLEDGED,
        acknowledgedBecause: 'requests are retried by the client',
      },
    ]);
  });

  test('that does not occur makes its acknowledgement a warning', () => {
    const { web } = synth();
    web.acknowledge({ rule: 'prestop-missing', reason: 'there is nobody to lose' });
    expect(web.findings).toMatchObject([{ rule: 'acknowledgement-unused', severity: Severity.WARNING }]);
  });

  test('cannot be acknowledged under an unknown name, or without a reason', () => {
    const { web } = synth();
    expect(() => web.acknowledge({ rule: 'no-such-rule', reason: 'it is long enough' })).toThrow(
      "there is no rule 'no-such-rule'",
    );
    expect(() => web.acknowledge({ rule: 'prestop-missing', reason: 'because   ' })).toThrow(
      'fewer than 10 characters',
    );
  });
});

describe('a sidecar in front of the server', () => {
  const proxy = { name: 'proxy', image: 'registry.example.com/proxy:1', inFront: true, port: 9000 };
  function behind(sidecar: Partial<Sidecar>, props: Partial<GracefulWebServiceProps> = {}) {
    const chart = new Chart(new App(), 'chart');
    const web = new GracefulWebService(chart, 'web', {
      image: 'registry.example.com/orders:1.8.2',
      runtime: WebRuntime.nodeHttp({ drainsOnSigterm: true }),
      port: 8080,
      longestRequest: Duration.seconds(30),
      coldStart: Duration.seconds(10),
      ...props,
      sidecars: [{ ...proxy, ...sidecar }],
    });
    const objects: any[] = Testing.synth(chart);
    const { initContainers, containers } = objects.find(({ kind }) => kind === 'Deployment').spec.template.spec;
    const [port] = objects.find(({ kind }) => kind === 'Service').spec.ports;
    const hook = initContainers[0].lifecycle?.preStop;
    return { web, port, hook, preStop: containers[0].lifecycle.preStop };
  }

  test('gets the traffic, and the server holds for the longest request although it could drain', () => {
    const { web, port, hook, preStop } = behind({});
    expect(port).toEqual({ port: 9000, targetPort: 9000 });
    expect({ hook, preStop }).toEqual({ hook: undefined, preStop: { sleep: { seconds: 35 } } });
    expect(web.budget.sum).toBe('preStop delay 5 s + longest request 30 s + margin 5 s = 40 s');
    expect(web.budget.toString()).toContain('kept-alive connections: a client that goes on sending');
    expect(web.findings).toEqual([]);
  });

  test('is told to drain when the last traffic source has stopped', () => {
    const { web, hook, preStop } = behind(
      { drainCommand: ['nginx', '-s', 'quit'] },
      { trafficSources: [TrafficSource.custom('mesh', { propagation: Duration.seconds(12) })] },
    );
    expect(hook.exec.command.slice(-5)).toEqual(['12', '5', 'nginx', '-s', 'quit']);
    expect(preStop).toEqual({ sleep: { seconds: 42 } });
    expect(web.budget.toString()).not.toContain('kept-alive connections');
    expect(web.findings).toEqual([]);
  });

  test('keeps idle connections for a while, and the server waits for a request on them', () => {
    const { web, preStop } = behind({ drainCommand: ['stop'], drain: Duration.seconds(36) });
    expect(preStop).toEqual({ sleep: { seconds: 41 } });
    expect(web.budget.sum).toBe('preStop delay 11 s + longest request 30 s + margin 5 s = 46 s');
    expect(web.findings).toEqual([]);
  });

  test('drains later than it must, and the server waits for that too', () => {
    const { preStop } = behind({ drainCommand: ['stop'], preStopDelay: Duration.seconds(9) });
    expect(preStop).toEqual({ sleep: { seconds: 39 } });
  });

  test.each([
    ['prestop-shorter-than-propagation', { drainCommand: ['stop'], preStopDelay: Duration.seconds(2) }, {}],
    ['server-stops-before-proxy', {}, { drainStrategy: DrainStrategy.DRAIN_ON_SIGTERM }],
  ])('refuses %s', (rule, sidecar, props) => {
    expect(() => behind(sidecar, props)).toThrow(`[${rule}]`);
  });
});
