import { ASSUMED_COLD_START_SECONDS } from '../../src/manifest/assessment';
import { type Changes, deployment, deploymentOf, service } from '../rules/cases/manifests';
import { assess, script, sleeping, stated, stating } from './assessing';

describe('what is stated and what is assumed', () => {
  test('margin and cold start', () => {
    expect(stating({ 'cold-start': undefined })).toMatchObject({
      marginSeconds: 5,
      coldStartSeconds: ASSUMED_COLD_START_SECONDS,
    });
    expect(stating({ margin: '9s', 'cold-start': '20s' })).toMatchObject({ marginSeconds: 9, coldStartSeconds: 20 });
    expect(stating({ margin: '0s', 'cold-start': '0s' })).toMatchObject({ marginSeconds: 0, coldStartSeconds: 0 });
  });

  test('what is handed through', () => {
    const assessment = stating({
      'kubernetes-version': '1.34',
      'node-lifecycles': 'aws-spot',
      'traffic-sources': 'edge=20s',
    });
    expect(assessment).toMatchObject({ kubernetesVersion: { minor: 34 }, longestRequestSeconds: 30 });
    expect(assessment.nodes.map(({ id }) => id)).toEqual(['aws-spot']);
    expect(assessment.traffic.propagationSeconds).toBe(20);
    expect(assessment.intent).toBe(assessment.workload.intent);
  });

  test('a part is computed once', () => {
    const assessment = stating({});
    expect(assessment.budget).toBe(assessment.budget);
    expect(assessment.replacement).toBe(assessment.replacement);
  });
});

describe('the server among the containers', () => {
  const containers = [
    { name: 'proxy', ports: [{ name: 'admin', containerPort: 9901 }] },
    {
      name: 'app',
      ports: [
        { name: 'grpc', containerPort: 50051 },
        { name: 'web', containerPort: 8080 },
      ],
    },
    { name: 'logs' },
  ];
  const withPorts = (...ports: readonly Changes[]) =>
    assess(deployment({ spec: { template: { spec: { containers } } } }), service({ spec: { ports } })).server?.name;

  test.each([
    ['the number that targetPort gives', { port: 80, targetPort: 8080 }, 'app'],
    ['the name that targetPort gives', { port: 80, targetPort: 'web' }, 'app'],
    ['the port, where targetPort is missing', { port: 50051 }, 'app'],
    ['the port, where targetPort is null', { port: 50051, targetPort: null }, 'app'],
    ['another container', { port: 80, targetPort: 'admin' }, 'proxy'],
    ['the first, where no container has the port', { port: 80, targetPort: 3000 }, 'proxy'],
    ['the first, where no container has the name', { port: 80, targetPort: 'http' }, 'proxy'],
    ['never the port where targetPort is another', { port: 8080, targetPort: 3000 }, 'proxy'],
  ])('%s', (_, port, name) => {
    expect(withPorts(port)).toBe(name);
  });

  test('the first with any of the ports', () => {
    expect(withPorts({ port: 1 }, { port: 80, targetPort: 'web' })).toBe('app');
    expect(withPorts({ port: 80, targetPort: 'web' }, { port: 81, targetPort: 'admin' })).toBe('proxy');
    expect(withPorts()).toBe('proxy');
  });

  test('the first without a Service, and none in a pod without containers', () => {
    expect(assess(deployment({ spec: { template: { spec: { containers } } } })).server?.name).toBe('proxy');
    const empty = assess(deployment({ spec: { template: { spec: null } } }), service());
    expect(empty).toMatchObject({
      server: undefined,
      runtime: undefined,
      sigterm: undefined,
      serverShutdown: undefined,
    });
    expect(empty).toMatchObject({
      shutdown: undefined,
      budget: undefined,
      drainGate: undefined,
      preStopSeconds: 0,
      servesModel: false,
    });
    expect(empty.idleAtSigterm).toBe(false);
  });
});

describe('servesModel', () => {
  test.each([
    ['a web service', {}, false],
    ['an inference engine', { image: 'vllm/vllm-openai:v0.32.0' }, true],
    ['a pod with an accelerator', { resources: { limits: { 'nvidia.com/gpu': 1 } } }, true],
  ])('%s: %p', (_, changes, expected) => {
    expect(assess(deploymentOf(changes)).servesModel).toBe(expected);
  });
});

describe('mayServe', () => {
  const worker = { ports: undefined };

  test.each([
    ['nothing comes to it', [deploymentOf(worker)], false],
    ['a Service selects it', [deploymentOf(worker), service()], true],
    ['a traffic source is stated', [deploymentOf(worker, {}, stated({ 'traffic-sources': 'edge=20s' }))], true],
    [
      'it is stated that none is there',
      [deploymentOf(worker, {}, stated({ 'traffic-sources': 'none' })), service()],
      false,
    ],
    ['it opens a port', [deploymentOf({})], true],
    ['it holds a model', [deploymentOf({ ...worker, image: 'vllm/vllm-openai:v0.32.0' })], true],
    ['it has no containers', [deployment({ spec: { template: { spec: null } } })], false],
  ])('%s: %p', (_, objects, expected) => {
    expect(assess(...objects).mayServe).toBe(expected);
  });
});

describe('preStopSeconds and idleAtSigterm', () => {
  const unstated = { 'longest-request': undefined };

  test.each([
    ['no hook', {}, {}, 0, false],
    ['no hook, no longest request', {}, unstated, 0, false],
    ['shorter than propagation and the longest request', { sleep: { seconds: 34 } }, {}, 34, false],
    ['as long as both', { sleep: { seconds: 35 } }, {}, 35, true],
    ['no longer than propagation, no longest request', { sleep: { seconds: 5 } }, unstated, 5, false],
    ['longer than propagation, no longest request', { sleep: { seconds: 6 } }, unstated, 6, undefined],
    ['of unknown length', script('/app/drain'), {}, undefined, undefined],
    ['of unknown length, but long enough', script('/app/drain; sleep 35'), {}, undefined, true],
    ['never ends, the grace is 45 s', { exec: { command: ['sleep', 'infinity'] } }, {}, undefined, true],
    ['an httpGet', { httpGet: { path: '/drain', port: 80 } }, {}, undefined, undefined],
  ])('%s', (_, preStop: Changes, keys, seconds, idle) => {
    const assessment = sleeping(preStop, keys);
    expect([assessment.preStopSeconds, assessment.idleAtSigterm]).toEqual([seconds, idle]);
  });
});
