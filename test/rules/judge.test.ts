import { readInput } from '../../src/manifest/input/read-input';
import type { JsonObject } from '../../src/manifest/json';
import { rules } from '../../src/rules';
import { judge } from '../../src/rules/judge';
import { companions, container, deployment, deploymentStating } from './cases/manifests';

const sources = (...objects: ReturnType<typeof deployment>[]) => objects.map((json) => ({ json }));
const unstated = (changes = {}) =>
  deploymentStating({ 'longest-request': undefined, runtime: undefined, 'runtime-version': undefined }, changes);
const plain = unstated({
  spec: { template: { spec: { containers: [container({ env: [] })] } } },
});

describe('what is stated for the whole run', () => {
  const ids = (defaults: Parameters<typeof judge>[1], ...objects: ReturnType<typeof deployment>[]) =>
    judge(sources(...objects, ...companions()), defaults).findings.map(({ rule }) => rule);

  test('counts where the object states nothing', () => {
    expect(ids({}, plain)).toEqual(expect.arrayContaining(['grace-shorter-than-shutdown', 'runtime-unknown']));
    const defaults = { longestRequestSeconds: 20, runtime: 'uvicorn', runtimeVersion: '0.45.0' };
    expect(ids({ defaults }, plain)).not.toContain('grace-shorter-than-shutdown');
    expect(ids({ defaults }, plain)).not.toContain('runtime-unknown');
    const [finding] = judge(sources(plain), { defaults: { longestRequestSeconds: 200 } }).findings;
    expect(finding).toMatchObject({ rule: 'grace-shorter-than-shutdown', severity: 'error' });
  });

  test('and nowhere else', () => {
    expect(ids({ defaults: { longestRequestSeconds: 2000, runtime: 'vllm' } }, deployment())).toEqual([]);
  });

  test('traffic sources count where a Service selects the pods', () => {
    const defaults = { trafficSources: [{ id: 'aws-load-balancer' }] };
    expect(ids({ defaults }, deployment())).toContain('prestop-shorter-than-propagation');
    expect(judge(sources(deployment()), { defaults }).assessments[0]?.traffic.sources).toEqual([]);
    const stated = deploymentStating({ 'traffic-sources': 'kube-proxy' });
    expect(ids({ defaults }, stated)).not.toContain('prestop-shorter-than-propagation');
  });
});

describe('a choice of rules', () => {
  const broken = deployment({
    metadata: { annotations: { 'cdk8s-graceful/acknowledge.grace-zero': 'nothing is ever in flight' } },
    spec: { replicas: 1 },
  });
  const ids = (...chosen: string[]) =>
    judge(sources(broken, ...companions()), { rules: new Set(chosen) }).findings.map(({ rule }) => rule);

  test('only those are asked', () => {
    expect(ids('no-headroom')).toEqual(['no-headroom']);
    expect(ids()).toEqual([]);
    expect(ids(...rules.map(({ id }) => id))).toEqual(
      judge(sources(broken, ...companions())).findings.map(({ rule }) => rule),
    );
  });

  test('what is acknowledged of a rule that was not asked may be of use', () => {
    expect(ids('grace-zero', 'acknowledgement-unused')).toEqual(['acknowledgement-unused']);
    expect(ids('acknowledgement-unused')).toEqual([]);
  });
});

test('a finding has the file and the line of its field, or of what is around it', () => {
  const yaml = `apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 1
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      terminationGracePeriodSeconds: 0
      volumes:
      - hostPath: {path: /data}
        name: data
      initContainers:
      - name: prepare
        image: example.com/prepare
      containers:
      - name: main
        image: example.com/orders:latest
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}}
`;
  const { findings } = judge(readInput('shop.yaml', yaml).objects);
  expect(new Set(findings.map(({ file }) => file))).toEqual(new Set(['shop.yaml']));
  const lines = Object.fromEntries(
    findings.map(({ rule, container: name, line }) => [`${rule} ${name ?? ''}`.trim(), line]),
  );
  expect(lines).toMatchObject({
    'grace-zero': 10,
    'prestop-missing main': 18,
    'image-tag-floating main': 19,
    'image-tag-floating prepare': 16,
    'host-path-volume': 11,
    'no-headroom': 5,
    'grace-shorter-than-shutdown': 1,
  });
});

test('the longest request of the whole run says nothing of pods that run to their end', () => {
  const job = (annotations: JsonObject): JsonObject => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'migrate', annotations },
    spec: { template: { spec: { containers: [{ name: 'main', image: 'example.com/migrate:1' }] } } },
  });
  const rulesFor = (json: JsonObject) =>
    judge([{ json }], { defaults: { longestRequestSeconds: 30 } }).findings.map(({ rule }) => rule);
  expect(rulesFor(job({}))).toEqual([]);
  expect(rulesFor(job({ 'cdk8s-graceful/longest-request': '40s' }))).toEqual(['grace-shorter-than-shutdown']);
});
