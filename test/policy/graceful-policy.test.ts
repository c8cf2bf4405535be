import { Duration, JsonPatch, Testing } from 'cdk8s';
import { Deployment, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { GracefulPolicy, NodeLifecycle, Severity, TrafficSource } from '../../src';
import type { JsonObject } from '../../src/manifest/json';
import { companions, deployment } from '../rules/cases/manifests';
import { chartIn, hasty, orders, thrownBy } from '../synth/apps';
import { apiObject, foreign, GRACE, unstated } from './foreign';

let stderr: jest.SpyInstance;
beforeEach(() => {
  stderr = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => jest.restoreAllMocks());

const printed = () => stderr.mock.calls.map(([text]) => String(text)).join('');
const rulesOf = (policy: GracefulPolicy) => policy.findings.map(({ rule }) => rule);
const graceFinding = (policy: GracefulPolicy) =>
  policy.findings.find(({ rule }) => rule === 'grace-shorter-than-shutdown');

describe('what is stated for the scope', () => {
  test('counts where the object states nothing', () => {
    const app = Testing.app();
    unstated(chartIn(app));
    const policy = GracefulPolicy.enforce(app);
    expect(graceFinding(policy)?.message).toContain('cannot judge');
    GracefulPolicy.enforce(app, { longestRequest: Duration.seconds(1) });
    expect(graceFinding(policy)).toBeUndefined();
    GracefulPolicy.enforce(app, { longestRequest: Duration.seconds(500) });
    expect(rulesOf(policy)).not.toEqual([]);
  });

  test('is overruled by the object', () => {
    const app = Testing.app();
    foreign(chartIn(app));
    expect(rulesOf(GracefulPolicy.enforce(app, { longestRequest: Duration.seconds(500) }))).toEqual([]);
  });

  test('traffic sources, node lifecycles, version and runtime reach the rules', () => {
    const app = Testing.app();
    foreign(chartIn(app)).addJsonPatch(JsonPatch.replace('/metadata/annotations', {}));
    const policy = GracefulPolicy.enforce(app, {
      longestRequest: Duration.seconds(1),
      trafficSources: [TrafficSource.custom('mesh', { propagation: Duration.seconds(300) })],
      nodeLifecycles: [NodeLifecycle.custom('short', Duration.seconds(2))],
      kubernetesVersion: '1.28',
      runtime: 'spring-boot',
      runtimeVersion: '3.5.0',
    });
    expect(rulesOf(policy)).toEqual(
      expect.arrayContaining([
        'sleep-action-unsupported',
        'prestop-shorter-than-propagation',
        'grace-longer-than-node-gives',
      ]),
    );
    expect(rulesOf(policy)).not.toContain('runtime-unknown');
  });

  test('holds for the constructs of the library, their budget included', () => {
    const app = Testing.app();
    const web = orders(chartIn(app));
    GracefulPolicy.enforce(app, { trafficSources: [TrafficSource.awsLoadBalancer()] });
    expect(web.findings.map(({ rule }) => rule)).toContain('prestop-shorter-than-propagation');
    const withLoadBalancer = web.budget.toString();
    GracefulPolicy.enforce(web, { trafficSources: [TrafficSource.kubeProxy()] });
    expect(web.findings).toEqual([]);
    expect(web.budget.sum).toContain('= 40 s');
    expect(withLoadBalancer).not.toBe(web.budget.toString());
  });
});

describe('scopes', () => {
  test('outside of it only what registered itself is judged', () => {
    const app = Testing.app();
    const [inside, outside] = [chartIn(app, 'inside'), chartIn(app, 'outside')];
    foreign(inside, 0);
    foreign(outside, 0);
    const mine = hasty(outside);
    const policy = GracefulPolicy.enforce(inside);
    const { message } = thrownBy(() => app.synth());
    expect(message).toContain('at: inside/Deployment');
    expect(message).not.toContain('at: outside/Deployment');
    expect(message).toContain('at: outside/hasty');
    expect(new Set(policy.findings.map(({ origin }) => origin))).toEqual(new Set(['inside/Deployment']));
    expect(mine.findings).toHaveLength(1);
  });

  test('a scope is more than a path that begins alike', () => {
    const app = Testing.app();
    const shop = chartIn(app, 'shop');
    foreign(shop);
    foreign(chartIn(app, 'shop-2'), 0);
    GracefulPolicy.enforce(app);
    expect(rulesOf(GracefulPolicy.enforce(shop)).filter((rule) => rule === 'grace-zero')).toEqual([]);
  });

  test('companions elsewhere in the app count', () => {
    const app = Testing.app();
    const [inside, outside] = [chartIn(app, 'inside'), chartIn(app, 'outside')];
    const isBudget = ({ kind }: JsonObject) => kind === 'PodDisruptionBudget';
    for (const object of [deployment(), ...companions()]) if (!isBudget(object)) apiObject(inside, object);
    const policy = GracefulPolicy.enforce(inside);
    expect(rulesOf(policy)).toContain('pdb-missing');
    for (const companion of companions().filter(isBudget)) apiObject(outside, companion);
    expect(rulesOf(policy)).toEqual([]);
  });

  test('an inner policy states what it states, and the rest is as outside, whichever came first', () => {
    const app = Testing.app();
    const [inner, other] = [chartIn(app, 'inner'), chartIn(app, 'other')];
    foreign(inner).addJsonPatch(JsonPatch.replace('/metadata/annotations', {}));
    foreign(other).addJsonPatch(JsonPatch.replace('/metadata/annotations', {}));
    const strict = GracefulPolicy.enforce(inner, { longestRequest: Duration.seconds(29) });
    GracefulPolicy.enforce(app, {
      longestRequest: Duration.seconds(1),
      nodeLifecycles: [NodeLifecycle.custom('short', Duration.seconds(40))],
      acknowledgements: [{ rule: 'runtime-unknown', reason: 'nobody knows what it is' }],
      failOn: Severity.WARNING,
    });
    expect(rulesOf(strict)).toContain('grace-longer-than-node-gives');
    const { message } = thrownBy(() => app.synth());
    expect(message).toContain('at: inner/Deployment');
    expect(message).toContain('longest request 29 s');
    expect(`${message}${printed()}`).not.toContain('[runtime-unknown]');
  });

  test('of two on one scope the later one counts, and what it does not state stays', () => {
    const app = Testing.app();
    unstated(chartIn(app));
    GracefulPolicy.enforce(app, { longestRequest: Duration.seconds(600), failOn: Severity.CANNOT_JUDGE });
    expect(() => app.synth()).toThrow('longest request');
    GracefulPolicy.enforce(app, { longestRequest: Duration.seconds(1) });
    expect(GracefulPolicy.enforce(app).findings).toEqual([]);
    app.synth();
  });

  test('objects that are added later are judged', () => {
    const app = Testing.app();
    GracefulPolicy.enforce(app);
    app.synth();
    foreign(chartIn(app), 0);
    expect(() => app.synth()).toThrow('[grace-zero]');
  });

  test('a scope may be a single object, or stand in no app', () => {
    expect(rulesOf(GracefulPolicy.enforce(foreign(chartIn(), 0)))).toContain('grace-zero');
    expect(GracefulPolicy.enforce(new Construct(undefined as never, '')).findings).toEqual([]);
  });
});

describe('findings that are accepted', () => {
  const reason = 'nothing of it serves requests';

  test('on the object, whoever wrote it', () => {
    const chart = chartIn();
    const pod = new k8s.KubePod(chart, 'pod', {
      spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image: 'nginx:1.27.0' }] },
    });
    const web = new Deployment(chart, 'web', {
      replicas: 1,
      containers: [{ image: 'nginx:1.27.0' }],
      terminationGracePeriod: Duration.seconds(0),
    });
    const policy = GracefulPolicy.enforce(chart);
    for (const construct of [pod, web, foreign(chart, 0)]) {
      GracefulPolicy.acknowledge(construct, { rule: 'grace-zero', reason: ` ${reason} ` });
    }
    const found = policy.findings.filter(({ rule }) => rule === 'grace-zero');
    expect(found.map(({ acknowledgedBecause }) => acknowledgedBecause)).toEqual([reason, reason, reason]);
    expect(pod.toJson().metadata.annotations).toEqual({ 'cdk8s-graceful/acknowledge.grace-zero': reason });
  });

  test('in the whole scope: listed, and neither failing nor printed', () => {
    const app = Testing.app();
    unstated(chartIn(app)).addJsonPatch(JsonPatch.replace(GRACE, 0));
    const acknowledgements = [...new Set(rulesOf(GracefulPolicy.enforce(app)))]
      .filter((rule) => rule !== 'grace-shorter-than-shutdown')
      .map((rule) => ({ rule, reason }));
    const policy = GracefulPolicy.enforce(app, { acknowledgements });
    app.synth();
    expect(printed()).not.toContain('[grace-zero]');
    const zero = policy.findings.find(({ rule }) => rule === 'grace-zero');
    expect([zero?.severity, zero?.acknowledgedBecause]).toEqual([Severity.ACKNOWLEDGED, reason]);
  });

  test('the reason on the object is the one that is listed', () => {
    const app = Testing.app();
    GracefulPolicy.acknowledge(foreign(chartIn(app), 0), { rule: 'grace-zero', reason });
    const policy = GracefulPolicy.enforce(app, {
      acknowledgements: [{ rule: 'grace-zero', reason: 'another reason of the app' }],
    });
    expect(policy.findings.find(({ rule }) => rule === 'grace-zero')?.acknowledgedBecause).toBe(reason);
  });

  test.each([
    ['grace-zer', reason, "there is no rule 'grace-zer'; did you mean grace-zero?"],
    ['???', reason, 'docs/rules.md lists them'],
    ['grace-zero', ' so what  ', 'fewer than 10 characters'],
  ])('%s because %s is refused', (rule, because, message) => {
    const chart = chartIn();
    const acknowledgement = { rule, reason: because };
    expect(() => GracefulPolicy.acknowledge(foreign(chart), acknowledgement)).toThrow(message);
    expect(() => GracefulPolicy.enforce(chart, { acknowledgements: [acknowledgement] })).toThrow(message);
  });
});

test.each([
  [undefined, false, false],
  [Severity.ERROR, false, false],
  [Severity.WARNING, true, false],
  [Severity.CANNOT_JUDGE, true, true],
])('failOn %s: what fails is not printed, and what is printed fails nothing', (failOn, onWarning, onQuestion) => {
  const app = Testing.app();
  GracefulPolicy.acknowledge(unstated(chartIn(app)), { rule: 'grace-zero', reason: 'it is not zero at all' });
  GracefulPolicy.enforce(app, { failOn });
  const message = onWarning ? thrownBy(() => app.synth()).message : String(app.synth());
  const both = (text: string) => [message.includes(text), printed().includes(text)];
  expect(both('[acknowledgement-unused]')).toEqual([onWarning, !onWarning]);
  expect(both('cannot judge')).toEqual([onQuestion, !onQuestion]);
});

test('everything that is wrong with the properties is said at once', () => {
  const twice = { rule: 'grace-zero', reason: 'it is a batch job' };
  const { message } = thrownBy(() =>
    GracefulPolicy.enforce(chartIn(), {
      longestRequest: Duration.millis(1500),
      kubernetesVersion: 'newest',
      runtime: 'spring-bot',
      runtimeVersion: ' ',
      failOn: Severity.ACKNOWLEDGED,
      acknowledgements: [twice, twice],
    }),
  );
  expect(message).toBe(
    [
      "GracefulPolicy.enforce on 'chart':",
      '  - longestRequest is 1.5 s: Kubernetes counts whole seconds',
      "  - kubernetesVersion is 'newest', not a version such as 1.34 or 1.36.3",
      "  - runtime is 'spring-bot', which is not known; did you mean spring-boot?",
      '  - runtimeVersion is empty',
      '  - acknowledgements: the rule "grace-zero" is given twice',
      '  - failOn is ACKNOWLEDGED: what was accepted fails nothing; use CANNOT_JUDGE, WARNING or ERROR',
    ].join('\n'),
  );
  expect(() => GracefulPolicy.enforce(Testing.app(), { runtimeVersion: '1.0' })).toThrow(
    "GracefulPolicy.enforce on 'the app':\n  - runtimeVersion is '1.0', and runtime is not given",
  );
  expect(() => GracefulPolicy.enforce(Testing.app(), { runtime: '???' })).toThrow('it can be ');
});
