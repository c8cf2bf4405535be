import { setTimeout as sleep } from 'node:timers/promises';
import { ApiObject, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import { DrainGate, GracefulWebService, ImageTool, WebRuntime } from '../../src';
import { describeOnCluster, IMAGE, isReady, type Json, kubectlJson, Namespace, until } from './kubectl';
import { serversIn, synth } from './servers';

jest.setTimeout(180_000);

const MARKER = '/var/run/cdk8s-graceful/draining';

/** With the marker's removal, and without it. */
function manifests(): Json[] {
  const chart = new Chart(Testing.app(), 'marker');
  const servers = serversIn(chart);
  const [, control] = ['ours', 'control'].map(
    (name) =>
      new GracefulWebService(chart, name, {
        image: IMAGE,
        imageTools: [ImageTool.SH, ImageTool.SLEEP, ImageTool.TOUCH, ImageTool.RM, ImageTool.CURL],
        runtime: WebRuntime.nodeHttp({ drainsOnSigterm: true }),
        command: ['node', '/app/server.mjs'],
        port: 8080,
        readiness: { path: '/healthz', period: Duration.seconds(1), timeout: Duration.seconds(2) },
        startup: { period: Duration.seconds(1) },
        longestRequest: Duration.seconds(3),
        drainGate: DrainGate.marker(),
        replicas: 1,
        volumeMounts: [servers],
        metadata: { name },
      }),
  );
  const removal = '/spec/template/spec/containers/0/lifecycle/postStart';
  ApiObject.of(control.deployment).addJsonPatch(JsonPatch.remove(removal));
  control.acknowledge({ rule: 'drain-marker-survives-restart', reason: 'the control of this very test' });
  return synth(chart);
}

describeOnCluster('a marker drain gate on a kubelet', () => {
  let namespace: Namespace;

  beforeAll(async () => {
    namespace = await Namespace.create();
    await namespace.apply(manifests());
  });
  afterAll(() => namespace?.remove());

  /** What a restart after failed liveness probes does, without waiting for the probes. */
  async function drainAndRestart(pod: Json): Promise<Json> {
    const name = pod.metadata.name;
    const { command } = pod.spec.containers[0].lifecycle.preStop.exec;
    await namespace.kubectl('exec', name, '--', ...command);
    await until(`${name} is not ready while it drains`, 20, async () => !isReady(await latest(name)));
    await namespace.kubectl('exec', name, '--', 'sh', '-c', 'kill -TERM 1');
    return until(`the container of ${name} was restarted and has started`, 60, async () => {
      const now = await latest(name);
      const [container] = now.status.containerStatuses;
      return container.restartCount === 1 && container.started && now;
    });
  }

  const latest = (name: string) => kubectlJson('-n', namespace.name, 'get', 'pod', name);

  test('a pod is ready again after a restart, on a read-only root file system', async () => {
    const pod = await namespace.readyPod('ours');
    const name = pod.metadata.name;
    await expect(namespace.kubectl('exec', name, '--', 'touch', '/probe')).rejects.toThrow('Read-only file system');

    await drainAndRestart(pod);

    await until(`${name} is ready again`, 30, async () => isReady(await latest(name)));
    await namespace.kubectl('exec', name, '--', 'test', '!', '-e', MARKER);
  });

  test('without the postStart hook it never is', async () => {
    const pod = await namespace.readyPod('control');
    const name = pod.metadata.name;

    await drainAndRestart(pod);

    const probes = 10;
    for (let second = 0; second < probes; second++) {
      expect(isReady(await latest(name))).toBe(false);
      await sleep(1000);
    }
    await namespace.kubectl('exec', name, '--', 'test', '-e', MARKER);
  });
});
