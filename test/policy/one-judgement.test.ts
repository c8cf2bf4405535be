import * as fs from 'node:fs';
import { ApiObject, Testing } from 'cdk8s';
import { Deployment, k8s } from 'cdk8s-plus-27';
import { GracefulPolicy } from '../../src';
import * as judging from '../../src/rules/judge';
import { chartIn, hasty, orders, thrownBy } from '../synth/apps';
import { foreign } from './foreign';

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => jest.restoreAllMocks());

const reason = 'nobody calls this one';
const acknowledgements = ['pdb-missing', 'readiness-probe-missing'].map((rule) => ({ rule, reason }));

/** Three charts of objects of all sorts, some of which change with every rendering. */
function app(policed: boolean) {
  const made = Testing.app();
  for (const id of ['a', 'b', 'c']) {
    const chart = chartIn(made, id);
    foreign(chart);
    orders(chart);
    new Deployment(chart, 'spread', { spread: true, replicas: 2, containers: [{ image: 'nginx:1.27.0' }] });
    new k8s.KubeConfigMap(chart, 'config', { data: { a: 'b' } });
  }
  if (policed) GracefulPolicy.enforce(made, { acknowledgements });
  return made;
}

test.each(['synth', 'synthYaml'] as const)('App.%s judges once, and renders each object once', (method) => {
  const judge = jest.spyOn(judging, 'judge');
  const render = jest.spyOn(ApiObject.prototype, 'toJson');
  const policed = app(true);
  policed[method]();
  expect(judge).toHaveBeenCalledTimes(1);
  const rendered = render.mock.contexts as ApiObject[];
  expect(rendered).toHaveLength(new Set(rendered).size);
  policed[method]();
  expect(judge).toHaveBeenCalledTimes(2);
});

test('what is written is what would be written without a policy', () => {
  expect(app(true).synthYaml()).toBe(app(false).synthYaml());
});

test('the objects are left as they were, also after a refusal', () => {
  const policed = app(true);
  policed.synth();
  const refused = app(true);
  foreign(chartIn(refused, 'd'), 0);
  expect(() => refused.synth()).toThrow('[grace-zero]');
  for (const made of [policed, refused]) {
    const changed = made.node
      .findAll()
      .filter((construct) => ApiObject.isApiObject(construct) && Object.hasOwn(construct, 'toJson'))
      .map(({ node }) => node.path);
    expect(changed.filter((path) => !path.includes('/orders'))).toEqual([]);
  }
});

test('a refused synth says all errors, and writes nothing', () => {
  const made = Testing.app();
  for (const id of ['a', 'b']) foreign(chartIn(made, id), 0);
  hasty(chartIn(made, 'c'));
  GracefulPolicy.enforce(made);
  const { message } = thrownBy(() => made.synth());
  expect(message.split('[grace-zero]')).toHaveLength(2 + 1);
  expect(message).toContain('at: c/hasty');
  expect(fs.readdirSync(made.outdir)).toEqual([]);
});
