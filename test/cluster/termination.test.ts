import { setTimeout as sleep } from 'node:timers/promises';
import { Chart, Duration, Testing } from 'cdk8s';
import {
  type BudgetEvent,
  GracefulWebService,
  type GracefulWebServiceProps,
  SigtermBehavior,
  WebRuntime,
} from '../../src';
import { describeOnCluster, IMAGE, isReady, type Json, Namespace, until } from './kubectl';
import { serversIn, synth, uvicorn } from './servers';

jest.setTimeout(240_000);

const LONGEST_REQUEST = 6;
const TOLERANCE = 2;

/** Ends so many seconds after SIGTERM; undefined: never, as Node.js does as PID 1 without a handler. */
function onSigterm(seconds?: number): string[] {
  const exit = seconds === undefined ? '' : `setTimeout(process.exit, ${seconds * 1000}, 0)`;
  const server = 'require("http").createServer((_, response) => response.end()).listen(8080)';
  return ['node', '-e', `process.on("SIGTERM", () => { console.log("SIGTERM"); ${exit} }); ${server}`];
}

const SIDECAR_DRAIN = 4;
const sidecar = {
  name: 'proxy',
  image: IMAGE,
  command: onSigterm(SIDECAR_DRAIN).map((word) => word.replace('8080', '9090')),
  drain: Duration.seconds(SIDECAR_DRAIN),
};

type Particulars = Partial<GracefulWebServiceProps> & Pick<GracefulWebServiceProps, 'runtime' | 'command'>;

const SERVICES: Record<string, Particulars> = {
  drains: { runtime: WebRuntime.nodeHttp({ drainsOnSigterm: true }), command: ['node', '/app/server.mjs'] },
  'readiness-flag': {
    runtime: WebRuntime.fastApi({ uvicornVersion: '0.54.0', readinessFlag: true }),
    command: uvicorn('main:app'),
  },
  'with-sidecar': {
    runtime: WebRuntime.nodeHttp({ drainsOnSigterm: true }),
    command: ['node', '/app/server.mjs'],
    sidecars: [sidecar],
  },
  'ignores-sigterm': { runtime: WebRuntime.custom({ sigterm: SigtermBehavior.IGNORED }), command: onSigterm() },
};

/** How to ask each server for an answer that takes so many seconds. */
const SLOW: Record<string, (seconds: number) => string> = {
  drains: (seconds) => `/?ms=${seconds * 1000}`,
  'readiness-flag': (seconds) => `/slow?seconds=${seconds}`,
  'with-sidecar': (seconds) => `/?ms=${seconds * 1000}`,
};

/** Well before any server stops taking new requests, also on a slow machine. */
const ASKED_AT = 2;

/** What happened to one pod, in seconds from its deletion on. */
interface Seen {
  readonly readinessFalse?: number;
  readonly endpointNotReady?: number;
  readonly sigterm: Record<string, number>;
  readonly end: Record<string, { readonly second: number; readonly exitCode: number }>;
  readonly answers: string[];
}

describeOnCluster('the budget of a termination, and what a kubelet does', () => {
  const budgets: Record<string, BudgetEvent[]> = {};
  const seen: Record<string, Seen> = {};
  let namespace: Namespace;

  const predicted = (name: string, event: string, container = 'main') =>
    budgets[name].find((each) => each.event === event && (each.container ?? container) === container)?.second;

  beforeAll(async () => {
    const chart = new Chart(Testing.app(), 'termination');
    const servers = serversIn(chart);
    const services = Object.entries(SERVICES).map(([name, particulars]) => {
      const service = new GracefulWebService(chart, name, {
        image: IMAGE,
        port: 8080,
        readiness: { path: '/healthz', period: Duration.seconds(1), failureThreshold: 1 },
        startup: { period: Duration.seconds(1) },
        longestRequest: Duration.seconds(LONGEST_REQUEST),
        replicas: 1,
        volumeMounts: [servers],
        metadata: { name },
        ...particulars,
      });
      if (particulars.sidecars) {
      }
      return service;
    });
    const manifests = synth(chart);
    for (const service of services) budgets[service.node.id] = service.budget.events;

    namespace = await Namespace.create();
    await namespace.apply([...manifests, CLIENT]);
    const pods = await Promise.all(Object.keys(SERVICES).map((name) => namespace.readyPod(name)));
    await namespace.kubectl('wait', 'pod/client', '--for=condition=Ready', '--timeout=60s');
    const names = Object.keys(SERVICES);
    const watched = await Promise.all(
      names.map((name, index) => {
        // In flight until the second at which the longest request that arrived last would be done.
        const seconds = (predicted(name, 'last-request-done') ?? 0) - ASKED_AT - 0.5;
        return terminate(namespace, pods[index], SLOW[name]?.(seconds));
      }),
    );
    for (const [index, name] of names.entries()) seen[name] = watched[index];
  });
  afterAll(() => namespace?.remove());

  test.each(['drains', 'readiness-flag', 'with-sidecar'])(
    '%s: the last request is answered, and then the server ends',
    (name) => {
      expect(seen[name].answers).toEqual(['200']);
      expect(seen[name].end.main.exitCode).toBe(0);
      expectNear(seen[name].end.main.second, predicted(name, 'exit'));
    },
  );

  test.each(['drains', 'with-sidecar', 'ignores-sigterm'])('%s: preStop ends, and SIGTERM follows', (name) => {
    expectNear(seen[name].sigterm.main, predicted(name, 'sigterm'));
    expectNear(seen[name].sigterm.main, predicted(name, 'pre-stop-end'));
  });

  test('readiness-flag: readiness turns false while the server serves on', () => {
    expectNear(seen['readiness-flag'].readinessFalse, predicted('readiness-flag', 'readiness-false'));
  });

  test('with-sidecar: the sidecar gets SIGTERM when the server has ended, and drains', () => {
    const { sigterm, end } = seen['with-sidecar'];
    expect(end.proxy.exitCode).toBe(0);
    expectNear(sigterm.proxy, predicted('with-sidecar', 'sigterm', 'proxy'));
    expectNear(end.proxy.second, predicted('with-sidecar', 'exit', 'proxy'));
  });

  test('ignores-sigterm: the grace is all that ends it', () => {
    const { end } = seen['ignores-sigterm'];
    expect(end.main.exitCode).toBe(137);
    expectNear(end.main.second, predicted('ignores-sigterm', 'sigkill'));
    expect(predicted('ignores-sigterm', 'exit')).toBeUndefined();
  });

  test.each(Object.keys(SERVICES))(
    '%s: its endpoint is out of traffic at once, before the budget counts on it',
    (name) => {
      expectNear(seen[name].endpointNotReady, predicted(name, 'deletion'));
      expect(seen[name].endpointNotReady).toBeLessThan(predicted(name, 'traffic-gone') ?? 0);
    },
  );
});

function expectNear(second: number | undefined, predictedSecond: number | undefined): void {
  const difference = Math.abs((second ?? Number.NaN) - (predictedSecond ?? Number.NaN));
  const within = { second, predictedSecond, within: difference <= TOLERANCE };
  expect(within).toEqual({ ...within, within: true });
}

const CLIENT = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'client' },
  spec: { containers: [{ name: 'client', image: IMAGE, command: ['sleep', 'infinity'] }] },
};

/** Deletes a pod and watches until it is gone. Seconds are counted by this machine's clock, save the ends of containers. */
async function terminate(namespace: Namespace, pod: Json, slowPath: string | undefined): Promise<Seen> {
  const { name } = pod.metadata;
  const { podIP } = pod.status;
  const at: Record<string, number> = {};
  const happened = (what: string) => {
    at[what] ??= Date.now();
  };
  const states: Json[] = [];

  followJson(namespace, ['get', 'pod', name], (state) => {
    if (state.metadata.deletionTimestamp) happened('deletion');
    if (!isReady(state)) happened('readiness false');
    states.push(state);
  });
  followJson(namespace, ['get', 'endpointslices'], ({ endpoints }) => {
    const endpoint = endpoints?.find((each: Json) => each.addresses.includes(podIP));
    if (endpoint && !endpoint.conditions.ready) happened('endpoint not ready');
  });
  for (const { name: container } of [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]) {
    namespace.follow(['logs', '-f', name, '-c', container], (line) => {
      if (line === 'SIGTERM') happened(`SIGTERM ${container}`);
    });
  }
  await until('the watches have begun', 20, async () => states.length > 0);

  await namespace.kubectl('delete', 'pod', name, '--wait=false');
  const answers: string[] = [];
  if (slowPath) {
    await sleep(ASKED_AT * 1000);
    answers.push(await ask(namespace, `http://${podIP}:8080${slowPath}`));
  }
  const isGone = async () => !(await namespace.kubectl('get', 'pods', '-o', 'name')).includes(name);
  await until(`${name} is gone`, 90, isGone);

  const since = (what: string) => (at[what] - at.deletion) / 1000;
  const containers = lastEnds(states);
  return {
    answers,
    readinessFalse: since('readiness false'),
    endpointNotReady: since('endpoint not ready'),
    sigterm: Object.fromEntries(containers.map(({ name: container }) => [container, since(`SIGTERM ${container}`)])),
    end: Object.fromEntries(
      containers.map(({ name: container, state: { terminated } }) => [
        container,
        { second: Date.parse(terminated.finishedAt) / 1000 - deletionOf(states), exitCode: terminated.exitCode },
      ]),
    ),
  };
}

/** When the API server was asked, by its own clock. Only while the grace runs: at the end it is set to zero. */
function deletionOf(states: readonly Json[]): number {
  const { metadata } = states.find((state) => state.metadata.deletionGracePeriodSeconds > 0);
  return Date.parse(metadata.deletionTimestamp) / 1000 - metadata.deletionGracePeriodSeconds;
}

function lastEnds(states: readonly Json[]): Json[] {
  const { containerStatuses, initContainerStatuses = [] } = states[states.length - 1].status;
  return [...containerStatuses, ...initContainerStatuses];
}

/** The status of the answer; 000 where there is none. */
async function ask(namespace: Namespace, url: string): Promise<string> {
  const curl = ['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', '-m', '30', url];
  return namespace.kubectl('exec', 'client', '--', 'sh', '-c', '"$@" || true', 'sh', ...curl);
}

/** Every state of what `get` gets, from now on. */
function followJson(namespace: Namespace, get: readonly string[], state: (object: Json) => void): void {
  let lines: string[] = [];
  namespace.follow([...get, '-o', 'json', '-w'], (line) => {
    lines.push(line);
    if (line !== '}') return; // the end of the whole object: what is within it is indented
    state(JSON.parse(lines.join('\n')));
    lines = [];
  });
}
