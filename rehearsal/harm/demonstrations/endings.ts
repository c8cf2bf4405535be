import type { Demonstration, Seen } from '../demonstration';
import { exec, manifests, PROGRAM } from '../manifests';
import type { Stage } from '../stage';

/** Deletes one of two pods under load, and tells how it ended. */
async function deleteOne(stage: Stage, path: string, harmedBy: 'lost' | 'killed'): Promise<Seen> {
  await stage.up(2);
  await stage.putLoad(20, path);
  const pod = stage.onePod();
  const sigterm = stage.sigtermOf(pod);
  await stage.pause(1);
  await stage.remove(pod);
  await stage.settled();
  const end = pod.ends.get('main');
  const lost = stage.lost();
  const sigtermSecond = sigterm.at && Math.round((sigterm.at - (pod.deletedAt ?? 0)) / 100) / 10;
  const gone = Math.round(((pod.goneAt ?? 0) - (pod.deletedAt ?? 0)) / 100) / 10;
  const killed = end?.exitCode === 137;
  const ended = end
    ? `${killed ? 'SIGKILL (exit code 137)' : `exit with ${end.exitCode}`} at second ${end.second}`
    : `the pod was gone from the API after ${gone} s`;
  const signalled = sigtermSecond === undefined ? 'the server saw no SIGTERM' : `SIGTERM at second ${sigtermSecond}`;
  return {
    harmed: harmedBy === 'killed' ? killed : lost.count > 0,
    text: `${signalled}, ${ended}, ${lost.text}`,
    numbers: {
      ...(sigtermSecond !== undefined && { sigtermSecond }),
      ...(end ? { endSecond: end.second, exitCode: end.exitCode } : { goneSecond: gone }),
      lost: lost.count,
    },
  };
}

/** Replaces every pod under many short requests. */
async function restartUnderLoad(stage: Stage): Promise<Seen> {
  await stage.up(3);
  await stage.putLoad(120, '/?ms=20');
  for (let round = 0; round < 2; round++) await stage.rollout(3);
  await stage.pause(2);
  await stage.settled();
  const lost = stage.lost();
  const hooks = stage.observation.pods.filter(({ warnings }) =>
    warnings.some((each) => each.startsWith('FailedPreStopHook')),
  ).length;
  const failed = hooks > 0 ? `, preStop failed in ${hooks} pods (FailedPreStopHook)` : '';
  return {
    harmed: lost.count > 0,
    text: `${lost.text} in two rollouts${failed}`,
    numbers: { lost: lost.count, sent: stage.load.sent().sent, failedHooks: hooks },
  };
}

const THREE = { replicas: 3 };
const LONG = { 'longest-request': '8s' };
const longGrace = { terminationGracePeriodSeconds: 18 };
const long = manifests({ states: LONG, pod: longGrace });

export const endings: readonly Demonstration[] = [
  {
    rule: 'grace-shorter-than-shutdown',
    refused: {
      what: 'requests of up to 8 s, preStop of 5 s, a grace period of 10 s',
      objects: manifests({ states: LONG, pod: { terminationGracePeriodSeconds: 10 } }),
    },
    twin: { what: 'a grace period of 18 s', objects: long },
    watch: (stage) => deleteOne(stage, '/?ms=7500', 'lost'),
  },
  {
    rule: 'prestop-consumes-grace',
    also: ['grace-shorter-than-shutdown'],
    refused: {
      what: 'preStop sleeps 30 s, the grace period is 12 s, requests take up to 8 s',
      objects: manifests({
        states: { ...LONG, 'image-tools': 'sleep' },
        container: { lifecycle: { preStop: exec('sleep', '30') } },
      }),
    },
    twin: { what: 'preStop sleeps 5 s, the grace period is 18 s', objects: long },
    watch: (stage) => deleteOne(stage, '/?ms=7500', 'killed'),
  },
  {
    rule: 'grace-zero',
    also: ['grace-shorter-than-shutdown'],
    refused: {
      what: 'terminationGracePeriodSeconds 0, preStop sleeps 5 s',
      objects: manifests({
        states: { ...LONG, 'image-tools': 'sleep' },
        pod: { terminationGracePeriodSeconds: 0 },
        container: { lifecycle: { preStop: exec('sleep', '5') } },
      }),
    },
    twin: { what: 'a grace period of 18 s', objects: long },
    watch: (stage) => deleteOne(stage, '/?ms=7500', 'lost'),
  },
  {
    rule: 'shell-swallows-sigterm',
    refused: {
      what: 'sh -c "prepare && node ..."',
      objects: manifests({
        container: { command: ['sh', '-c', 'true && node -e "$PROGRAM"'] },
        env: { PROGRAM },
      }),
    },
    twin: {
      what: 'sh -c "prepare && exec node ..."',
      objects: manifests({
        container: { command: ['sh', '-c', 'true && exec node -e "$PROGRAM"'] },
        env: { PROGRAM },
      }),
    },
    watch: (stage) => deleteOne(stage, '/?ms=1500', 'killed'),
  },
  {
    rule: 'sigterm-aborts-requests',
    refused: {
      what: 'a server that exits at SIGTERM, requests of up to 8 s, preStop of 5 s',
      objects: manifests({ states: { ...LONG, sigterm: 'aborts' }, pod: longGrace, env: { ON_SIGTERM: 'abort' } }),
    },
    twin: { what: 'a server that drains at SIGTERM', objects: long },
    watch: (stage) => deleteOne(stage, '/?ms=7500', 'lost'),
  },
  {
    rule: 'shutdown-timeout-shorter-than-request',
    refused: {
      what: 'a server that gives up draining after 1 s, requests of up to 8 s',
      objects: manifests({ states: { ...LONG, 'drain-timeout': '1s' }, pod: longGrace, env: { DRAIN_SECONDS: '1' } }),
    },
    twin: {
      what: 'a server that drains for up to 8 s',
      objects: manifests({ states: { ...LONG, 'drain-timeout': '8s' }, pod: longGrace, env: { DRAIN_SECONDS: '8' } }),
    },
    watch: (stage) => deleteOne(stage, '/?ms=7500', 'lost'),
  },
  {
    rule: 'prestop-missing',
    refused: {
      what: 'no preStop hook',
      objects: manifests({ deployment: THREE, container: { lifecycle: undefined } }),
    },
    twin: { what: 'preStop sleeps 5 s', objects: manifests({ deployment: THREE }) },
    watch: restartUnderLoad,
  },
  {
    rule: 'command-not-in-image',
    also: ['prestop-consumes-grace'], // it cannot tell how long the hook takes
    refused: {
      what: 'preStop runs a program of the name "sleep 5", blank included',
      objects: manifests({
        deployment: THREE,
        states: { 'image-tools': 'sleep' },
        container: { lifecycle: { preStop: exec('sleep 5') } },
      }),
    },
    twin: {
      what: 'preStop runs sleep with the argument 5',
      objects: manifests({
        deployment: THREE,
        states: { 'image-tools': 'sleep' },
        container: { lifecycle: { preStop: exec('sleep', '5') } },
      }),
    },
    watch: restartUnderLoad,
  },
];
