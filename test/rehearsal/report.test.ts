import { LoadLog } from '../../src/rehearsal/load-log';
import { Observation } from '../../src/rehearsal/observation';
import type { RehearsalOptions } from '../../src/rehearsal/options';
import { type Course, type Phase, resultOf } from '../../src/rehearsal/reckoning';
import { reportText } from '../../src/rehearsal/report-text';
import { RULES_OF_KIND } from '../../src/rehearsal/result';
import { targetOf } from '../../src/rehearsal/target';
import { rules } from '../../src/rules';
import { companions, deployment, deploymentOf } from '../rules/cases/manifests';

const OPTIONS = { noLoad: false, loadNamed: false };

const START = Date.parse('2026-01-01T12:00:00Z');

function loadOf(losses: readonly { second: number; kind: string; reused?: boolean }[], seconds = 30): LoadLog {
  const load = new LoadLog();
  let n = 0;
  load.take({ n: n++, type: 'start', now: START }, START);
  for (let second = 1; second <= seconds; second++) {
    const now = START + second * 1000;
    for (const { kind, reused = false } of losses.filter((each) => Math.floor(each.second) === second - 1)) {
      const sentAt = now - 800;
      load.take(
        {
          n: n++,
          type: 'failure',
          kind,
          reused,
          client: 'new',
          request: 'GET /',
          sentAt,
          endedAt: now - 700,
          bytes: 0,
          detail: 'why',
        },
        now,
      );
    }
    const count = {
      sent: 10,
      sentKeptAlive: 5,
      ok: 10,
      lost: 0,
      inFlight: 0,
      slowestMilliseconds: 1,
      lateMilliseconds: 1,
    };
    load.take({ n: n++, type: 'second', now, ...count }, now);
  }
  return load;
}

function observationOf(): Observation {
  const observation = new Observation(START);
  const endpoint = (uid: string, ready: boolean) => ({ targetRef: { uid }, conditions: { ready } });
  const slice = (...ready: boolean[]) => ({
    type: 'MODIFIED',
    object: { metadata: { name: 's' }, endpoints: ready.map((each, index) => endpoint(String(index), each)) },
  });
  const pod = (type: string, metadata: object = {}, status: object = {}) => ({
    type,
    object: {
      metadata: { name: 'orders-1', uid: '0', creationTimestamp: '2026-01-01T11:00:00Z', ...metadata },
      status,
    },
  });
  observation.takePod(pod('ADDED'), START);
  observation.takeEndpointSlice(slice(true, true, true), START);
  const deleted = { deletionTimestamp: '2026-01-01T12:00:55Z', deletionGracePeriodSeconds: 45 };
  observation.takePod(pod('MODIFIED', deleted), START + 10_000);
  observation.takeEndpointSlice(slice(false, true, true), START + 10_200);
  const terminated = { exitCode: 0, finishedAt: '2026-01-01T12:00:24Z' };
  observation.takePod(
    pod('DELETED', deleted, { containerStatuses: [{ name: 'main', state: { terminated } }] }),
    START + 25_000,
  );
  observation.takeEndpointSlice(slice(true, true, true), START + 26_000);
  return observation;
}

const PHASES: readonly Phase[] = [
  { name: 'rollout', outcome: 'done', startedAt: START + 9900, endedAt: START + 20_000, calmAfterwards: true },
];

function resultWith(changes: Partial<Course> = {}, manifest = deployment()) {
  const target = targetOf([manifest, ...companions()], 'orders', 'shop', OPTIONS);
  const options = { disturbancesNamed: true } as RehearsalOptions;
  return resultOf({
    options,
    target,
    observation: observationOf(),
    load: loadOf([]),
    startedAt: START,
    endedAt: START + 30_000,
    calm: true,
    phases: PHASES,
    ...changes,
  });
}

const WITHOUT_PRESTOP = deploymentOf({ lifecycle: undefined });
const LOSSES = [
  { second: 12, kind: 'refused' },
  { second: 14, kind: 'refused' },
  { second: 14, kind: 'refused' },
  { second: 14, kind: 'reset', reused: true },
];

test('nothing lost', () => {
  const result = resultWith();
  expect(result).toMatchObject({
    outcome: 'nothing-lost',
    why: [],
    requests: { sent: 300, sentKeptAlive: 150, lost: 0 },
  });
  expect(result.worst).toBeUndefined();
  expect(reportText(result)).toBe(`Rehearsal of deployment/orders in namespace shop: 3 replicas, through Service orders
300 requests in 30 s, 150 of them on kept-alive connections

disturbance  requests  lost  how  ready at least   took
rollout      200       0     -    2 (predicted 3)  10.1 s

rollout: 1 pod, seconds from the deletion
  endpoint not ready: predicted at most 5 s, seen 0.2 s
  readiness false: predicted at most 21 s, not seen
  exit: predicted at most 40 s, seen 14 s
  differs: 2 endpoints were ready, 3 were to be kept

No request was lost: 300 sent.
`);
});

test('requests lost: by kind, the worst moment, and the rules that would have said so', () => {
  const result = resultWith({ load: loadOf(LOSSES) }, WITHOUT_PRESTOP);
  expect(result).toMatchObject({
    outcome: 'requests-lost',
    requests: { lost: 4 },
    disturbances: [{ name: 'rollout', lostByKind: { refused: 3, reset: 1 }, requests: { sent: 200, lost: 4 } }],
    worst: { disturbance: 'rollout', secondsIntoDisturbance: 4.4, lost: 3, readyEndpoints: 2 },
  });
  const text = reportText(result);
  expect(text).toContain('rollout      200       4     3 refused, 1 reset  2 (predicted 3)  10.1 s');
  expect(text).toContain(
    'The worst moment: 12:00:14 UTC, 4.4 s into the rollout, with 2 endpoints ready: 3 lost (2 refused, 1 reset)',
  );
  expect(text).toContain('What to change; the rules would have said so:\n  [prestop-missing]');
  expect(text).toContain('1 of the resets were on a kept-alive connection');
  expect(text).toMatch(/\n4 of 300 requests were lost\.\n$/);
});

test('requests lost that no rule speaks of', () => {
  expect(reportText(resultWith({ load: loadOf(LOSSES) }))).toContain('No rule would have said so');
});

test.each<[string, Partial<Course>, string]>([
  [
    'lost before',
    { calm: false, phases: [], load: loadOf(LOSSES) },
    'requests were lost before anything was disturbed',
  ],
  [
    'blocked',
    { phases: [{ ...(PHASES[0] as Phase), outcome: 'blocked', why: 'a PDB' }] },
    'rollout was blocked: a PDB',
  ],
  [
    'skipped',
    { phases: [{ ...(PHASES[0] as Phase), outcome: 'skipped', why: 'one replica' }] },
    'rollout was not done',
  ],
  ['restless', { phases: [{ ...(PHASES[0] as Phase), calmAfterwards: false }] }, 'after rollout the workload did not'],
  ['nothing done', { phases: [] }, 'nothing was disturbed'],
])('inconclusive: %s', (_, changes, why) => {
  const result = resultWith(changes);
  expect(result.outcome).toBe('inconclusive');
  expect(reportText(result)).toContain(`Inconclusive: ${why}`);
});

test('a disturbance that was not asked for by name may be passed over', () => {
  const phases: Phase[] = [
    ...PHASES,
    { ...(PHASES[0] as Phase), name: 'scale-down', outcome: 'skipped', why: 'one replica' },
  ];
  const options = { disturbancesNamed: false } as RehearsalOptions;
  const result = resultWith({ phases, options });
  expect(result.outcome).toBe('nothing-lost');
  expect(reportText(result)).toContain('scale-down   -         -     not done: one replica');
});

test('the result is plain JSON', () => {
  const result = resultWith({ load: loadOf(LOSSES) });
  expect(JSON.parse(JSON.stringify(result))).toMatchObject({ outcome: 'requests-lost', deployment: 'orders' });
});

test('only rules that exist are named', () => {
  const known = new Set(rules.map(({ id }) => id));
  expect(
    Object.values(RULES_OF_KIND)
      .flat()
      .filter((id) => !known.has(id)),
  ).toEqual([]);
});

test.each([
  [[deployment()], 'no Service selects'],
  [[deployment({ spec: { replicas: 0 } }), ...companions()], '0 replicas'],
  [[...companions()], 'there is no Deployment orders'],
])('a target that cannot be rehearsed', (objects, message) => {
  expect(() => targetOf(objects, 'orders', 'shop', { ...OPTIONS, loadNamed: true })).toThrow(message);
});
