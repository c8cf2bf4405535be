import * as execReadiness from '../../src/kubernetes/exec-readiness';
import * as gates from '../../src/kubernetes/gates';
import * as nodes from '../../src/nodes';
import * as runtimeRoom from '../../src/runtimes';
import { compareVersions, parseVersion } from '../../src/runtimes/version';
import * as vllm from '../../src/runtimes/vllm';
import * as traffic from '../../src/traffic';

interface Found {
  readonly where: string;
  readonly fact: Readonly<Record<'value' | 'source' | 'date' | 'evidence', unknown>>;
}

function factsIn(value: unknown, where: string): readonly Found[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, child]) => factsIn(child, `${where}.${key}`));
  return 'evidence' in value ? [{ where, fact: value as Found['fact'] }, ...below] : below;
}

const found = [
  ...factsIn(runtimeRoom.runtimes, 'runtimes'),
  ...factsIn(['0.17.0', '0.18.0', '0.27.0'].map(vllm.uvicornLetsStreamsFinish), 'uvicornLetsStreamsFinish'),
  ...factsIn(traffic.trafficSources, 'trafficSources'),
  ...factsIn(nodes.nodeLifecycles, 'nodeLifecycles'),
  ...factsIn(gates.kubernetesGates, 'kubernetesGates'),
  ...factsIn(execReadiness.execReadinessFacts, 'execReadinessFacts'),
];

describe('every fact', () => {
  test('is found', () => {
    expect(found.length).toBeGreaterThan(150);
  });

  test('names its original source', () => {
    const unsourced = found.filter(({ fact }) => typeof fact.source !== 'string' || fact.source.trim().length <= 10);
    expect(unsourced).toEqual([]);
  });

  test('names no file of this project or machine', () => {
    const local = found.filter(({ fact }) =>
      /\/work\/|\/tmp\/|facts\/|\.md fact|engines-measured|design\.md/.test(`${fact.source}`),
    );
    expect(local).toEqual([]);
  });

  test('has a month and a kind of evidence', () => {
    const undated = found.filter(({ fact }) => !/^20\d\d-(0[1-9]|1[0-2])$/.test(`${fact.date}`));
    expect(undated).toEqual([]);
    expect(new Set(found.map(({ fact }) => fact.evidence))).toEqual(new Set(['measured', 'read', 'unverified']));
  });

  test('that was measured says what was run', () => {
    const silent = found.filter(({ fact }) => fact.evidence === 'measured' && !`${fact.source}`.includes('run: '));
    expect(silent).toEqual([]);
  });
});

describe('every runtime', () => {
  test.each(runtimeRoom.runtimes.map((facts) => [facts.id, facts] as const))(
    '%s has its versions in order, the first without a bound',
    (_, { versions }) => {
      expect(versions[0].from).toBeUndefined();
      const boundaries = versions.slice(1).map(({ from }) => from ?? '');
      expect(boundaries.map(parseVersion)).toEqual(boundaries);
      expect([...boundaries].sort(compareVersions)).toEqual(boundaries);
    },
  );

  test.each(runtimeRoom.runtimes.map((facts) => [facts.id, facts] as const))(
    '%s names no image twice',
    (_, { images }) => {
      const names = images.value.map(({ repository, tagWord = '' }) => `${repository} ${tagWord}`);
      expect(new Set(names).size).toBe(names.length);
    },
  );
});
