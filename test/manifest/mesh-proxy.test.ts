import { App, Chart, Duration, Testing } from 'cdk8s';
import { GracefulWebService, type GracefulWebServiceProps, TrafficSource, WebRuntime } from '../../src';
import { Assessment } from '../../src/manifest/assessment';
import { fleetOf } from '../../src/manifest/fleet';
import { type Changes, container, deploymentStating } from '../rules/cases/manifests';

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

function budget(sources: string, podChanges: Changes = {}, annotations: Readonly<Record<string, string>> = {}) {
  const json = deploymentStating(
    { 'traffic-sources': sources },
    { spec: { template: { metadata: { annotations }, spec: podChanges } } },
  );
  const [workload] = fleetOf([{ json }]).workloads;
  return workload && new Assessment(workload).budget;
}

test('a native proxy drains after the application, and after every other sidecar', () => {
  expect(budget('istio=10s')?.sum).toBe(
    'preStop delay 10 s + longest request 30 s + sidecar istio-proxy drain 5 s + margin 5 s = 50 s',
  );
  const other = container({ name: 'logs', restartPolicy: 'Always', lifecycle: undefined });
  const names = budget('istio=10s', { initContainers: [other] })?.containers.map(({ name, sigtermSeconds }) => [
    name,
    sigtermSeconds,
  ]);
  expect(names).toEqual([
    ['main', 10],
    ['istio-proxy', 40],
    ['logs', 40],
  ]);
});

test('an injected proxy stays as long as it is told, beside the application', () => {
  expect(budget('istio-injected=10s')?.requiredGraceSeconds).toBe(45);
  const longer = { 'proxy.istio.io/config': 'terminationDrainDuration: 300s' };
  expect(budget('istio-injected=10s', {}, longer)?.sum).toBe('container istio-proxy drain 300 s + margin 5 s = 305 s');
  const waits = { 'config.alpha.linkerd.io/proxy-wait-before-exit-seconds': '50' };
  expect(budget('linkerd-injected=10s', {}, waits)?.sum).toBe(
    'container linkerd-proxy preStop 50 s + margin 5 s = 55 s',
  );
});

test('a proxy that the manifest holds already is not counted twice', () => {
  const there = container({ name: 'istio-proxy', lifecycle: undefined });
  const names = budget('istio-injected=10s', { containers: [container(), there] })?.containers.map(({ name }) => name);
  expect(names).toEqual(['main', 'istio-proxy']);
});

test('a proxy that only the version of its mesh decides is in no budget', () => {
  const asks = { 'sidecar.istio.io/inject': 'true', 'proxy.istio.io/config': 'terminationDrainDuration: 300s' };
  expect(budget('kube-proxy=10s', {}, asks)?.requiredGraceSeconds).toBe(45);
  const ordinary = { ...asks, 'sidecar.istio.io/nativeSidecar': 'false' };
  expect(budget('kube-proxy=10s', {}, ordinary)?.requiredGraceSeconds).toBe(305);
});

test.each([
  ['1500ms', 1.5],
  ['1m30s', 90],
  ['soon', 5],
])('a drain of %s is %d s', (text, seconds) => {
  const annotations = { 'proxy.istio.io/config': `{"terminationDrainDuration":"${text}"}` };
  const injected = budget('istio-injected=10s', {}, annotations)?.containers.find(({ name }) => name === 'istio-proxy');
  expect(injected?.endSeconds).toBe(seconds);
});

describe('the construct', () => {
  const synth = (props: Partial<GracefulWebServiceProps>) => {
    const chart = new Chart(new App(), 'chart');
    const web = new GracefulWebService(chart, 'web', {
      image: 'registry.example.com/orders:1.8.2',
      runtime: WebRuntime.springBoot({ version: '3.5.0' }),
      longestRequest: Duration.seconds(30),
      ...props,
    });
    const { template } = Testing.synth(chart).find(({ kind }) => kind === 'Deployment').spec;
    return { web, annotations: template.metadata.annotations, grace: template.spec.terminationGracePeriodSeconds };
  };

  test.each([
    [true, TrafficSource.istio, undefined, 55],
    [false, TrafficSource.istio, { 'proxy.istio.io/config': 'terminationDrainDuration: 45s' }, 50],
    [true, TrafficSource.linkerd, undefined, 60],
    [false, TrafficSource.linkerd, { 'config.alpha.linkerd.io/proxy-wait-before-exit-seconds': '50' }, 55],
  ])('keeps the proxy until the last request is done (native: %s)', (nativeSidecar, source, annotations, grace) => {
    const synthesized = synth({ trafficSources: [source({ nativeSidecar })] });
    expect(synthesized.web.findings).toEqual([]);
    expect(synthesized.annotations).toEqual(annotations);
    expect(synthesized.grace).toBe(grace);
  });

  test('counts no second twice with sidecars of the user', () => {
    const sidecars = [{ name: 'logs', image: 'registry.example.com/logs:1', drain: Duration.seconds(7) }];
    const { web, annotations, grace } = synth({
      trafficSources: [TrafficSource.istio({ nativeSidecar: false })],
      sidecars,
    });
    expect(web.findings).toEqual([]);
    expect(annotations).toEqual({ 'proxy.istio.io/config': 'terminationDrainDuration: 45s' });
    expect(grace).toBe(57);
  });

  test('leaves an annotation of the user as it is, and judges it', () => {
    const podMetadata = { annotations: { 'proxy.istio.io/config': 'terminationDrainDuration: 1s' } };
    const trafficSources = [TrafficSource.istio({ nativeSidecar: false })];
    expect(() => synth({ podMetadata, trafficSources })).toThrow('[mesh-proxy-ends-first]');
  });
});
