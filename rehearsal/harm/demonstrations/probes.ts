import { execReadinessRunsDuringTermination } from '../../../src/kubernetes/exec-readiness';
import { parseKubernetesVersion } from '../../../src/kubernetes/version';
import type { Demonstration, Seen } from '../demonstration';
import { exec, manifests } from '../manifests';
import type { Stage } from '../stage';

const MARKER = '/drain/draining';
const TOOLS = { 'image-tools': 'sh, sleep, touch, rm, test' };
const gate = {
  preStop: exec('sh', '-c', `touch ${MARKER} && sleep 5`),
  readinessProbe: { ...exec('test', '!', '-e', MARKER), periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 2 },
};
const liveness = (failureThreshold: number) => ({
  httpGet: { path: '/livez', port: 8080 },
  periodSeconds: 2,
  timeoutSeconds: 1,
  failureThreshold,
  terminationGracePeriodSeconds: 10,
});
const onVolume = { volumes: [{ name: 'drain', emptyDir: {} }] };
const mounted = { volumeMounts: [{ name: 'drain', mountPath: '/drain' }] };

/** Hangs a pod until its liveness probe restarts it. */
async function restartByLiveness(stage: Stage): Promise<Seen> {
  await stage.up(2);
  const pod = stage.onePod();
  await stage.ask(pod, '/busy?ms=30000');
  await stage.until('the container was restarted', 60, async () => (await stage.restartsOf(pod)) > 0);
  const since = Date.now();
  const back = await stage.within(30, () => pod.ready);
  const seconds = Math.round((Date.now() - since) / 1000);
  return {
    harmed: !back,
    text: back
      ? `the restarted container was ready again after ${seconds} s`
      : `${seconds} s after the restart of its container the pod was still not ready, though its server answered`,
    numbers: { seconds },
  };
}

async function startTwice(stage: Stage): Promise<Seen> {
  await stage.apply();
  const { observation } = stage;
  const since = Date.now();
  await stage.within(45, () => observation.running.length === 2);
  const seconds = Math.round((Date.now() - since) / 1000);
  const ready = observation.running.length;
  const restarts = Math.max(...(await Promise.all(observation.present.map((pod) => stage.restartsOf(pod)))));
  return {
    harmed: ready === 0 && restarts > 1,
    text: `after ${seconds} s ${ready} of 2 pods were ready, with ${restarts} restarts of a container`,
    numbers: { seconds, ready, restarts },
  };
}

/** Lets one of two servers be silent for a few seconds. */
async function busyForAWhile(stage: Stage): Promise<Seen> {
  await stage.up(2);
  await stage.putLoad(20, '/?ms=1500');
  const pod = stage.onePod();
  await stage.ask(pod, '/busy?ms=5000');
  await stage.pause(20);
  await stage.settled();
  const restarts = await stage.restartsOf(pod);
  const lost = stage.lost();
  return {
    harmed: restarts > 0,
    text: `the server was busy for 5 s: its container was restarted ${restarts} times, ${lost.text}`,
    numbers: { restarts, lost: lost.count },
  };
}

/** When readiness turns false after the deletion, if it does before the container ends. */
async function readinessOfLeaving(stage: Stage): Promise<Seen> {
  await stage.up(2);
  const pod = await stage.remove(stage.onePod());
  const second = (at: number | undefined) => at && Math.round((at - (pod.deletedAt ?? 0)) / 100) / 10;
  const end = pod.ends.get('main')?.second ?? 0;
  const unready = second(pod.readyFalseAt);
  const late = unready === undefined || unready >= end - 1;
  return {
    harmed: late,
    text: late
      ? `the pod stayed ready until its container ended at second ${end}, though preStop had made the marker at once`
      : `readiness was false at second ${unready}, the container ended at second ${end}`,
    numbers: { ...(unready !== undefined && { unreadySecond: unready }), endSecond: end },
  };
}

const markerGate = (version: string) =>
  manifests({
    states: { ...TOOLS, 'kubernetes-version': version, 'traffic-sources': 'kube-proxy, mesh=2s/readiness' },
    container: {
      lifecycle: { preStop: exec('sh', '-c', 'touch /tmp/draining && sleep 8') },
      readinessProbe: { ...gate.readinessProbe, ...exec('test', '!', '-e', '/tmp/draining') },
    },
    pod: { terminationGracePeriodSeconds: 20 },
  });

export const probes: readonly Demonstration[] = [
  {
    rule: 'drain-marker-survives-restart',
    refused: {
      what: 'preStop makes a marker on an emptyDir, which nothing removes',
      objects: manifests({
        states: TOOLS,
        pod: onVolume,
        container: {
          ...mounted,
          lifecycle: { preStop: gate.preStop },
          readinessProbe: gate.readinessProbe,
          livenessProbe: liveness(6),
        },
      }),
    },
    twin: {
      what: 'postStart removes the marker',
      objects: manifests({
        states: TOOLS,
        pod: onVolume,
        container: {
          ...mounted,
          lifecycle: { preStop: gate.preStop, postStart: exec('rm', '-f', MARKER) },
          readinessProbe: gate.readinessProbe,
          livenessProbe: liveness(6),
        },
      }),
    },
    watch: restartByLiveness,
  },
  {
    rule: 'exec-readiness-ignored-during-termination',
    refused: { what: 'an exec readiness probe tests the marker that preStop makes', objects: markerGate('1.36.3') },
    unaffected: {
      what: 'the same, where the kubelet goes on with exec probes',
      objects: markerGate('1.34'),
      holds: (version) => execReadinessRunsDuringTermination(parseKubernetesVersion(version)).runs,
    },
    watch: readinessOfLeaving,
  },
  {
    rule: 'startup-shorter-than-cold-start',
    refused: {
      what: 'a cold start of 12 s, a startup probe that gives 5 s',
      objects: manifests({
        states: { 'cold-start': '12s' },
        env: { START_SECONDS: '10' },
        container: { startupProbe: { httpGet: { path: '/livez', port: 8080 }, periodSeconds: 1, failureThreshold: 5 } },
      }),
    },
    twin: {
      what: 'a startup probe that gives 40 s',
      objects: manifests({ states: { 'cold-start': '12s' }, env: { START_SECONDS: '10' } }),
    },
    watch: startTwice,
  },
  {
    rule: 'liveness-kills-busy-server',
    refused: {
      what: 'a liveness probe that one answer slower than 1 s fails',
      objects: manifests({ container: { livenessProbe: liveness(1) } }),
    },
    twin: {
      what: 'a liveness probe that 6 failures in a row fail',
      objects: manifests({ container: { livenessProbe: liveness(6) } }),
    },
    watch: busyForAWhile,
  },
];
