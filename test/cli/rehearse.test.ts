import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Compiled, compiled } from './compiled';

jest.setTimeout(120_000);

const FAKE = join(__dirname, '../rehearsal/fake-kubectl.cjs');

const labels = { app: 'orders' };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'orders', uid: 'orders' },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'orders:1' }] } },
  },
};
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'orders' },
  spec: { selector: labels, ports: [{ port: 80 }] },
};

let cli: Compiled;
let cluster: string;
let kubectl: string;
let files: string;

beforeAll(() => {
  cli = compiled();
});
afterAll(() => cli.remove());

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-graceful-fake-'));
  cluster = folder;
  kubectl = join(folder, 'kubectl');
  copyFileSync(FAKE, kubectl);
  chmodSync(kubectl, 0o755);
  files = join(folder, 'orders.yaml');
  writeFileSync(files, JSON.stringify({ kind: 'List', items: [deployment, service] }));
  writeFileSync(join(folder, 'log'), '');
  for (const name of ['node-1', 'node-2']) {
    const status = { conditions: [{ type: 'Ready', status: 'True' }] };
    writeFileSync(join(folder, `node.${name}.json`), JSON.stringify({ kind: 'Node', metadata: { name }, status }));
  }
});
afterEach(() => rmSync(cluster, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const variables = { ...process.env, KUBECTL: kubectl, FAKE_CLUSTER: cluster, ...env };
    const child = spawn(program, args, { env: variables });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

function rehearse(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return run(process.execPath, [cli.main, 'rehearse', ...args], env);
}

/** The objects of the cluster, as kind/name, and how many commands changed it. */
function state(): { objects: string[]; replicas?: number; cordoned: boolean } {
  const objects = readdirSync(cluster).filter((name) => name.endsWith('.json'));
  const read = (name: string) => JSON.parse(readFileSync(join(cluster, name), 'utf8'));
  return {
    objects: objects.filter((name) => !/^(pod\.orders|endpointslice)/.test(name)).sort(),
    replicas: objects.includes('deployment.orders.json') ? read('deployment.orders.json').spec.replicas : undefined,
    cordoned: objects.some((name) => name.startsWith('node.') && read(name).spec?.unschedulable),
  };
}

const commands = () => readFileSync(join(cluster, 'log'), 'utf8').trim().split('\n');
const changes = () => commands().filter((line) => !/^(get|config|logs)|--dry-run/.test(line));

async function install(): Promise<void> {
  for (const object of [deployment, service]) {
    const child = run('sh', ['-c', `printf '%s' '${JSON.stringify(object)}' | ${kubectl} create -f -`]);
    expect((await child).code).toBe(0);
  }
  writeFileSync(join(cluster, 'log'), '');
}

const QUICK = ['--context', 'kind-test', '--quiet-seconds', '0.1', '--settle-seconds', '20'];

describe('what it refuses', () => {
  test.each([
    [[], 'say what to rehearse'],
    [['deployment/a', 'deployment/b'], 'one Deployment at a time'],
    [['deployment/a', '--disturbance', 'earthquake'], 'there is no disturbance earthquake: it can be rollout'],
    [['deployment/a', '--rate', 'fast'], '--rate is fast: it can be 0.1 to 1000'],
    [['deployment/a', '--port', '80.5'], '--port is 80.5: it has to be a whole number'],
    [['deployment/a', '--request', 'orders'], '--request is orders: it has to be a path that begins with /'],
    [['deployment/a', '--format', 'xml'], '--format is xml'],
    [['deployment/a', '--no-load', '--port', '80'], '--no-load sends nothing, so --port says nothing'],
    [['--clean', 'deployment/a'], '--clean takes no deployment'],
    [['deployment/a', '--no-such-flag'], "Unknown option '--no-such-flag'"],
  ])('%j', async (args, message) => {
    const { code, stderr, stdout } = await rehearse(args);
    expect(stderr).toMatch(new RegExp(`^cdk8s-graceful: ${message.replace(/[-.()/]/g, '\\$&')}`));
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('a context that was neither named nor confirmed', async () => {
    await install();
    const { code, stderr } = await rehearse(['deployment/orders']);
    expect(stderr).toBe(
      'cdk8s-graceful: the current context is kind-test: name it with --context kind-test, or confirm with --yes\n',
    );
    expect(code).toBe(2);
    expect(changes()).toEqual([]);
  });

  test.each([
    [['deployment/nothing'], 'NotFound'],
    [['deployment/orders', '--service', 'other'], 'Service other does not select the pods'],
  ])('%j is not there', async (args, message) => {
    await install();
    const { code, stderr } = await rehearse([...QUICK, ...args]);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
    expect(state().objects).toHaveLength(4);
  });

  test('kubectl is not there', async () => {
    const { code, stderr } = await rehearse([...QUICK, 'deployment/orders'], { KUBECTL: '/no/such/kubectl' });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'cdk8s-graceful: /no/such/kubectl was not found: put kubectl on the PATH, or name it in KUBECTL\n',
    });
  });

  test('files whose objects are there already: those stay as they are', async () => {
    await install();
    const before = state();
    const { code, stderr } = await rehearse([...QUICK, files]);
    expect(stderr).toContain('already exists');
    expect(code).toBe(2);
    expect(state()).toEqual(before);
  });

  test('files with what belongs to no namespace', async () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
    writeFileSync(files, JSON.stringify({ kind: 'List', items: [namespace, deployment, service] }));
    const { code, stderr } = await rehearse([...QUICK, files]);
    expect(stderr).toContain('Namespace shop belongs to no namespace');
    expect(code).toBe(2);
    expect(changes()).toEqual([]);
  });
});

test('--help has examples, with and without a command', async () => {
  const { code, stdout } = await rehearse(['--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('Examples:\n  cdk8s-graceful rehearse --context');
  expect((await run(process.execPath, [cli.main, '--help'])).stdout).toContain('rehearse');
  expect((await run(process.execPath, [cli.main, 'rehears'])).stderr).toContain('there is no command rehears');
});

test('--dry-run shows every step and takes none', async () => {
  const { code, stdout } = await rehearse(['--dry-run', '--disturbance', 'scale-down,storm', files]);
  expect(code).toBe(0);
  expect(stdout).toContain('context kind-test, namespace shop: deployment/orders, 2 replicas');
  expect(stdout).toContain('kubectl scale deployment/orders -n shop --replicas=1');
  expect(stdout.match(/kubectl rollout restart deployment\/orders -n shop/g)).toHaveLength(2);
  expect(stdout).toContain('Nothing was done');
  expect(changes()).toEqual([]);
});

describe('a rehearsal', () => {
  test('of a Deployment that is there, in every way: all is as it was, and nothing was lost', async () => {
    await install();
    const before = state();
    const { code, stdout, stderr } = await rehearse([...QUICK, 'deployment/orders', '--format', 'json']);
    expect(stderr).toContain('tidying up');
    const result = JSON.parse(stdout);
    expect(
      result.disturbances.map(({ name, outcome }: { name: string; outcome: string }) => `${name} ${outcome}`),
    ).toEqual(['rollout done', 'eviction done', 'drain done', 'scale-down done', 'delete done', 'storm done']);
    expect(result).toMatchObject({ outcome: 'nothing-lost', why: [], requests: { lost: 0 }, namespace: 'shop' });
    expect(code).toBe(0);
    expect(state()).toEqual(before);
  });

  test('of files: what they hold carries the labels, and is gone at the end', async () => {
    const before = state();
    const { code, stdout } = await rehearse([...QUICK, files, '--disturbance', 'delete']);
    expect(stdout).toContain('No request was lost');
    expect(code).toBe(0);
    expect(state()).toEqual(before);
    expect(commands().find((line) => line.startsWith('delete Depl'))).toMatch(
      /^delete Deployment\.v1\.apps,Service -n shop -l cdk8s-graceful-rehearsal\/run=[0-9a-f]{8},/,
    );
  });

  describe('without a Service', () => {
    const worker = { ...deployment, metadata: { name: 'orders', uid: 'orders' } };
    beforeEach(() => writeFileSync(files, JSON.stringify({ kind: 'List', items: [worker] })));

    test('nothing is sent, and it says so', async () => {
      const before = state();
      const { code, stdout, stderr } = await rehearse([...QUICK, files]);
      expect(stderr).toContain('without load: no Service selects its pods\n');
      expect(stdout).toContain('2 replicas, without load (no Service selects its pods)');
      expect(stdout).toMatch(/^rollout +2 +0 +-/m);
      expect(stdout).toContain('No container was killed: each ended by itself.');
      expect(code).toBe(0);
      expect(state()).toEqual(before);
      expect(commands().join('\n')).not.toMatch(/rehearsal-load|endpointslices/);
    });

    test('containers that SIGKILL ended are the loss', async () => {
      const killed = { FAKE_EXIT_CODE: '137' };
      const text = await rehearse([...QUICK, files, '--disturbance', 'delete'], killed);
      expect(text.stdout).toMatch(/^delete +1 +1 +main after 0 s/m);
      expect(text.stdout).toContain('1 container was killed (SIGKILL), with what was not finished.');
      expect(text.code).toBe(1);
      const json = await rehearse([...QUICK, files, '--disturbance', 'rollout', '--format', 'json'], killed);
      expect(JSON.parse(json.stdout)).toMatchObject({
        outcome: 'containers-killed',
        withoutLoad: 'no Service selects its pods',
        requests: { sent: 0, lost: 0 },
        killed: [{ container: 'main' }, { container: 'main' }],
      });
    });

    test('an end that nobody saw is no proof', async () => {
      const { code, stdout } = await rehearse([...QUICK, files, '--disturbance', 'delete'], {
        FAKE_EXIT_CODE: 'unseen',
      });
      expect(stdout).toMatch(/Inconclusive: how orders-[0-9a-f]+ ended was not seen/);
      expect(code).toBe(1);
    });

    test('what to send to it is refused', async () => {
      const { code, stderr } = await rehearse([...QUICK, files, '--request', '/orders']);
      expect(stderr).toContain('no Service selects the pods of Deployment orders: no load can reach them');
      expect(code).toBe(2);
    });

    test('the plan says it', async () => {
      const { stdout } = await rehearse([...QUICK, files, '--dry-run']);
      expect(stdout).toContain('send nothing: no Service selects its pods');
      expect(stdout).toContain('wait until nothing changes for 0.1 s');
    });
  });

  test('--no-load sends nothing through a Service that is there', async () => {
    await install();
    const { code, stdout } = await rehearse([...QUICK, 'deployment/orders', '--no-load', '--disturbance', 'delete']);
    expect(stdout).toContain('without load (--no-load)');
    expect(code).toBe(0);
    expect(commands().join('\n')).toContain('endpointslices');
  });

  test('with requests lost while nothing was disturbed says nothing, and disturbs nothing', async () => {
    await install();
    const { code, stdout } = await rehearse([...QUICK, '--quiet-seconds', '2', 'deployment/orders'], {
      FAKE_LOST: '2',
    });
    expect(stdout).toContain('Inconclusive: requests were lost before anything was disturbed');
    expect(code).toBe(1);
    expect(commands().some((line) => line.startsWith('rollout'))).toBe(false);
  });

  test('of one that is under way already is refused', async () => {
    await install();
    const first = rehearse([...QUICK, 'deployment/orders', '--quiet-seconds', '3', '--disturbance', 'delete']);
    while (!state().objects.some((name) => name.startsWith('pod.rehearsal-load')))
      await new Promise((r) => setTimeout(r, 50));
    const second = await rehearse([...QUICK, 'deployment/orders']);
    expect(second.stderr).toContain('is under way');
    expect(second.code).toBe(2);
    expect((await rehearse(['--clean', '--yes'])).stdout).toContain('left alone');
    expect((await first).code).toBe(0);
  });
});

describe('interrupted at any moment it leaves the cluster as it was', () => {
  // Commands: up to 6 prepare, then come the watches, the load, scaling down and back, cordon, drain and the tidying up.
  const every = Array.from({ length: 36 }, (_, index) => index + 1);
  const moments = process.env.CDK8S_GRACEFUL_TEST_EVERY_MOMENT ? every : [3, 12, 16, 20];
  const args = [...QUICK, '--disturbance', 'scale-down,drain'];

  test.each(moments)('SIGINT with command %i, of a Deployment that is there', async (moment) => {
    await install();
    const before = state();
    const { code } = await rehearse([...args, 'deployment/orders'], { FAKE_SIGNAL: `SIGINT:${moment}` });
    expect(state()).toEqual(before);
    expect(code).toBe(130);
  });

  test.each([4])('SIGTERM with command %i, of files', async (moment) => {
    const before = state();
    const { code } = await rehearse([...args, files], { FAKE_SIGNAL: `SIGTERM:${moment}` });
    expect(state()).toEqual(before);
    expect(code).toBe(143);
  });

  test.each(moments)('SIGKILL with command %i: --clean removes what is left', async (moment) => {
    await install();
    const before = state();
    const { signal } = await rehearse([...args, 'deployment/orders'], { FAKE_SIGNAL: `SIGKILL:${moment}` });
    expect(signal).toBe('SIGKILL');
    const { code, stderr } = await rehearse(['--clean', '--yes']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(state()).toEqual(before);
  });

  test('SIGKILL: the next rehearsal removes what is left', async () => {
    const before = state();
    await rehearse([...args, files], { FAKE_SIGNAL: 'SIGKILL:14' });
    expect(state()).not.toEqual(before);
    const { code, stderr } = await rehearse([...QUICK, '--disturbance', 'delete', files]);
    expect(stderr).toMatch(/^removing what rehearsal [0-9a-f]{8} left behind$/m);
    expect(code).toBe(0);
    expect(state()).toEqual(before);
  });
});
