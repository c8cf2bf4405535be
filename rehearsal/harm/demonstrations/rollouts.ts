import type { Demonstration, Seen } from '../demonstration';
import { budget, manifests, NAME } from '../manifests';
import type { Stage } from '../stage';

const SLOW_START = { START_SECONDS: '10' };
const SLOW = { 'cold-start': '12s' };
const GPU = 'example.com/gpu';
const onGpu = { resources: { limits: { [GPU]: 1 } } };
const strategy = (maxSurge: number, maxUnavailable: number) => ({
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } },
});
const WAITED_SECONDS = 40;

async function waitsForAccelerator(stage: Stage): Promise<Seen> {
  await stage.up(2);
  const since = Date.now();
  const done = await stage.rollout(2, WAITED_SECONDS).then(
    () => true,
    () => false,
  );
  const seconds = Math.round((Date.now() - since) / 1000);
  if (done) return { harmed: false, text: `the rollout was done after ${seconds} s`, numbers: { seconds } };
  const pending = stage.observation.present.find(({ node }) => node === undefined);
  const why = pending?.warnings.find((each) => each.startsWith('FailedScheduling'))?.replace(/\. .*$/s, '');
  return {
    harmed: why !== undefined,
    text: `after ${seconds} s the rollout had not taken its first step, its new pod was on no node: ${why}`,
    numbers: { seconds },
  };
}

async function replaceUnderLoad(stage: Stage): Promise<Seen> {
  await stage.up(2);
  await stage.putLoad(20, '/?ms=100');
  const [seconds] = await Promise.all([stage.secondsWithoutEndpoint(40), stage.rollout(2)]);
  await stage.settled();
  const lost = stage.lost();
  return {
    harmed: seconds > 0 && lost.count > 0,
    text: `no endpoint was ready for ${seconds} s of the rollout, ${lost.text}`,
    numbers: { secondsWithoutEndpoint: seconds, lost: lost.count },
  };
}

async function lowestOfRollout(stage: Stage): Promise<Seen> {
  await stage.up(3);
  const since = Date.now();
  await stage.rollout(3);
  const lowest = stage.observation.lowestReady(since, Date.now())?.ready ?? 0;
  return {
    harmed: lowest < 2,
    text: `${lowest} of 3 endpoints were ready at the worst moment of the rollout, 2 are needed`,
    numbers: { lowestReady: lowest, required: 2 },
  };
}

async function isReportedAsFailed(stage: Stage): Promise<Seen> {
  const since = Date.now();
  const second = () => Math.round((Date.now() - since) / 1000);
  await stage.apply();
  let failedSecond: number | undefined;
  await stage.until('both pods are ready', 60, async () => {
    if ((await stage.condition('Progressing')) === 'ProgressDeadlineExceeded') failedSecond ??= second();
    return stage.observation.running.length === 2;
  });
  const readySecond = second();
  return {
    harmed: failedSecond !== undefined,
    text:
      failedSecond === undefined
        ? `all pods were ready after ${readySecond} s, and nothing was reported`
        : `reported as failed (ProgressDeadlineExceeded) after ${failedSecond} s, and all pods were ready after ${readySecond} s`,
    numbers: { ...(failedSecond !== undefined && { failedSecond }), readySecond },
  };
}

const autoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: NAME },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: NAME },
    minReplicas: 4,
    maxReplicas: 6,
    behavior: {
      scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] },
    },
  },
};

async function applyAgain(stage: Stage): Promise<Seen> {
  await stage.apply();
  await stage.until('the autoscaler has made 4 replicas', 90, () => stage.observation.running.length === 4);
  const since = Date.now();
  await stage.apply();
  await stage.pause(5);
  const deleted = stage.observation.deletedBetween(since, Infinity).length;
  return {
    harmed: deleted > 0,
    text: `${deleted} of 4 pods were deleted when the same manifest was applied again`,
    numbers: { deleted },
  };
}

async function startsUnderLoad(stage: Stage): Promise<Seen> {
  await stage.up(2);
  await stage.pause(11); // without a probe they are ready before they serve
  await stage.putLoad(20, '/?ms=100');
  await stage.rollout(2);
  await stage.pause(2);
  await stage.settled();
  const lost = stage.lost();
  return {
    harmed: lost.count > 0,
    text: `${lost.text} in one rollout`,
    numbers: { lost: lost.count, sent: stage.load.sent().sent },
  };
}

export const rollouts: readonly Demonstration[] = [
  {
    rule: 'rollout-waits-for-accelerator',
    accelerators: { [GPU]: 2 },
    refused: {
      what: 'maxSurge 1 and maxUnavailable 0, and no accelerator to spare',
      objects: manifests({ container: onGpu, deployment: strategy(1, 0) }),
    },
    twin: {
      what: 'maxSurge 0 and maxUnavailable 1',
      objects: manifests({ container: onGpu, deployment: strategy(0, 1) }),
    },
    watch: waitsForAccelerator,
  },
  {
    rule: 'rollout-below-required-replicas',
    refused: {
      what: 'maxUnavailable 2 of 3 replicas, of which 2 are needed at peak',
      objects: manifests({
        states: { ...SLOW, 'required-replicas': '2' },
        env: SLOW_START,
        deployment: { replicas: 3, ...strategy(0, 2) },
      }),
    },
    twin: {
      what: 'maxUnavailable 1',
      objects: manifests({
        states: { ...SLOW, 'required-replicas': '2' },
        env: SLOW_START,
        deployment: { replicas: 3, ...strategy(0, 1) },
      }),
    },
    watch: lowestOfRollout,
  },
  {
    rule: 'recreate-behind-service',
    refused: {
      what: 'strategy Recreate',
      objects: manifests({
        states: SLOW,
        env: SLOW_START,
        deployment: { strategy: { type: 'Recreate', rollingUpdate: undefined } },
      }),
    },
    twin: { what: 'strategy RollingUpdate', objects: manifests({ states: SLOW, env: SLOW_START }) },
    watch: replaceUnderLoad,
  },
  {
    rule: 'progress-deadline-too-short',
    refused: {
      what: 'a cold start of 12 s, progressDeadlineSeconds 8',
      objects: manifests({ states: SLOW, env: SLOW_START, deployment: { progressDeadlineSeconds: 8 } }),
    },
    twin: { what: 'progressDeadlineSeconds 600, the default', objects: manifests({ states: SLOW, env: SLOW_START }) },
    watch: isReportedAsFailed,
  },
  {
    rule: 'readiness-probe-missing',
    refused: {
      what: 'no readiness probe, a cold start of 10 s',
      objects: manifests({
        states: SLOW,
        env: SLOW_START,
        container: { readinessProbe: undefined, startupProbe: undefined },
      }),
    },
    twin: { what: 'a readiness probe', objects: manifests({ states: SLOW, env: SLOW_START }) },
    watch: startsUnderLoad,
  },
  {
    rule: 'replicas-beside-autoscaler',
    refused: {
      what: 'replicas 2 beside an autoscaler that asks for 4 to 6',
      objects: manifests({ others: [autoscaler], budgets: [budget()] }),
    },
    twin: {
      what: 'no replicas',
      objects: manifests({ others: [autoscaler], deployment: { replicas: undefined } }),
    },
    watch: applyAgain,
  },
];
