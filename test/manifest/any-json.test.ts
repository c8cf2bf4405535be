import fc from 'fast-check';
import { Assessment } from '../../src/manifest/assessment';
import { fleetOf } from '../../src/manifest/fleet';
import type { JsonObject } from '../../src/manifest/json';
import { Replacement } from '../../src/manifest/replacement';
import { budgetText } from '../../src/report/budget-text';
import { findingText } from '../../src/report/finding-text';
import { judge } from '../../src/rules/judge';
import { autoscaler, container, deploymentStating, disruptionBudget, service } from '../rules/cases/manifests';

/** As much of a manifest as anything is read of. */
const OBJECTS: readonly JsonObject[] = [
  deploymentStating(
    {
      'traffic-sources': 'kube-proxy, mesh=20s/readiness',
      'node-lifecycles': 'karpenter=300s',
      'kubernetes-version': '1.34',
      'shutdown-phases': '2',
      'drain.proxy': '5s',
      'acknowledge.no-headroom': 'known since the migration',
    },
    {
      spec: {
        template: {
          spec: {
            volumes: [{ name: 'run', emptyDir: {} }],
            containers: [
              container({
                command: ['/bin/sh', '-c', 'exec java -jar app.jar'],
                args: ['--port', '8080'],
                resources: { limits: { 'nvidia.com/gpu': 1, cpu: '2' } },
                volumeMounts: [{ name: 'run', mountPath: '/run/app' }],
                lifecycle: {
                  preStop: { exec: { command: ['sh', '-c', 'touch /run/app/draining; sleep 25'] } },
                  postStart: { exec: { command: ['rm', '-f', '/run/app/draining'] } },
                },
                readinessProbe: { exec: { command: ['test', '!', '-e', '/run/app/draining'] }, periodSeconds: 5 },
              }),
            ],
            initContainers: [
              {
                name: 'proxy',
                image: 'example.com/proxy:1',
                restartPolicy: 'Always',
                lifecycle: { preStop: { sleep: { seconds: 10 } } },
              },
            ],
          },
        },
      },
    },
  ),
  deploymentStating({}, { metadata: { name: 'reports' } }),
  service(),
  disruptionBudget({ spec: { selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['orders'] }] } } }),
  autoscaler(),
];

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

const PATHS = pathsOf(OBJECTS).slice(1);

function withValueAt(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (typeof value !== 'object' || value === null) return value;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  Reflect.set(copy, key, withValueAt(Reflect.get(copy, key), rest, replacement));
  return copy;
}

const GETTERS = Object.entries(Object.getOwnPropertyDescriptors(Assessment.prototype))
  .filter(([, { get }]) => get)
  .map(([name]) => name);

/** Everything that can be asked of manifests, in one go. */
function readAll(objects: unknown): void {
  const sources = (objects as readonly JsonObject[]).map((json) => ({ json }));
  const fleet = fleetOf(sources);
  for (const workload of fleet.workloads) {
    const assessment = new Assessment(workload);
    for (const name of GETTERS) Reflect.get(assessment, name);
    const replacement = new Replacement(assessment);
    replacement.headroom();
    replacement.rollout();
    for (const budget of fleet.disruptionBudgets) replacement.evictionsOverRange(budget);
    expect(budgetText(assessment)).toContain(workload.ref.name);
  }
  for (const finding of judge(sources).findings) expect(findingText(finding)).toContain(finding.rule);
}

const STRANGE = [
  ...[
    null,
    true,
    false,
    '',
    ' ',
    'x',
    '3',
    '25%',
    '2147483647%',
    '-1',
    '1e400',
    '1'.repeat(400),
    `${'9'.repeat(400)}d`,
  ],
  ...[0, -1, 1.5, 2147483647, 2147483648, 9007199254740991, 1e308, -1e308],
  ...[[], {}, [null], [[]], [{}], [''], { '': '' }, 'constructor', '__proto__', 'Always', 'Recreate', 'sleep infinity'],
];

describe('no JSON whatever makes a reader or a rule throw', () => {
  test('what is replaced below is read', () => {
    expect(PATHS.length).toBeGreaterThan(100);
    expect(GETTERS).toContain('idleAtSigterm');
    readAll(OBJECTS);
  });

  test('every part replaced by null', () => {
    const throwing = PATHS.filter((path) => {
      try {
        readAll(withValueAt(OBJECTS, path, null));
        return false;
      } catch {
        return true;
      }
    });
    expect(throwing.map((path) => path.join('/'))).toEqual([]);
  });

  test.each([
    ['a phase timeout below zero', '0/spec/template/spec/containers/0/env/1/value', '-1s'],
    ['a phase timeout without end', '0/spec/template/spec/containers/0/env/1/value', `${'9'.repeat(400)}d`],
    [
      'more accelerators than a number holds',
      '0/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu',
      1e308,
    ],
    ['a sleep as long as the universe', '0/spec/template/spec/initContainers/0/lifecycle/preStop/sleep/seconds', 1e308],
    ['replicas that add up to too many', '1/spec/replicas', 2147483647],
    ['an autoscaler that adds up to too many', '4/spec/maxReplicas', 2147483647],
    ['a surge of more pods than there can be', '0/spec/strategy/rollingUpdate/maxSurge', '2147483647%'],
  ])('%s', (_, path, value) => {
    const keys = path.split('/').map((key) => key.replace('~1', '/'));
    expect(PATHS.map(String)).toContain(String(keys));
    readAll(withValueAt(OBJECTS, keys, value));
  });

  test('any parts replaced by any JSON', () => {
    const replacement = fc.record({
      path: fc.constantFrom(...PATHS),
      value: fc.oneof(fc.constantFrom<unknown>(...STRANGE), fc.jsonValue()),
    });
    fc.assert(
      fc.property(fc.array(replacement, { minLength: 1, maxLength: 5 }), (replacements) => {
        const objects = replacements.reduce<unknown>((all, { path, value }) => withValueAt(all, path, value), OBJECTS);
        readAll(objects);
      }),
      { numRuns: 300 },
    );
  });
});
