import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart, Duration, Testing } from 'cdk8s';
import { GracefulWebService, WebRuntime } from '../../src';
import { type Compiled, compiled } from '../cli/compiled';
import { describeOnCluster, IMAGE, type Json, kubectlJson, Namespace, until } from './kubectl';
import { synth } from './servers';

jest.setTimeout(300_000);

const CONTEXT = process.env.CDK8S_GRACEFUL_TEST_CONTEXT ?? '';

const SERVER = `
let draining = false;
const server = require('node:http').createServer((request, response) => {
  const { searchParams } = new URL(request.url, 'http://localhost');
  setTimeout(() => {
    if (draining) response.setHeader('connection', 'close');
    response.end('done');
  }, Number(searchParams.get('ms')));
});
server.listen(8080);
`;
/** It ends at SIGTERM, as it would if nobody had thought of it. */
const NAIVE = `${SERVER} process.on('SIGTERM', () => process.exit(0));`;
/**
 * Node.js closes idle connections with `server.close()`, perhaps while a request is on its way: so it first lets every
 * kept-alive client come once more, and tells it to close.
 */
const GRACEFUL = `${SERVER} process.on('SIGTERM', () => {
  draining = true;
  setTimeout(() => server.close(() => process.exit(0)), 1500);
});`;

/** What people write first: a readiness probe, and nothing about the end. */
function naive(): Json[] {
  const labels = { app: 'naive' };
  const container = {
    name: 'main',
    image: IMAGE,
    command: ['node', '-e', NAIVE],
    ports: [{ containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
  };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'naive' },
      spec: { replicas: 2, selector: { matchLabels: labels }, template },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'naive' },
      spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
    },
  ];
}

function graceful(): Json[] {
  const chart = new Chart(Testing.app(), 'graceful');
  new GracefulWebService(chart, 'ours', {
    image: IMAGE,
    runtime: WebRuntime.nodeHttp({ drainsOnSigterm: true }),
    command: ['node', '-e', GRACEFUL],
    port: 8080,
    readiness: { path: '/', period: Duration.seconds(1) },
    startup: { period: Duration.seconds(1) },
    longestRequest: Duration.seconds(3),
    replicas: 2,
    metadata: { name: 'ours' },
  });
  return synth(chart);
}

describeOnCluster('a rehearsal', () => {
  let namespace: Namespace;
  let cli: Compiled;
  let folder: string;

  beforeAll(async () => {
    cli = compiled();
    folder = mkdtempSync(join(tmpdir(), 'cdk8s-graceful-rehearse-'));
    namespace = await Namespace.create();
  });
  afterAll(async () => {
    cli?.remove();
    rmSync(folder, { recursive: true });
    await namespace?.remove();
  });

  interface Ended {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }

  function start(manifests: readonly Json[], ...args: string[]): { child: ChildProcess; ended: Promise<Ended> } {
    const file = join(folder, 'manifest.json');
    writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }));
    const load = ['--image', IMAGE, '--rate', '30', '--timeout-seconds', '6', '--quiet-seconds', '3'];
    const requests = ['--request', '/?ms=50', '--request', '/?ms=1500'];
    const where = ['--context', CONTEXT, '-n', namespace.name, '--format', 'json'];
    const child = spawn(process.execPath, [cli.main, 'rehearse', ...where, ...load, ...requests, ...args, file]);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    return { child, ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr }))) };
  }

  /** Everything in the namespace that is not there in every namespace. */
  async function left(): Promise<string[]> {
    const kinds = 'all,configmaps,poddisruptionbudgets,endpointslices';
    const { items } = await kubectlJson('-n', namespace.name, 'get', kinds);
    const names = items.map(({ kind, metadata }: Json) => `${kind}/${metadata.name}`);
    return names.filter((name: string) => name !== 'ConfigMap/kube-root-ca.crt');
  }

  const nothingIsLeft = () => until('nothing is left', 30, async () => (await left()).length === 0, left);

  test('of a naive Deployment loses requests, and names the rules that would have said so', async () => {
    const { code, stdout } = await start(naive(), '--disturbance', 'rollout,delete').ended;

    const result = JSON.parse(stdout);
    expect(result.outcome).toBe('requests-lost');
    expect(result.requests.lost).toBeGreaterThan(0);
    const rules = result.findings.filter(({ wouldHaveSaidSo }: Json) => wouldHaveSaidSo).map(({ rule }: Json) => rule);
    expect(rules).toContain('prestop-missing');
    expect(code).toBe(1);
    await nothingIsLeft();
  });

  test('of a GracefulWebService loses none, and sees what its budget says', async () => {
    const disturbances = 'rollout,eviction,scale-down,delete,storm';
    const { code, stdout, stderr } = await start(graceful(), '--disturbance', disturbances).ended;

    expect(stderr).toContain('tidying up');
    const result = JSON.parse(stdout);
    expect({ why: result.why, lost: result.disturbances.flatMap(({ failures }: Json) => failures) }).toEqual({
      why: [],
      lost: [],
    });
    expect(result.outcome).toBe('nothing-lost');
    const pods = result.disturbances.flatMap((each: Json) => each.pods);
    expect(pods.length).toBeGreaterThanOrEqual(7);
    const differing = pods.flatMap(({ events }: Json) => events.filter(({ agrees }: Json) => !agrees));
    expect(differing).toEqual([]);
    expect(code).toBe(0);
    await nothingIsLeft();
  });

  test.each(['starting the load', 'rollout:'])('killed by SIGINT while %s, leaves nothing', async (step) => {
    const { child, ended } = start(graceful(), '--disturbance', 'rollout');
    await new Promise<void>((resolve) => {
      let said = '';
      child.stderr?.on('data', (text) => {
        said += text;
        if (said.includes(step)) resolve();
      });
      child.on('close', () => resolve());
    });
    child.kill('SIGINT');

    const { code, stderr } = await ended;

    expect(stderr).toContain('removing what was made');
    expect(code).toBe(130);
    await nothingIsLeft();
  });
});
