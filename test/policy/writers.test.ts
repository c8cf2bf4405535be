import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, type Chart, Duration, Include, Testing } from 'cdk8s';
import { Deployment, k8s } from 'cdk8s-plus-27';
import { GracefulPolicy } from '../../src';
import { folderOf, short, yamlOf } from '../cli/running';
import { companions, deployment } from '../rules/cases/manifests';
import { chartIn, thrownBy } from '../synth/apps';
import { apiObject, foreign, graceOf } from './foreign';

let stderr: jest.SpyInstance;
beforeEach(() => {
  stderr = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => jest.restoreAllMocks());

const folder = folderOf();
afterAll(() => folder.remove());

const main = { name: 'main', image: 'nginx:1.27.0', ports: [{ containerPort: 80 }] };
const selector = { matchLabels: { app: 'web' } };
const template = (spec: object) => ({ metadata: { labels: { app: 'web' } }, spec: { containers: [main], ...spec } });

function included(chart: Chart, text: string): void {
  const url = path.join(folder.path, 'included.yaml');
  fs.writeFileSync(url, text);
  new Include(chart, 'file', { url });
}

const WRITERS: readonly [string, (chart: Chart) => unknown][] = [
  ['an ApiObject', (chart) => foreign(chart, 0)],
  [
    'a class that is generated from the schema',
    (chart) =>
      new k8s.KubeDeployment(chart, 'web', {
        spec: { selector, template: template({ terminationGracePeriodSeconds: 0 }) },
      }),
  ],
  [
    'a construct of cdk8s-plus',
    (chart) =>
      new Deployment(chart, 'web', {
        containers: [{ image: 'nginx:1.27.0', portNumber: 80 }],
        terminationGracePeriod: Duration.seconds(0),
      }),
  ],
  ['an included file', (chart) => included(chart, yamlOf(deployment(graceOf(0)), ...companions()))],
  [
    'a List in an included file',
    (chart) => {
      const items = [deployment(graceOf(0)), ...companions()];
      included(chart, yamlOf({ apiVersion: 'v1', kind: 'List', metadata: { name: 'all' }, items }));
    },
  ],
];

describe.each(WRITERS)('%s', (_, write) => {
  test.each([
    ['App.synth', (chart: Chart) => App.of(chart).synth()],
    ['App.synthYaml', (chart: Chart) => App.of(chart).synthYaml()],
    ['Testing.synth', (chart: Chart) => Testing.synth(chart)],
  ])('is judged by %s, and is not without a policy', (_name, synth) => {
    const chart = chartIn();
    write(chart);
    synth(chart);
    GracefulPolicy.enforce(chart.node.root);
    const { message } = thrownBy(() => synth(chart));
    expect(message).toContain('[grace-zero]');
    expect(message).toMatch(/\n {6}at: chart\//);
  });
});

test('what cdk8s-plus drops is judged as dropped', () => {
  const chart = chartIn();
  const container = { ...main, lifecycle: { preStop: { sleep: { seconds: 20 } } as any } };
  new k8s.KubeDeployment(chart, 'web', { spec: { selector, template: template({ containers: [container] }) } });
  apiObject(chart, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
  });
  const policy = GracefulPolicy.enforce(chart);
  expect(policy.findings.map(({ rule }) => rule)).toContain('prestop-missing');
});

test('a file that the linter refuses is refused, with the path of its construct', () => {
  const chart = chartIn();
  included(chart, short);
  const { findings } = GracefulPolicy.enforce(chart);
  expect(findings.map(({ rule, origin }) => [rule, origin])).toContainEqual([
    'grace-shorter-than-shutdown',
    'chart/file/orders-deployment-shop',
  ]);
  expect(stderr).not.toHaveBeenCalled();
});
