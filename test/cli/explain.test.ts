import { explain } from '../../src/cli/explain';
import { autoscaler, companions, deployment, deploymentStating } from '../rules/cases/manifests';
import { clean, run, short, yamlOf } from './running';

const explained = async (stdin: string, ...args: string[]) => run(explain, ['-', ...args], { stdin });
const jsonOf = async (stdin: string, ...args: string[]) =>
  JSON.parse((await explained(stdin, '--format', 'json', ...args)).stdout);
const workloadOf = async (stdin: string, ...args: string[]) => (await jsonOf(stdin, ...args)).workloads[0];

test('what happens at which second, how a rollout and evictions go, and what was assumed', async () => {
  const { stdout, code } = await explained(clean);
  expect(stdout).toBe(`\
apps/v1 Deployment shop/orders (<stdin>:1)
  termination
    terminationGracePeriodSeconds is 45 s, the shutdown needs 45 s: 0 s to spare
      preStop delay    10 s  new requests arrive until 5 s
      longest request  30 s  30 s x 1 phase
      margin            5 s  the exit of an idle process, and rounding to whole seconds
     0 s  the pod is deleted, its grace is 45 s
     0 s  the preStop hook of main starts
     5 s  kube-proxy sends nothing new any more
    10 s  the preStop hook of main returns
    10 s  main gets SIGTERM
    21 s  readiness turns false: the server refuses connections after SIGTERM, which comes 10 s after deletion
    40 s  the last request in flight in main is done
    40 s  main has exited
    45 s  SIGKILL would come now, 5 s after the last exit
  rollout
    3 replicas, 1 more and 0 fewer at once: never below 3 ready
    3 steps, about 225 s with a cold start of 60 s
    1 new pod may start before an old one goes
  evictions
    PodDisruptionBudget orders: maxUnavailable 1 of 3: 1 eviction allowed
  assumed
    only kube-proxy sends requests, until 5 s after the deletion
      state it with the annotation cdk8s-graceful/traffic-sources or --traffic
    nodes go away as 'On-demand node': they set no limit of their own
      state it with the annotation cdk8s-graceful/node-lifecycles or --nodes
    peak load needs 2 of 3 replicas
      state it with the annotation cdk8s-graceful/required-replicas

1 file, 3 documents, 3 objects judged
`);
  expect(code).toBe(0);
});

test('a grace that is too short: who is killed with what', async () => {
  const { stdout } = await explained(short);
  expect(stdout).toContain('the shutdown needs 45 s: 25 s short');
  expect(stdout).toMatch(/^ +20 s {2}main is killed before it is done with: longest request$/m);
});

describe('what nobody stated', () => {
  const silent = yamlOf(deploymentStating({ 'longest-request': undefined, 'cold-start': undefined }), ...companions());

  test('leaves the seconds that are certain, and says what would settle the rest', async () => {
    const { termination, unknown, assumed } = await workloadOf(silent);
    expect(termination).toEqual({
      graceSeconds: 45,
      terms: [],
      events: [
        expect.objectContaining({ second: 0, event: 'deletion' }),
        expect.objectContaining({ second: 0, event: 'pre-stop-start', container: 'main' }),
        { second: 5, event: 'traffic-gone', what: 'kube-proxy sends nothing new any more' },
        { second: 10, event: 'sigterm', container: 'main', what: 'main gets SIGTERM' },
        expect.objectContaining({ second: 21, event: 'readiness-false' }),
        { second: 45, event: 'sigkill', what: 'SIGKILL ends what is still in flight, 35 s after SIGTERM' },
      ],
    });
    expect(unknown).toContainEqual({
      what: 'the longest request is not known',
      settle: 'state it with the annotation cdk8s-graceful/longest-request or --longest-request',
    });
    expect(assumed.map(({ what }: { what: string }) => what)).toContain('a new pod takes 600 s until it serves');
  });

  test('is settled by the options that it names', async () => {
    const { termination, unknown, assumed } = await workloadOf(
      silent,
      ...['--longest-request', '30s', '--traffic', 'kube-proxy', '--nodes', 'on-demand'],
    );
    expect(termination.slackSeconds).toBe(0);
    expect(unknown.filter(({ what }: { what: string }) => what.includes('longest request'))).toEqual([]);
    expect(assumed.filter(({ settle }: { settle: string }) => settle.includes('--'))).toEqual([]);
  });

  test('a hook of unknown length leaves SIGTERM open, one longer than the grace does not', async () => {
    const hooked = (command: string[]) => {
      const workload: any = deploymentStating({ 'longest-request': undefined });
      workload.spec.template.spec.containers[0].lifecycle = { preStop: { exec: { command } } };
      return workloadOf(yamlOf(workload, ...companions()));
    };
    const unknown = (await hooked(['/app/drain'])).termination.events;
    expect(unknown.map(({ event }: { event: string }) => event)).not.toContain('sigterm');
    expect(unknown.at(-1)).toMatchObject({ second: 45, what: 'SIGKILL ends what is still in flight, at the latest' });
    const long = (await hooked(['sleep', '60'])).termination.events;
    expect(long.at(-2)).toMatchObject({ second: 45, what: 'main gets SIGTERM, because the grace is over' });
    expect(long.at(-1)).toMatchObject({ second: 47, event: 'sigkill' });
  });
});

test('evictions over the replicas that an autoscaler may choose', async () => {
  const [service, budget] = companions() as any[];
  const percent = { ...budget, spec: { ...budget.spec, maxUnavailable: undefined, minAvailable: '60%' } };
  const input = yamlOf(deployment(), service, percent, autoscaler({ spec: { minReplicas: 2, maxReplicas: 10 } }));
  const { evictions } = await workloadOf(input);
  expect(evictions).toMatchObject({ leastReplicas: 2, mostReplicas: 10 });
  expect(evictions.budgets[0]).toMatchObject({ least: 0, leastAt: 2, most: 4, mostAt: 10, blocksForEver: true });
  const { stdout } = await explained(input);
  expect(stdout).toContain('minAvailable 60% of 2 rounds up to 2: 2 - 2 = 0 evictions allowed');
  expect(stdout).toContain('minAvailable 60% of 10 is 6: 10 - 6 = 4 evictions allowed');
  expect(stdout).toContain('no pod may ever be evicted: a node drain waits for ever');
});

test('a budget that the API server refuses, and none at all', async () => {
  const [service, budget] = companions() as any[];
  const both = { ...budget, spec: { ...budget.spec, minAvailable: 1 } };
  expect((await explained(yamlOf(deployment(), service, both))).stdout).toContain('the API server refuses it');
  expect((await explained(yamlOf(deployment(), service))).stdout).toContain(
    'no PodDisruptionBudget: all of 3 replicas may be evicted at once',
  );
});

test('a rollout that never ends', async () => {
  const workload: any = deployment();
  workload.spec.template.spec.containers[0].resources = { limits: { 'nvidia.com/gpu': 1 } };
  const { rollout } = await workloadOf(yamlOf(workload, ...companions()));
  expect(rollout.estimateSeconds).toBeUndefined();
  expect((await explained(yamlOf(workload))).stdout).toContain('it never ends');
});

test.each([
  ['a Job', 'batch/v1', 'Job', 'the pods end by themselves'],
  ['a ReplicaSet', 'apps/v1', 'ReplicaSet', 'nothing replaces the pods when the template changes'],
  ['a DaemonSet', 'apps/v1', 'DaemonSet', 'node by node: 1 unavailable and 0 more at once'],
  ['an Argo Rollout', 'argoproj.io/v1alpha1', 'Rollout', 'a controller with steps of its own'],
])('%s has no rollout of a Deployment', async (_name, apiVersion, kind, why) => {
  const { rollout } = await workloadOf(yamlOf({ ...deployment(), apiVersion, kind }));
  expect(rollout.replicas).toBeUndefined();
  expect(rollout.why).toContain(why);
});

test('a StatefulSet goes pod by pod', async () => {
  const { rollout } = await workloadOf(yamlOf({ ...deployment(), kind: 'StatefulSet' }, ...companions()));
  expect(rollout).toMatchObject({ replicas: 3, surge: 0, unavailable: 1, steps: 3, lowestReady: 2 });
});

test('what cannot be read is said, and the rest explained all the same', async () => {
  const broken = `a: [\n---\n${clean}`;
  const { stdout, code } = await explained(broken);
  expect(stdout).toMatch(/^<stdin>:\d+ cannot read: /);
  expect(stdout).toContain('apps/v1 Deployment shop/orders');
  expect(code).toBe(2);
  expect((await jsonOf(broken)).problems).toHaveLength(1);
});

test('--help has examples, and nothing to explain is refused', async () => {
  expect((await run(explain, ['--help'])).stdout).toContain('Examples:\n');
  await expect(run(explain, [])).rejects.toThrow('say what to explain');
});
