import type { JsonObject } from '../../src/manifest/json';
import { Pod } from '../../src/manifest/pod';

const pod = (spec: unknown) => new Pod({ metadata: { labels: { app: 'orders' } }, spec });

describe('Pod', () => {
  test.each([
    [{}, 30, true],
    [{ terminationGracePeriodSeconds: null }, 30, true],
    [{ terminationGracePeriodSeconds: '60' }, 30, true],
    [{ terminationGracePeriodSeconds: 0 }, 0, false],
    [{ terminationGracePeriodSeconds: 30 }, 30, false],
    [{ terminationGracePeriodSeconds: -1 }, -1, false],
    [null, 30, true],
  ])('the grace of %j is %d s', (spec, graceSeconds, graceIsDefault) => {
    expect(pod(spec)).toMatchObject({ graceSeconds, graceIsDefault });
  });

  test('init containers that restart always are sidecars, and run beside the others', () => {
    const { containers, sidecars, all } = pod({
      containers: [{ name: 'main' }, { name: 'second' }, null, 'third'],
      initContainers: [
        { name: 'migrate' },
        { name: 'proxy', restartPolicy: 'Always' },
        { name: 'once', restartPolicy: 'OnFailure' },
        { name: 'logs', restartPolicy: 'Always' },
      ],
    });
    expect(containers.map(({ name, sidecar }) => [name, sidecar])).toEqual([
      ['main', false],
      ['second', false],
    ]);
    expect(sidecars.map(({ name, sidecar }) => [name, sidecar])).toEqual([
      ['proxy', true],
      ['logs', true],
    ]);
    expect(all.map(({ name }) => name)).toEqual(['main', 'second', 'proxy', 'logs']);
  });

  test('accelerators of all running containers add up, those of init containers do not', () => {
    const gpus = (name: string, count: number, more: JsonObject = {}) => ({
      name,
      resources: { limits: { 'nvidia.com/gpu': count } },
      ...more,
    });
    const { accelerators } = pod({
      containers: [
        gpus('main', 2),
        { name: 'second', resources: { limits: { 'nvidia.com/gpu': '1', 'amd.com/gpu': 1 } } },
      ],
      initContainers: [gpus('warm-up', 8), gpus('proxy', 1, { restartPolicy: 'Always' })],
    });
    expect([...accelerators]).toEqual([
      ['nvidia.com/gpu', 4],
      ['amd.com/gpu', 1],
    ]);
  });

  test('labels and volumes', () => {
    const { labels, volumes } = pod({ volumes: [{ name: 'a', emptyDir: {} }, null] });
    expect(labels).toEqual({ app: 'orders' });
    expect(volumes).toEqual([{ name: 'a', emptyDir: {} }]);
    expect(new Pod({}).labels).toEqual({});
    expect(new Pod({}).volumes).toEqual([]);
  });
});
