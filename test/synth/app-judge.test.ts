import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiObject, App, type Chart, Duration, JsonPatch, Testing, Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import * as judging from '../../src/rules/judge';
import { AppJudge } from '../../src/synth/app-judge';
import { chartIn, hasty, llama, objectOf, orders, thrownBy } from './apps';

let stderr: jest.SpyInstance;
beforeEach(() => {
  stderr = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => jest.restoreAllMocks());

const printed = () => stderr.mock.calls.map(([text]) => String(text)).join('');
const count = (text: string, part: string | RegExp) => text.split(part).length - 1;
const GRACE = '/spec/template/spec/terminationGracePeriodSeconds';

function written(app: App): readonly unknown[] {
  return fs.readdirSync(app.outdir).flatMap((file) => Yaml.load(path.join(app.outdir, file)));
}

describe('with five charts', () => {
  function fiveCharts() {
    const app = Testing.app();
    const services = ['a', 'b', 'c', 'd', 'e'].map((id) => orders(chartIn(app, id)));
    return { app, services };
  }

  test.each(['synth', 'synthYaml'] as const)('App.%s judges once and renders each object once', (method) => {
    const judge = jest.spyOn(judging, 'judge');
    const render = jest.spyOn(k8s.KubeDeployment.prototype, 'toJson');
    const { app } = fiveCharts();
    app[method]();
    expect(judge).toHaveBeenCalledTimes(1);
    expect(render).toHaveBeenCalledTimes(5);
    app[method]();
    expect(judge).toHaveBeenCalledTimes(2);
    expect(render).toHaveBeenCalledTimes(10);
  });

  test('what was judged is what is emitted', () => {
    const judge = jest.spyOn(judging, 'judge');
    const { app, services } = fiveCharts();
    for (const { deployment } of services) objectOf(deployment).addJsonPatch(JsonPatch.replace(GRACE, 77));
    app.synth();
    const judged = judge.mock.calls[0]?.[0].map(({ json }) => json) ?? [];
    const files = written(app);
    expect(files).toHaveLength(15);
    for (const json of judged) expect(files).toContainEqual(json);
    expect(judged).toHaveLength(15);
    expect(JSON.stringify(files)).toContain('"terminationGracePeriodSeconds":77');
  });

  test('every way of writing files holds to it', () => {
    const judge = jest.spyOn(judging, 'judge');
    for (const yamlOutputType of [0, 1, 2, 3]) {
      const app = Testing.app({ yamlOutputType, recordConstructMetadata: true });
      orders(chartIn(app, 'a'));
      orders(chartIn(app, 'b'));
      app.synth();
    }
    expect(judge).toHaveBeenCalledTimes(4);
  });
});

describe('outside of a synth nothing is remembered', () => {
  test.each([
    ['Testing.synth', (chart: Chart) => Testing.synth(chart)],
    ['App.synth', (chart: Chart) => App.of(chart).synth()],
    ['App.synthYaml', (chart: Chart) => App.of(chart).synthYaml()],
  ])('%s, patch, again', (_, synth) => {
    const chart = chartIn();
    const { deployment } = orders(chart);
    synth(chart);
    objectOf(deployment).addJsonPatch(JsonPatch.replace(GRACE, 20));
    expect(thrownBy(() => synth(chart)).message).toContain(
      'terminationGracePeriodSeconds is 20 s, the shutdown needs 40 s (20 s short)',
    );
    objectOf(deployment).addJsonPatch(JsonPatch.replace(GRACE, 60));
    synth(chart);
  });

  test('findings are of the manifest as it is now', () => {
    const web = orders(chartIn());
    expect(web.findings).toEqual([]);
    objectOf(web.deployment).addJsonPatch(JsonPatch.replace(GRACE, 20));
    expect(web.findings.map(({ rule }) => rule)).toContain('grace-shorter-than-shutdown');
  });
});

describe('errors', () => {
  test('of all workloads come in one error, each once', () => {
    const app = Testing.app();
    for (const id of ['a', 'b', 'c']) hasty(chartIn(app, id));
    orders(chartIn(app, 'd'));
    const { message } = thrownBy(() => app.synth());
    expect(message).toMatch(/^Validation failed with the following errors:\n/);
    expect(count(message, '[grace-shorter-than-shutdown]')).toBe(3);
    for (const id of ['a', 'b', 'c']) expect(count(message, `at: ${id}/hasty`)).toBe(1);
    expect(message).not.toContain('at: d/orders');
  });

  test('are lessons: rule, object, sum, fix, construct and documentation', () => {
    const chart = chartIn();
    const web = hasty(chart);
    expect(thrownBy(() => Testing.synth(chart)).message).toBe(
      [
        'Validation failed with the following errors:',
        `  [cdk8s-graceful] [grace-shorter-than-shutdown] apps/v1 Deployment ${web.deployment.name}: terminationGracePeriodSeconds is 36 s, the shutdown needs 40 s (4 s short)`,
        '      preStop delay 5 s + longest request 30 s + margin 5 s = 40 s',
        '      fix: raise terminationGracePeriod to 40 s or more, or lower longestRequest',
        '      at: chart/hasty',
        '      docs: https://github.com/cdk8s-graceful/cdk8s-graceful/blob/main/docs/rules.md#grace-shorter-than-shutdown',
      ].join('\n'),
    );
  });

  test('stand beside the errors of others', () => {
    const chart = chartIn();
    hasty(chart);
    chart.node.addValidation({ validate: () => ['something of their own'] });
    const { message } = thrownBy(() => Testing.synth(chart));
    expect(message).toContain('[chart] something of their own');
    expect(message).toContain('[grace-shorter-than-shutdown]');
  });

  test('let no file be written', () => {
    const app = Testing.app();
    orders(chartIn(app, 'a'));
    hasty(chartIn(app, 'b'));
    thrownBy(() => app.synth());
    expect(fs.readdirSync(app.outdir)).toEqual([]);
  });

  test('that are acknowledged fail nothing and print nothing', () => {
    const app = Testing.app();
    const web = hasty(chartIn(app));
    web.acknowledge({ rule: 'grace-shorter-than-shutdown', reason: 'clients repeat every request' });
    app.synth();
    expect(written(app)).toHaveLength(3);
    expect(web.findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['grace-shorter-than-shutdown', 'acknowledged'],
    ]);
    expect(printed()).toBe('');
  });
});

describe('warnings', () => {
  const WARNING = /^warning: \[no-headroom\]/m;

  test('are printed once over several synths, and fail none', () => {
    const app = Testing.app();
    const chart = chartIn(app);
    const { deployment } = orders(chart, { replicas: 1 });
    app.synth();
    expect(printed()).toMatch(WARNING);
    const first = printed();
    app.synth();
    app.synthYaml();
    Testing.synth(chart);
    expect(printed()).toBe(first);
    expect(count(first, WARNING)).toBe(1);
    expect(first).toContain(`apps/v1 Deployment ${deployment.name}`);
    expect(first.endsWith('\n')).toBe(true);
  });

  test('of several workloads are each printed', () => {
    const app = Testing.app();
    orders(chartIn(app, 'a'), { replicas: 1 });
    orders(chartIn(app, 'b'), { replicas: 1 });
    app.synth();
    expect(count(printed(), WARNING)).toBe(1 + 1);
  });

  test('what cannot be judged is a warning too', () => {
    const chart = chartIn();
    const { deployment } = orders(chart);
    objectOf(deployment).addJsonPatch(JsonPatch.remove('/metadata/annotations/cdk8s-graceful~1longest-request'));
    Testing.synth(chart);
    expect(printed()).toMatch(
      /^warning: \[grace-shorter-than-shutdown\].*cannot judge: the longest request is not known$/m,
    );
  });

  test('nothing is printed where nothing is found', () => {
    const chart = chartIn();
    orders(chart);
    Testing.synth(chart);
    expect(printed()).toBe('');
  });
});

describe('objects that stand elsewhere in the app', () => {
  function withBudget(namespace?: string) {
    const app = Testing.app();
    const web = orders(chartIn(app, 'shop'));
    new ApiObject(chartIn(app, 'platform'), 'second', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { namespace },
      spec: { maxUnavailable: 1, selector: { matchLabels: web.deployment.matchLabels } },
    });
    return { app, web };
  }

  test('a second PodDisruptionBudget is seen', () => {
    const { app, web } = withBudget();
    const { message } = thrownBy(() => app.synth());
    expect(message).toContain('[pdb-overlap]');
    expect(web.findings.map(({ rule }) => rule)).toContain('pdb-overlap');
  });

  test('one in another namespace is none of its business', () => {
    const { app } = withBudget('platform');
    app.synth();
  });

  test('a PodDisruptionBudget that is broken itself is reported with its own path', () => {
    const app = Testing.app();
    orders(chartIn(app, 'shop'));
    new ApiObject(chartIn(app, 'platform'), 'both', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      spec: { maxUnavailable: 1, minAvailable: 1, selector: { matchLabels: { app: 'other' } } },
    });
    const { message } = thrownBy(() => app.synth());
    expect(message).toContain('[pdb-both-fields]');
    expect(message).toContain('at: platform/both');
  });

  test('what bears on no workload is not even rendered', () => {
    const app = Testing.app();
    const chart = chartIn(app);
    orders(chart);
    const account = new k8s.KubeServiceAccount(chart, 'account');
    const other = new k8s.KubeDeployment(chart, 'other', {
      spec: { selector: {}, template: { spec: { containers: [{ name: 'main', image: 'x' }] } } },
    });
    const renders = [account, other].map((object) => jest.spyOn(object, 'toJson'));
    expect(AppJudge.of(app).judgement.fleet.workloads).toHaveLength(1);
    for (const render of renders) expect(render).not.toHaveBeenCalled();
  });
});

describe('one judge for each app', () => {
  test('wherever it is asked for', () => {
    const app = Testing.app();
    const chart = chartIn(app);
    const web = orders(chart);
    const engine = llama(chart);
    for (const construct of [app, chart, web, engine.deployment]) expect(AppJudge.of(construct)).toBe(AppJudge.of(app));
    expect(app.node.children.filter((child) => child instanceof AppJudge)).toHaveLength(1);
  });

  test('two apps do not mix', () => {
    const [bad, good] = [Testing.app(), Testing.app()];
    const one = hasty(chartIn(bad));
    const other = orders(chartIn(good));
    expect(() => bad.synth()).toThrow('grace-shorter-than-shutdown');
    good.synth();
    expect(one.findings).toHaveLength(1);
    expect(other.findings).toEqual([]);
    expect(AppJudge.of(good)).not.toBe(AppJudge.of(bad));
  });

  test('findings go to the construct that they are about', () => {
    const chart = chartIn();
    const [bad, good] = [hasty(chart, 'bad'), orders(chart, {}, 'good')];
    expect(bad.findings.map(({ origin }) => origin)).toEqual(['chart/bad']);
    expect(good.findings).toEqual([]);
  });

  test('its place is taken', () => {
    const app = Testing.app();
    expect(() => orders(chartIn(app, 'cdk8s-graceful'))).toThrow(
      "a construct 'cdk8s-graceful' stands at the top of the app",
    );
  });

  test('a root that is no app is judged when it is asked', () => {
    expect(AppJudge.of(new Construct(undefined as never, '')).judgement.findings).toEqual([]);
  });
});

test('a longer shutdown by a patch is judged against the grace that was derived', () => {
  const chart = chartIn();
  const web = orders(chart, { longestRequest: Duration.seconds(30) });
  objectOf(web.deployment).addJsonPatch(
    JsonPatch.replace('/metadata/annotations/cdk8s-graceful~1longest-request', '50s'),
  );
  expect(() => Testing.synth(chart)).toThrow('preStop delay 5 s + longest request 50 s + margin 5 s = 60 s');
});
