import { ApiObject, type Chart, JsonPatch, Testing } from 'cdk8s';
import { Cpu, Deployment, k8s } from 'cdk8s-plus-27';
import { valueAt } from '../../src/manifest/json';
import { type Amendment, finalize } from '../../src/synth/final-json';
import { chartIn, emitted, llama, objectOf, orders, thrownBy } from './apps';

const POD = '/spec/template/spec';
const CONTAINER = `${POD}/containers/0`;

function plainDeployment(): { readonly chart: Chart; readonly object: ApiObject } {
  const chart = chartIn();
  const deployment = new Deployment(chart, 'web', {
    containers: [{ name: 'main', image: 'example.com/web:1', resources: {} }],
  });
  return { chart, object: ApiObject.of(deployment) };
}

function finalized(amend?: Amendment): ApiObject {
  const { object } = plainDeployment();
  finalize(object, amend);
  return object;
}

/** The value at a JSON pointer. */
function at(json: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce(
      (value, part) => (Array.isArray(value) ? value[Number(part)] : valueAt(value, part.replaceAll('~1', '/'))),
      json,
    );
}

const LIMITS = `${CONTAINER}/resources/limits`;
const SIDECAR = { name: 'proxy', image: 'example.com/proxy:1', restartPolicy: 'Always' };

/** Everything here is lost, or comes out broken, when it is patched into an object of cdk8s-plus-27 itself. */
const LOST: readonly (readonly [string, readonly JsonPatch[], string, unknown])[] = [
  [
    'an extended resource as a text',
    [JsonPatch.add(`${CONTAINER}/resources`, { limits: { 'nvidia.com/gpu': '1' } })],
    `${LIMITS}/nvidia.com~1gpu`,
    '1',
  ],
  [
    'an extended resource as a number',
    [JsonPatch.add(`${CONTAINER}/resources`, { limits: { 'nvidia.com/gpu': 1 } })],
    `${LIMITS}/nvidia.com~1gpu`,
    1,
  ],
  [
    'the sleep action',
    [JsonPatch.add(`${CONTAINER}/lifecycle`, { preStop: { sleep: { seconds: 7 } } })],
    `${CONTAINER}/lifecycle`,
    { preStop: { sleep: { seconds: 7 } } },
  ],
  ['a native sidecar', [JsonPatch.add(`${POD}/initContainers`, [SIDECAR])], `${POD}/initContainers/0`, SIDECAR],
  ['setHostnameAsFQDN', [JsonPatch.replace(`${POD}/setHostnameAsFQDN`, true)], `${POD}/setHostnameAsFQDN`, true],
  [
    'a plain number as a probe port',
    [JsonPatch.add(`${CONTAINER}/readinessProbe`, { tcpSocket: { port: 8080 } })],
    `${CONTAINER}/readinessProbe/tcpSocket/port`,
    8080,
  ],
  [
    'a field that Kubernetes 1.27 did not have',
    [JsonPatch.add(`${POD}/schedulingGates`, [{ name: 'a' }]), JsonPatch.add(`${POD}/resizePolicyOfTomorrow`, 'x')],
    `${POD}/resizePolicyOfTomorrow`,
    'x',
  ],
];

describe('a patch lands as it was written', () => {
  test.each(LOST)('%s', (_, patches, pointer, value) => {
    const object = finalized();
    object.addJsonPatch(...patches);
    expect(at(object.toJson(), pointer)).toEqual(value);
  });

  test.each(LOST)('cdk8s-plus-27 alone does not do that: %s', (_, patches, pointer, value) => {
    const { object } = plainDeployment();
    object.addJsonPatch(...patches);
    expect(at(object.toJson(), pointer)).not.toEqual(value);
  });

  test.each([
    ['Quantity', k8s.Quantity.fromString('500m'), '500m'],
    ['Quantity of a number', k8s.Quantity.fromNumber(2), 2],
    ['IntOrString of a number', k8s.IntOrString.fromNumber(8080), 8080],
    ['IntOrString of a text', k8s.IntOrString.fromString('25%'), '25%'],
    [
      'within maps and lists',
      { a: [{ b: k8s.Quantity.fromString('1Gi') }, 1, null, 'x'], c: { d: k8s.IntOrString.fromNumber(3) } },
      { a: [{ b: '1Gi' }, 1, null, 'x'], c: { d: 3 } },
    ],
    ['null', null, null],
    ['false', false, false],
  ])('%s is unwrapped', (_, wrapped, value) => {
    for (const patch of [JsonPatch.add('/spec/x', wrapped), JsonPatch.replace('/spec/x', wrapped)]) {
      const object = finalized();
      object.addJsonPatch(patch);
      expect(at(object.toJson(), '/spec/x')).toEqual(value);
    }
  });
});

describe('patches and amendments', () => {
  test('patches apply in the order in which they were added, over several calls', () => {
    const object = finalized();
    object.addJsonPatch(JsonPatch.add('/spec/x', [1]), JsonPatch.add('/spec/x/-', 2));
    object.addJsonPatch(JsonPatch.add('/spec/x/0', 0), JsonPatch.copy('/spec/x', '/spec/y'));
    object.addJsonPatch(JsonPatch.remove('/spec/x/1'), JsonPatch.move('/spec/y', '/spec/z'));
    expect(object.toJson().spec).toMatchObject({ x: [0, 2], z: [0, 1, 2] });
    expect(object.toJson().spec).not.toHaveProperty('y');
  });

  test('the amendment comes before them', () => {
    const object = finalized((json) => {
      json.spec.paused = true;
    });
    object.addJsonPatch(JsonPatch.test('/spec/paused', true), JsonPatch.replace('/spec/paused', false));
    expect(object.toJson().spec.paused).toBe(false);
  });

  test('without either nothing changes', () => {
    const { object } = plainDeployment();
    const before = object.toJson();
    finalize(object);
    expect(object.toJson()).toEqual(before);
  });

  test('rendered twice, a patch that reads or appends gives the same', () => {
    const probe = { exec: { command: ['true'] }, periodSeconds: 5 };
    const object = finalized((json) => {
      json.spec.template.spec.containers[0].readinessProbe = probe;
    });
    const period = `${CONTAINER}/readinessProbe/periodSeconds`;
    object.addJsonPatch(
      JsonPatch.test(period, 5),
      JsonPatch.replace(period, 3),
      JsonPatch.add(`${CONTAINER}/readinessProbe/exec/command/-`, 'x'),
    );
    const first = object.toJson();
    expect(object.toJson()).toEqual(first);
    expect(at(first, `${CONTAINER}/readinessProbe`)).toEqual({ exec: { command: ['true', 'x'] }, periodSeconds: 3 });
    expect(probe).toEqual({ exec: { command: ['true'] }, periodSeconds: 5 });
  });

  test('whoever changes what was rendered changes nothing else', () => {
    const chart = chartIn();
    orders(chart);
    const changed = emitted(chart, 'Deployment');
    (at(changed, `${CONTAINER}/readinessProbe`) as { periodSeconds: number }).periodSeconds = 99;
    expect(at(emitted(chart, 'Deployment'), `${CONTAINER}/readinessProbe/periodSeconds`)).toBe(5);
  });

  test('JsonPatch.test lets the rest through where it holds', () => {
    const object = finalized();
    object.addJsonPatch(
      JsonPatch.test('/spec/template/spec/containers/0/image', 'example.com/web:1'),
      JsonPatch.add('/spec/x', 1),
    );
    expect(object.toJson().spec.x).toBe(1);
  });
});

describe('a patch that cannot be applied says where and why', () => {
  test.each([
    [
      'below nothing',
      JsonPatch.add('/spec/nope/deeper/x', 1),
      'add /spec/nope/deeper/x',
      'there is no object or list at /spec/nope',
    ],
    [
      'below a list that is too short',
      JsonPatch.replace(`${POD}/containers/7/image`, 'x'),
      `replace ${POD}/containers/7/image`,
      `there is no object or list at ${POD}/containers/7`,
    ],
    ['below a text', JsonPatch.add('/kind/x', 1), 'add /kind/x', 'there is no object or list at /kind'],
    ['from nowhere', JsonPatch.copy('/spec/a/b', '/spec/c'), 'copy /spec/c', 'there is no object or list at /spec/a'],
    [
      'into nowhere',
      JsonPatch.move('/spec/replicas', '/spec/a/b'),
      'move /spec/a/b',
      'there is no object or list at /spec/a',
    ],
    ['no pointer', JsonPatch.add('spec/x', 1), 'add spec/x', "'spec/x' does not begin with '/'"],
    ['another value than expected', JsonPatch.test('/kind', 'Pod'), 'test /kind', 'Test operation failed'],
    ['into the prototype', JsonPatch.add('/__proto__/x', 1), 'add /__proto__/x', 'JSON-Patch: modifying `__proto__`'],
    [
      'a place behind the end of a list',
      JsonPatch.replace(`${POD}/containers/2`, {}),
      `replace ${POD}/containers/2`,
      `there is no place '2' in the list at ${POD}/containers`,
    ],
    [
      'a place in a list that is none',
      JsonPatch.add(`${POD}/containers/x`, {}),
      `add ${POD}/containers/x`,
      `there is no place 'x' in the list at ${POD}/containers`,
    ],
  ])('%s', (_, patch, operation, reason) => {
    const object = finalized();
    object.addJsonPatch(JsonPatch.add('/spec/fine', 1), patch);
    const { message } = thrownBy(() => object.toJson());
    expect(message).toContain(
      `the JSON patch '${operation}' on Deployment ${object.name} at 'chart/web/Resource' cannot be applied: ${reason}`,
    );
    expect(message.split('\n')).toHaveLength(1);
  });

  test.each([
    [
      'replacing what is not there adds it, as in cdk8s',
      JsonPatch.replace('/spec/template/spec/priorityClassName', 'high'),
      '/spec/template/spec/priorityClassName',
      'high',
    ],
    ['removing what is not there does nothing', JsonPatch.remove('/spec/nope'), '/spec/nope', undefined],
    [
      'a key with a slash and a tilde',
      JsonPatch.add('/metadata/annotations', { 'a~b/c': { d: 1 } }),
      '/metadata/annotations',
      { 'a~b/c': { d: 1 } },
    ],
  ])('but %s', (_, patch, pointer, value) => {
    const object = finalized();
    object.addJsonPatch(patch);
    expect(at(object.toJson(), pointer)).toEqual(value);
  });

  test('a way through keys with a slash and a tilde', () => {
    const object = finalized();
    object.addJsonPatch(JsonPatch.add('/spec/x', { 'a~b/c': {} }), JsonPatch.add('/spec/x/a~0b~1c/d', 1));
    expect(object.toJson().spec.x).toEqual({ 'a~b/c': { d: 1 } });
  });

  test('an app says it at synth', () => {
    const chart = chartIn();
    objectOf(orders(chart).deployment).addJsonPatch(JsonPatch.add('/spec/nope/x', 1));
    expect(thrownBy(() => Testing.synth(chart)).message).toContain(
      "at 'chart/orders/Resource/Resource' cannot be applied: there is no object or list at /spec/nope",
    );
  });
});

describe('the parts of a construct', () => {
  test('patches on Service, PodDisruptionBudget and autoscaler land too', () => {
    const chart = chartIn();
    const web = orders(chart, {
      replicas: undefined,
      autoscaling: { minReplicas: 3, maxReplicas: 6 },
      resources: { cpu: { request: Cpu.millis(500) } },
    });
    objectOf(web.service).addJsonPatch(JsonPatch.add('/spec/trafficDistribution', 'PreferClose'));
    web.podDisruptionBudget?.addJsonPatch(JsonPatch.add('/metadata/annotations', { 'example.com/owner': 'shop' }));
    if (web.autoscaler) objectOf(web.autoscaler).addJsonPatch(JsonPatch.replace('/spec/maxReplicas', 9));
    expect(emitted(chart, 'Service')).toHaveProperty('spec.trafficDistribution', 'PreferClose');
    expect(emitted(chart, 'PodDisruptionBudget')).toHaveProperty(
      ['metadata', 'annotations', 'example.com/owner'],
      'shop',
    );
    expect(emitted(chart, 'HorizontalPodAutoscaler')).toHaveProperty('spec.maxReplicas', 9);
  });

  test('what cdk8s-plus-27 has no words for is there, and can be patched', () => {
    const chart = chartIn();
    const engine = llama(chart);
    expect(at(emitted(chart, 'Deployment'), `${LIMITS}/nvidia.com~1gpu`)).toBe(1);
    objectOf(engine.deployment).addJsonPatch(
      JsonPatch.replace(`${LIMITS}/nvidia.com~1gpu`, k8s.Quantity.fromNumber(2)),
    );
    expect(at(emitted(chart, 'Deployment'), `${LIMITS}/nvidia.com~1gpu`)).toBe(2);
  });
});
