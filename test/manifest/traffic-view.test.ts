import { fleetOf, Workload } from '../../src/manifest/fleet';
import type { JsonObject } from '../../src/manifest/json';
import { nodesOf, summarizeTraffic, trafficOf } from '../../src/manifest/traffic-view';
import { kubeProxy } from '../../src/traffic/kube-proxy';
import { deploymentStating, service } from '../rules/cases/manifests';

function workload(stated: string | undefined, withService: boolean): Workload {
  const objects = [deploymentStating({ 'traffic-sources': stated }), ...(withService ? [service()] : [])];
  return fleetOf(objects.map((json) => ({ json }))).workloads[0] as Workload;
}

describe('trafficOf', () => {
  test('kube-proxy where a Service selects the pod and nobody said anything', () => {
    const propagationSeconds = kubeProxy.propagationSeconds.value;
    const source = { id: 'kube-proxy', title: 'kube-proxy', propagationSeconds, follows: 'deletion' };
    expect(trafficOf(workload(undefined, true))).toEqual({
      sources: [source],
      slowest: source,
      propagationSeconds,
      stated: false,
      proxies: [],
    });
  });

  test('nothing without a Service', () => {
    expect(trafficOf(workload(undefined, false))).toEqual({
      sources: [],
      slowest: undefined,
      propagationSeconds: 0,
      stated: false,
      proxies: [],
    });
  });

  test('the proxy of a mesh is in the pod, with a Service or without', () => {
    const asking = { spec: { template: { metadata: { annotations: { 'linkerd.io/inject': 'enabled' } } } } };
    const proxies = (intent: Readonly<Record<string, string>>, others: readonly JsonObject[], defaults = {}) => {
      const objects = [deploymentStating(intent, asking), ...others];
      const [found] = fleetOf(
        objects.map((json) => ({ json })),
        defaults,
      ).workloads as [Workload];
      return trafficOf(found).proxies.map(({ proxy, byVersion }) => [proxy.container, proxy.native, byVersion]);
    };
    const unknown = ['linkerd-proxy', false, true];
    expect(proxies({}, [])).toEqual([unknown]);
    expect(proxies({}, [service()])).toEqual([unknown]);
    expect(proxies({ 'traffic-sources': 'istio' }, [service()])).toEqual([['istio-proxy', true, false], unknown]);
    expect(proxies({ 'traffic-sources': 'linkerd' }, [])).toEqual([['linkerd-proxy', true, false]]);
    expect(proxies({}, [service()], { trafficSources: [{ id: 'linkerd' }] })).toEqual([['linkerd-proxy', true, false]]);
  });

  test('what was stated counts, with a Service or without', () => {
    for (const withService of [true, false]) {
      const { sources, propagationSeconds, stated } = trafficOf(workload('edge=7s', withService));
      expect([sources.map(({ id }) => id), propagationSeconds, stated]).toEqual([['edge'], 7, true]);
    }
    expect(trafficOf(workload('none', true))).toMatchObject({ sources: [], propagationSeconds: 0, stated: true });
  });
});

describe('summarizeTraffic', () => {
  test('the slowest counts, and the first of two equal ones', () => {
    const edge = { id: 'edge', propagationSeconds: 25 };
    const mesh = { id: 'mesh', propagationSeconds: 25 };
    expect(summarizeTraffic([{ id: 'kube-proxy' }, edge, mesh], true)).toMatchObject({
      slowest: { id: 'edge' },
      propagationSeconds: 25,
    });
    expect(summarizeTraffic([mesh, edge, { id: 'kube-proxy' }], true)).toMatchObject({ slowest: { id: 'mesh' } });
  });

  test.each([
    [
      { id: 'aws-load-balancer' },
      { title: 'AWS load balancer (target type ip)', propagationSeconds: 60, follows: 'deletion' },
    ],
    [
      { id: 'aws-load-balancer', propagationSeconds: 45 },
      { propagationSeconds: 45, follows: 'deletion' },
    ],
    [
      { id: 'kube-proxy', follows: 'readiness' as const },
      { propagationSeconds: 5, follows: 'readiness' },
    ],
    [{ id: 'kube-proxy', propagationSeconds: 0 }, { propagationSeconds: 0 }],
    [
      { id: 'mesh', propagationSeconds: 20, follows: 'readiness' as const },
      { title: 'mesh', propagationSeconds: 20, follows: 'readiness' },
    ],
    [{ id: 'mesh' }, { title: 'mesh', propagationSeconds: 0, follows: 'deletion' }],
  ])('%j', (intent, view) => {
    expect(summarizeTraffic([intent], true).sources[0]).toMatchObject(view);
  });
});

describe('nodesOf', () => {
  test.each([
    ['nobody said anything', undefined, [{ id: 'on-demand', title: 'On-demand node', noticeSeconds: undefined }]],
    ['none at all', [], []],
    ['a known one', [{ id: 'aws-spot' }], [{ id: 'aws-spot', title: 'AWS Spot Instance', noticeSeconds: 100 }]],
    [
      'a known one with its own notice',
      [{ id: 'gke-spot', noticeSeconds: 25 }],
      [{ id: 'gke-spot', title: 'GKE Spot VM', noticeSeconds: 25 }],
    ],
    ['one without a limit', [{ id: 'karpenter' }], [{ id: 'karpenter', title: 'Karpenter', noticeSeconds: undefined }]],
    ['an unknown one', [{ id: 'lab', noticeSeconds: 60 }], [{ id: 'lab', title: 'lab', noticeSeconds: 60 }]],
  ])('%s', (_, intents, nodes) => {
    const built = new Workload({ json: deploymentStating({}) });
    Object.assign(built.intent, { nodeLifecycles: intents });
    expect(nodesOf(built)).toEqual(nodes);
  });
});
