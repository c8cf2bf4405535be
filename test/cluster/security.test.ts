import { Chart, Duration, Testing } from 'cdk8s';
import {
  Accelerator,
  GracefulInferenceDeployment,
  GracefulWebService,
  type GracefulWebServiceProps,
  InferenceEngine,
  SigtermBehavior,
  WebRuntime,
} from '../../src';
import { advertise, withdraw } from './accelerator';
import { describeOnCluster, IMAGE, isReady, type Json, Namespace, until } from './kubectl';
import { serversIn, synth, uvicorn } from './servers';

jest.setTimeout(180_000);

const POD_SECURITY = 'pod-security.kubernetes.io';

type Particulars = Pick<GracefulWebServiceProps, 'runtime' | 'command' | 'readiness'>;

/** Each answers its readiness path only where it can write what it writes. */
const RUNTIMES: Record<string, Particulars> = {
  'spring-boot': {
    runtime: WebRuntime.springBoot({ version: '3.5.0' }),
    command: ['java', '/app/Server.java'],
  },
  uvicorn: {
    runtime: WebRuntime.uvicorn({ version: '0.54.0' }),
    command: uvicorn('app:app'),
    readiness: { path: '/ping' },
  },
  'fast-api': {
    runtime: WebRuntime.fastApi({ uvicornVersion: '0.54.0' }),
    command: uvicorn('app:app'),
    readiness: { path: '/healthz' },
  },
  nginx: {
    runtime: WebRuntime.nginx(),
    command: ['nginx', '-c', '/app/nginx.conf'],
    readiness: { path: '/' },
  },
  'node-http': {
    runtime: WebRuntime.nodeHttp({ drainsOnSigterm: true }),
    command: ['node', '/app/server.mjs'],
    readiness: { path: '/healthz' },
  },
  custom: {
    runtime: WebRuntime.custom({
      sigterm: SigtermBehavior.ABORTS,
      readinessPath: '/',
      livenessPath: '/',
      writablePaths: ['/var/data'],
    }),
    command: ['python3', '/app/custom.py'],
  },
};

function webManifests(): Json[] {
  const chart = new Chart(Testing.app(), 'web');
  const servers = serversIn(chart);
  for (const [name, particulars] of Object.entries(RUNTIMES)) {
    new GracefulWebService(chart, name, {
      image: IMAGE,
      port: 8080,
      longestRequest: Duration.seconds(3),
      startup: { period: Duration.seconds(1) },
      replicas: 1,
      volumeMounts: [servers],
      metadata: { name },
      ...particulars,
    });
  }
  return synth(chart);
}

describeOnCluster('web services under Pod Security restricted', () => {
  let namespace: Namespace;

  beforeAll(async () => {
    namespace = await Namespace.create({
      [`${POD_SECURITY}/enforce`]: 'restricted',
      [`${POD_SECURITY}/warn`]: 'restricted',
    });
    await namespace.apply(webManifests());
  });
  afterAll(() => namespace?.remove());

  test.each(Object.keys(RUNTIMES))('%s starts, and is ready', async (name) => {
    const pod = await namespace.readyPod(name);

    const [container] = pod.status.containerStatuses;
    expect(container.restartCount).toBe(0);
    const touch = namespace.kubectl('exec', pod.metadata.name, '--', 'touch', '/probe');
    await expect(touch).rejects.toThrow('Read-only file system');
    const identity = await namespace.kubectl('exec', pod.metadata.name, '--', 'id', '-u');
    expect(Number(identity)).toBe(pod.spec.containers[0].securityContext.runAsUser);
  });
});

const RESOURCE = 'cdk8s-graceful.example.com/accelerator';
const REPLICAS = 2;

describeOnCluster('an inference deployment under Pod Security baseline', () => {
  let namespace: Namespace;
  let node: string;

  beforeAll(async () => {
    node = await advertise(RESOURCE, REPLICAS);
    namespace = await Namespace.create({
      [`${POD_SECURITY}/enforce`]: 'baseline',
      [`${POD_SECURITY}/warn`]: 'baseline',
    });
    const chart = new Chart(Testing.app(), 'inference');
    new GracefulInferenceDeployment(chart, 'engine', {
      image: IMAGE,
      engine: InferenceEngine.custom({
        sigterm: SigtermBehavior.DRAINS,
        command: ['node', '/app/server.mjs'],
        readinessPath: '/healthz',
        livenessPath: '/healthz',
      }),
      accelerator: Accelerator.custom(RESOURCE, 1),
      port: 8080,
      longestRequest: Duration.seconds(3),
      startup: { period: Duration.seconds(1) },
      replicas: REPLICAS,
      volumeMounts: [serversIn(chart)],
      metadata: { name: 'engine' },
    });
    await namespace.apply(synth(chart));
  });
  afterAll(async () => {
    try {
      await namespace?.remove();
    } finally {
      if (node) await withdraw(node, RESOURCE);
    }
  });

  const pods = () => namespace.pods('engine');

  test('every pod gets its accelerator, on the node that has them', async () => {
    await until('both pods are ready', 90, async () => (await pods()).filter(isReady).length === REPLICAS, pods);

    expect((await pods()).map((pod) => pod.spec.nodeName)).toEqual([node, node]);
  });

  test('a rollout without a spare accelerator waits for one, and then takes it', async () => {
    const old = (await pods()).map((pod) => pod.metadata.name);

    await namespace.kubectl('rollout', 'restart', 'deployment/engine');

    await until('a new pod waits for the accelerator of one that is leaving', 30, async () => {
      const now = await pods();
      return now.some(isUnschedulable) && now.some((pod) => pod.metadata.deletionTimestamp);
    });
    await namespace.kubectl('rollout', 'status', 'deployment/engine', '--timeout=90s');
    const ready = (await pods()).filter((pod) => isReady(pod) && !pod.metadata.deletionTimestamp);
    expect(ready).toHaveLength(REPLICAS);
    for (const pod of ready) expect(old).not.toContain(pod.metadata.name);
  });
});

function isUnschedulable(pod: Json): boolean {
  return pod.status.conditions?.some(
    (each: Json) => each.type === 'PodScheduled' && each.reason === 'Unschedulable' && each.message.includes(RESOURCE),
  );
}
