import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Compiled, compiled } from '../cli/compiled';
import { describeOnCluster, IMAGE, type Json, kubectl, kubectlJson, Namespace, until } from './kubectl';

jest.setTimeout(600_000);

const CONTEXT = process.env.CDK8S_GRACEFUL_TEST_CONTEXT ?? '';
const SIGNALLING = join(__dirname, 'signalling-kubectl.cjs');

/** Ends at once, so that a rehearsal of it takes seconds. */
const PROGRAM = 'require("http").createServer((_, response) => response.end()).listen(8080)';

const labels = { app: 'web' };
const container = {
  name: 'main',
  image: IMAGE,
  command: ['node', '-e', `process.on('SIGTERM', () => process.exit()); ${PROGRAM}`],
  ports: [{ containerPort: 8080 }],
  lifecycle: { preStop: { sleep: { seconds: 2 } } },
  readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
};
const MANIFESTS = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container], terminationGracePeriodSeconds: 10 } },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
  },
];

/** The commands of a rehearsal that change something, and those around them. */
const MOMENTS = [
  { command: '^get configmaps', nth: 1 },
  { command: '^create -n', nth: 1 }, // the journal
  { command: '^get pods .*--watch', nth: 1 },
  { command: '^create -n', nth: 2 }, // the load
  { command: '^logs -f', nth: 1 },
  { command: '^patch configmap', nth: 1 },
  { command: '^scale', nth: 1 },
  { command: '^scale', nth: 2 },
  { command: '^patch configmap', nth: 2 },
  { command: '^patch configmap', nth: 3 },
  { command: '^drain', nth: 1 },
  { command: '^uncordon', nth: 1 },
  { command: '^patch configmap', nth: 4 },
  { command: '^delete pods,configmaps', nth: 1 },
  { command: '^delete configmaps', nth: 1 },
] as const;
/** A watch and a log go on by themselves: there is no moment after them. */
const goesOn = (command: string) => /watch|logs/.test(command);
const ALL = MOMENTS.flatMap((moment) =>
  (goesOn(moment.command) ? (['before'] as const) : (['before', 'after'] as const)).map((when) => ({
    ...moment,
    when,
  })),
);
/** One run takes about 15 s, on a busy machine a minute and more. */
const everyMoment = process.env.CDK8S_GRACEFUL_TEST_EVERY_MOMENT === '1';
const FEW = ALL.filter(({ command, nth, when }) => when === 'after' && /scale|drain|create/.test(command) && nth === 1);
const cases = (everyMoment ? ALL : FEW).flatMap((moment) =>
  (['SIGINT', 'SIGTERM', 'SIGKILL'] as const).map((signal) => ({ ...moment, signal })),
);
const CODES = { SIGINT: 130, SIGTERM: 143, SIGKILL: null };

type Moment = (typeof cases)[number];

describeOnCluster('a rehearsal that is interrupted', () => {
  let namespace: Namespace;
  let cli: Compiled;
  let folder: string;

  beforeAll(async () => {
    cli = compiled();
    folder = mkdtempSync(join(tmpdir(), 'cdk8s-graceful-interrupted-'));
    namespace = await Namespace.create();
    await namespace.apply(MANIFESTS);
  });
  afterAll(async () => {
    cli?.remove();
    rmSync(folder, { recursive: true });
    await namespace?.remove();
  });

  interface Ended {
    readonly code: number | null;
    readonly stderr: string;
    readonly commands: readonly string[];
  }

  function run(args: readonly string[], moment?: Moment): Promise<Ended> {
    const log = join(folder, 'commands');
    rmSync(log, { force: true });
    const { KUBECTL = 'kubectl' } = process.env;
    const signalling = {
      KUBECTL: SIGNALLING,
      REAL_KUBECTL: KUBECTL,
      SIGNAL_AT: JSON.stringify(moment),
      SIGNAL_LOG: log,
    };
    const env = { ...process.env, ...(moment && signalling) };
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [cli.main, 'rehearse', '--context', CONTEXT, ...args], { env });
      let stderr = '';
      child.stderr.on('data', (text) => {
        stderr += text;
      });
      child.on('exit', (code) => {
        const commands = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
        resolve({ code, stderr, commands });
      });
    });
  }

  /** What a rehearsal could leave: its objects, a replica too few, an annotation, a cordon. */
  async function state(): Promise<Json> {
    const { items } = await kubectlJson('-n', namespace.name, 'get', 'all,configmaps,endpointslices');
    const names = items
      .filter(({ kind }: Json) => kind !== 'Pod' && kind !== 'EndpointSlice')
      .map(({ kind, metadata }: Json) => `${kind}/${metadata.name}`);
    const { metadata, spec } = items.find(({ kind }: Json) => kind === 'Deployment');
    const pods = items.filter(({ kind }: Json) => kind === 'Pod');
    return {
      names: names.sort(),
      pods: pods.map((pod: Json) => pod.metadata.labels),
      annotations: metadata.annotations,
      labels: metadata.labels,
      spec,
    };
  }

  /** Cordons of others are none of this test's business. */
  async function cordonedBy(commands: readonly string[]): Promise<string[]> {
    const drained = commands.map((each) => / drain (\S+) /.exec(each)?.[1]).filter(Boolean);
    const { items } = await kubectlJson('get', 'nodes');
    return items
      .filter(({ metadata, spec }: Json) => spec.unschedulable && drained.includes(metadata.name))
      .map(({ metadata }: Json) => metadata.name);
  }

  const whole = () =>
    until('both pods are there and ready, and no other', 90, async () => {
      const pods = await namespace.pods('web');
      const ready = pods.filter((pod) => pod.status.containerStatuses?.every((each: Json) => each.ready));
      return pods.length === 2 && ready.length === 2;
    });

  const QUICK = ['--image', IMAGE, '--rate', '10', '--quiet-seconds', '1'];

  test.each(cases)('by $signal $when command $nth of $command leaves all as it was', async (moment) => {
    await whole();
    const before = await state();
    let ended: Ended;
    for (let tries = 0; ; tries++) {
      const args = ['-n', namespace.name, 'deployment/web', ...QUICK, '--disturbance', 'scale-down,drain'];
      ended = await run(args, moment);
      // The load may be on the only node that has pods: then nothing is drained.
      if (ended.commands.some((line) => line.startsWith('struck')) || tries === 2) break;
      await namespace.kubectl('delete', 'pods', '-l', 'app=web');
      await whole();
    }
    const { code, stderr, commands } = ended;
    expect({ stderr, commands }).toMatchObject({
      commands: expect.arrayContaining([expect.stringMatching(/^struck/)]),
    });

    if (moment.signal === 'SIGKILL') {
      // What was under way when the process was killed comes to its end first.
      const cleaned = await run(['--clean', '-n', namespace.name]);
      expect(cleaned).toMatchObject({ code: 0, stderr: '' });
    }

    await whole();
    expect(await state()).toEqual(before);
    expect({ stderr, cordoned: await cordonedBy(commands) }).toEqual({ stderr, cordoned: [] });
    expect({ stderr, code }).toEqual({ stderr, code: CODES[moment.signal] });
  });

  const OF_FILES = ALL.filter(({ command }) => /create|logs/.test(command)).map((moment) => ({
    ...moment,
    signal: 'SIGKILL' as const,
  }));

  test.each(everyMoment ? OF_FILES : OF_FILES.slice(0, 1))(
    'of files, by SIGKILL $when command $nth of $command, leaves nothing once it is cleaned up',
    async (moment) => {
      const own = await Namespace.create();
      try {
        const file = join(folder, 'web.json');
        writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: MANIFESTS }));
        const { commands } = await run(['-n', own.name, ...QUICK, '--disturbance', 'delete', file], moment);
        expect(commands).toEqual(expect.arrayContaining([expect.stringMatching(/^struck/)]));

        expect(await run(['--clean', '-n', own.name])).toMatchObject({ code: 0, stderr: '' });

        const left = async () => {
          const { items } = JSON.parse(
            await kubectl(['-n', own.name, 'get', 'all,configmaps,endpointslices', '-o', 'json']),
          );
          const names = items.map(({ kind, metadata }: Json) => `${kind}/${metadata.name}`);
          return names.filter((name: string) => name !== 'ConfigMap/kube-root-ca.crt');
        };
        await until('nothing is left', 30, async () => (await left()).length === 0, left);
      } finally {
        await own.remove();
      }
    },
  );
});
