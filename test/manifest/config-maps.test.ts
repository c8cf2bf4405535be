import { fleetOf } from '../../src/manifest/fleet';
import type { JsonObject } from '../../src/manifest/json';
import { type Changes, deploymentOf } from '../rules/cases/manifests';

const configMap = (data: JsonObject, name = 'orders', namespace = 'shop'): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});

function main(container: Changes, objects: readonly JsonObject[], pod: Changes = {}) {
  const { workloads } = fleetOf([deploymentOf(container, pod), ...objects].map((json) => ({ json })));
  const [found] = workloads[0]?.pod.containers ?? [];
  if (!found) throw new Error('no container');
  return found;
}

describe('variables', () => {
  const reference = (name: string, key: string) => ({ name: 'T', valueFrom: { configMapKeyRef: { name, key } } });

  test.each<[string, Changes, string | undefined]>([
    ['a key', { env: [reference('orders', 't')] }, '20'],
    ['a key that is not there', { env: [reference('orders', 'u')] }, undefined],
    ['a key that every object has in JavaScript', { env: [reference('orders', 'constructor')] }, undefined],
    ['another ConfigMap', { env: [reference('billing', 't')] }, undefined],
    ['all of it', { env: undefined, envFrom: [{ configMapRef: { name: 'orders' }, prefix: 'x' }] }, undefined],
    [
      'another variable',
      {
        env: [
          { name: 'A', value: '7' },
          { name: 'T', value: '$(A)0' },
        ],
      },
      '70',
    ],
    ['one that is known nowhere', { env: [{ name: 'T', value: '$(A)0' }] }, undefined],
    ['no reference', { env: [{ name: 'T', value: '$$(A)0' }] }, '$$(A)0'],
  ])('%s', (_, container, text) => {
    expect(main(container, [configMap({ t: '20' })]).env.get('T')).toBe(text);
  });

  test('with a prefix, and env before envFrom', () => {
    const envFrom = [{ configMapRef: { name: 'orders' }, prefix: 'A_' }];
    const container = main({ env: [{ name: 'A_u', value: '1' }], envFrom }, [configMap({ t: '20', u: '30' })]);
    expect([...container.env]).toEqual([
      ['A_t', '20'],
      ['A_u', '1'],
    ]);
    expect(container.environment.mayHoldMore).toBe(false);
  });

  test.each<[string, readonly JsonObject[]]>([
    ['none of that name', [configMap({ t: '20' }, 'billing')]],
    ['one of another namespace', [configMap({ t: '20' }, 'orders', 'billing')]],
    ['two of one name', [configMap({ t: '20' }), configMap({ t: '30' })]],
  ])('%s: nothing is known of them', (_, objects) => {
    const container = main({ env: undefined, envFrom: [{ configMapRef: { name: 'orders' } }] }, objects);
    expect([...container.env]).toEqual([]);
    expect(container.environment.mayHoldMore).toBe(true);
  });
});

describe('scripts', () => {
  const scripts = configMap({
    'drain.sh': '#!/bin/sh\nsleep 12\n',
    'drain.py': '#!/usr/bin/env python3\nimport time\n',
    'env.sh': '#!/usr/bin/env bash\nsleep 14\n',
    'wait.sh': 'sleep 13\n',
  });
  const volumes = [{ name: 'scripts', configMap: { name: 'orders' } }];
  const volumeMounts = [{ name: 'scripts', mountPath: '/scripts' }];
  const seconds = (command: readonly string[], container: Changes = {}, pod: Changes = {}) =>
    main({ volumeMounts, lifecycle: { preStop: { sleep: undefined, exec: { command } } }, ...container }, [scripts], {
      volumes,
      ...pod,
    }).preStop?.longestSeconds;

  test.each<[readonly string[], number | undefined]>([
    [['sh', '/scripts/drain.sh'], 12],
    [['/bin/sh', '-e', '/scripts/drain.sh', 'argument'], 12],
    [['/scripts/drain.sh'], 12],
    [['/scripts/env.sh'], 14],
    [['sh', '-c', '/scripts/drain.sh'], 12],
    [['sh', '-c', 'exec bash /scripts/wait.sh'], 13],
    [['sh', '/scripts/wait.sh'], 13],
    [['/scripts/wait.sh'], undefined],
    [['/scripts/drain.py'], undefined],
    [['sh', '/scripts/other.sh'], undefined],
    [['sh', '/elsewhere/drain.sh'], undefined],
  ])('%j takes %p s', (command, expected) => {
    expect(seconds(command)).toBe(expected);
  });

  test.each<[string, Changes, Changes, number | undefined]>([
    ['one file', { volumeMounts: [{ name: 'scripts', mountPath: '/scripts/drain.sh', subPath: 'wait.sh' }] }, {}, 13],
    [
      'an item',
      {},
      { volumes: [{ name: 'scripts', configMap: { name: 'orders', items: [{ key: 'wait.sh', path: 'drain.sh' }] } }] },
      13,
    ],
    [
      'a projected volume',
      {},
      { volumes: [{ name: 'scripts', projected: { sources: [{ secret: {} }, { configMap: { name: 'orders' } }] } }] },
      12,
    ],
    ['a volume of another kind', {}, { volumes: [{ name: 'scripts', emptyDir: {} }] }, undefined],
    ['a ConfigMap elsewhere', {}, { volumes: [{ name: 'scripts', configMap: { name: 'billing' } }] }, undefined],
  ])('%s', (_, container, pod, expected) => {
    expect(seconds(['sh', '/scripts/drain.sh'], container, pod)).toBe(expected);
  });
});
