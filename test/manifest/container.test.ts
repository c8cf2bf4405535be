import { Container } from '../../src/manifest/container';
import type { JsonObject } from '../../src/manifest/json';

const container = (json: JsonObject) => new Container(json, false);

describe('Container', () => {
  test('has empty readings where nothing is given, or what is given has another shape', () => {
    for (const json of [
      {},
      { name: 3, image: null, command: 'x', args: [1], env: {}, ports: null, volumeMounts: 'x', lifecycle: [] },
    ]) {
      const empty = container(json);
      expect(empty).toMatchObject({ name: '', sidecar: false, command: undefined, args: undefined });
      expect([empty.readiness, empty.liveness, empty.startup, empty.preStop, empty.postStart]).toEqual(
        Array(5).fill(undefined),
      );
      expect([empty.ports, empty.volumeMounts, [...empty.env], [...empty.accelerators]]).toEqual([[], [], [], []]);
      expect(empty.image.reference).toBe('');
    }
  });

  test('each probe and hook is read from its own field', () => {
    const probe = (periodSeconds: number) => ({ tcpSocket: { port: 80 }, periodSeconds });
    const read = container({
      readinessProbe: probe(1),
      livenessProbe: probe(2),
      startupProbe: probe(3),
      lifecycle: { preStop: { sleep: { seconds: 4 } }, postStart: { sleep: { seconds: 5 } } },
    });
    expect([read.readiness, read.liveness, read.startup].map((each) => each?.periodSeconds)).toEqual([1, 2, 3]);
    expect([read.preStop?.delaySeconds, read.postStart?.delaySeconds]).toEqual([4, 5]);
  });

  test('ports, in order, with names where they have any', () => {
    const { ports } = container({
      ports: [{ containerPort: 8080 }, { name: 'admin', containerPort: 9090, protocol: 'TCP' }, { name: 'x' }, null],
    });
    expect(ports).toEqual([
      { containerPort: 8080 },
      { name: 'admin', containerPort: 9090 },
      { name: 'x', containerPort: 0 },
    ]);
  });
});

describe('env', () => {
  test('a text is known, what comes from elsewhere is not, and the last of a name counts', () => {
    const { env } = container({
      env: [
        { name: 'PLAIN', value: 'a' },
        { name: 'EMPTY', value: '' },
        { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
        { name: 'NUMBER', value: 3 },
        { name: 'TWICE', value: 'first' },
        { name: 'TWICE', value: 'last' },
      ],
    });
    expect(env.get('PLAIN')).toBe('a');
    expect(env.get('EMPTY')).toBe('');
    expect([env.has('SECRET'), env.get('SECRET')]).toEqual([true, undefined]);
    expect([env.has('NUMBER'), env.get('NUMBER')]).toEqual([true, undefined]);
    expect(env.has('ABSENT')).toBe(false);
    expect(env.get('TWICE')).toBe('last');
  });
});

describe('flag', () => {
  const server = container({
    command: ['vllm', 'serve', '--port', '8000', '--twice=1'],
    args: ['--shutdown-timeout=60', '--model', 'llama', '--empty=', '--twice', '2', '--quiet'],
  });

  test.each([
    ['--port', '8000'],
    ['--shutdown-timeout', '60'],
    ['--model', 'llama'],
    ['--empty', ''],
    ['--twice', '2'],
    ['--quiet', ''],
    ['--shutdown', undefined],
    ['--absent', undefined],
    ['serve', '--port'],
  ])('%s is %p', (name, value) => {
    expect(server.flag(name)).toBe(value);
  });

  test('nothing in a container without words', () => {
    expect(container({}).flag('--port')).toBeUndefined();
  });
});

describe('mountAt', () => {
  const server = container({
    volumeMounts: [
      { name: 'root', mountPath: '/' },
      { name: 'run', mountPath: '/var/run', readOnly: true },
      { name: 'app', mountPath: '/var/run/app/', readOnly: 'true' },
      { name: 'broken' },
    ],
  });

  test.each([
    ['/var/run/app/draining', 'app'],
    ['/var/run/draining', 'run'],
    ['/var/run', 'run'],
    ['/var/running', 'root'],
    ['/tmp/x', 'root'],
  ])('%s lies on %s', (path, name) => {
    expect(server.mountAt(path)?.name).toBe(name);
  });

  test('is read-only only where it says so', () => {
    expect(server.volumeMounts.map(({ readOnly }) => readOnly)).toEqual([false, true, false, false]);
    expect(container({ volumeMounts: [{ name: 'run', mountPath: '/run' }] }).mountAt('/tmp/x')).toBeUndefined();
  });
});

describe('accelerators', () => {
  test.each([
    ['an NVIDIA GPU', { 'nvidia.com/gpu': 1 }, [['nvidia.com/gpu', 1]]],
    ['a text', { 'nvidia.com/gpu': '2' }, [['nvidia.com/gpu', 2]]],
    [
      'two kinds',
      { 'nvidia.com/mig-1g.10gb': 1, 'google.com/tpu': '4' },
      [
        ['nvidia.com/mig-1g.10gb', 1],
        ['google.com/tpu', 4],
      ],
    ],
    ['what every pod has', { cpu: '2', memory: '1Gi', 'ephemeral-storage': '1Gi', 'hugepages-2Mi': 64 }, []],
    ["Kubernetes' own domains", { 'kubernetes.io/x': 1, 'attachable.kubernetes.io/y': 2 }, []],
    ['a domain that only looks like it', { 'notkubernetes.io/gpu': 1 }, [['notkubernetes.io/gpu', 1]]],
    ['none', { 'nvidia.com/gpu': 0, 'amd.com/gpu': '0' }, []],
    ['no whole number', { 'nvidia.com/gpu': '500m', 'amd.com/gpu': 0.5, 'a.b/c': -1 }, []],
    ['no number', { 'nvidia.com/gpu': true, 'amd.com/gpu': null, 'a.b/c': ['2'], 'a.b/d': '' }, []],
    ['more than the API holds', { 'nvidia.com/gpu': 2147483648, 'amd.com/gpu': '1e300' }, []],
  ])('%s', (_, limits, expected) => {
    expect([...container({ resources: { limits } }).accelerators]).toEqual(expected);
  });

  test('requests alone do not count, and limits may be anything', () => {
    expect(container({ resources: { requests: { 'nvidia.com/gpu': 1 } } }).accelerators.size).toBe(0);
    for (const limits of [null, [], 'x', 3]) expect(container({ resources: { limits } }).accelerators.size).toBe(0);
  });
});
