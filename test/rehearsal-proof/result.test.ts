import {
  type CaseResult,
  eventRows,
  type SideResult,
  sideResult,
  unexplained,
  verdictOf,
} from '../../rehearsal/result';
import type { ComparedEvent } from '../../src/rehearsal/comparison';

const event = (seenSecond: number | undefined, more: Partial<ComparedEvent> = {}): ComparedEvent => ({
  event: 'exit',
  container: 'main',
  predictedSecond: 10,
  seenSecond,
  differenceSeconds: seenSecond === undefined ? undefined : seenSecond - 10,
  atMost: true,
  agrees: true,
  ...more,
});

test('the events of all pods become one row each, with the pod that is furthest from the budget', () => {
  const late = event(16, { agrees: false, note: 'it was killed' });
  expect(eventRows([event(7), late, event(13, { agrees: false }), event(6)])).toEqual([
    {
      event: 'exit',
      predictedSecond: 10,
      atMost: true,
      seenSeconds: [6, 16],
      differsBySeconds: 6,
      note: 'it was killed',
    },
  ]);
  expect(eventRows([event(undefined)])[0]?.seenSeconds).toBeUndefined();
});

test('where there are several containers, their events are told apart', () => {
  const rows = eventRows([event(7), event(9, { container: 'proxy' })]);
  expect(rows.map((row) => row.event)).toEqual(['exit (main)', 'exit (proxy)']);
});

const side = (lost: number, more: Partial<SideResult> = {}): SideResult => ({
  outcome: lost > 0 ? 'requests-lost' : 'nothing-lost',
  why: [],
  replicas: 3,
  seconds: 100,
  sent: 8000,
  sentKeptAlive: 4000,
  lost,
  lateMilliseconds: 10,
  disturbances: [],
  rules: [],
  ...more,
});
const result = (naive: SideResult, ours: SideResult, more: Partial<CaseResult> = {}): CaseResult => ({
  name: 'node',
  number: 1,
  title: 'Node.js',
  naiveLacks: 'no preStop',
  run: 'a',
  command: 'npm run rehearse',
  date: '2026-11-21T14:00:00Z',
  versions: { cdk8sGraceful: '0', kubernetes: 'v1.34.4', nodes: '2' },
  requests: ['/'],
  requestsPerSecond: 80,
  explanations: {},
  sides: { naive, ours },
  ...more,
});
const drain = (outcome: 'done' | 'skipped', events: ReturnType<typeof eventRows> = []) => ({
  name: 'drain' as const,
  outcome,
  seconds: 10,
  sent: 800,
  lost: 0,
  lostKeptAlive: 0,
  lostByKind: {},
  lateMilliseconds: 0,
  events,
  notes: [],
});

test('a case holds only when the naive manifest loses something and ours nothing, whatever was done to it', () => {
  expect(verdictOf(result(side(5), side(0)))).toEqual({ holds: true });
  expect(verdictOf(result(side(5), side(1)))).toMatchObject({ holds: false, word: 'lost' });
  expect(verdictOf(result(side(0), side(0)))).toMatchObject({ holds: false, word: 'inconclusive' });
  const skipped = side(0, { disturbances: [drain('skipped')] });
  expect(verdictOf(result(side(5), skipped))).toMatchObject({ holds: false, word: 'inconclusive' });
  const restless = side(0, { outcome: 'inconclusive', why: ['nothing was disturbed'] });
  expect(verdictOf(result(side(5), restless))).toMatchObject({ why: 'ours: nothing was disturbed' });
  const beforehand = side(5, { outcome: 'inconclusive', why: ['requests were lost before anything was disturbed'] });
  expect(verdictOf(result(beforehand, side(0)))).toMatchObject({ holds: false, word: 'inconclusive' });
  const nothing = result(side(0), side(0), { sides: undefined, skipped: 'there is no mvn' });
  expect(verdictOf(nothing)).toEqual({ holds: false, word: 'skipped', why: 'there is no mvn' });
});

test('a difference from the budget of ours has to be explained', () => {
  const ours = side(0, { disturbances: [drain('done', eventRows([event(16, { agrees: false })]))] });
  expect(unexplained(result(side(5), ours))).toHaveLength(1);
  expect(unexplained(result(side(5), ours, { explanations: { exit: 'it waits for idle clients' } }))).toEqual([]);
  expect(unexplained(result(ours, side(0)))).toEqual([]);
});

test('a report becomes a row for each disturbance, with what was lost on kept-alive connections', () => {
  const failure = { n: 1, kind: 'reset', reused: true, request: 'GET /', sentAt: 1, endedAt: 2, bytes: 0, detail: '' };
  const report: any = {
    outcome: 'requests-lost',
    why: [],
    replicas: 3,
    seconds: 60,
    requests: { sent: 100, sentKeptAlive: 50, lost: 2 },
    latestMilliseconds: 7,
    disturbances: [
      {
        name: 'rollout',
        outcome: 'done',
        seconds: 20,
        requests: { sent: 80, sentKeptAlive: 40, lost: 2 },
        latestMilliseconds: 5,
        killed: [],
        lostByKind: { reset: 2 },
        failures: [
          { ...failure, client: 'kept-alive' },
          { ...failure, client: 'new' },
        ],
        fleet: { lowestReadySeen: 2, lowestReadyPredicted: 3, notes: ['2 endpoints were ready, 3 were to be kept'] },
        pods: [
          { events: [event(7)], warnings: ['FailedPreStopHook: '] },
          { events: [], warnings: ['FailedPreStopHook: '] },
        ],
      },
    ],
    findings: [
      { rule: 'prestop-missing', wouldHaveSaidSo: true },
      { rule: 'pdb-missing', wouldHaveSaidSo: false },
    ],
  };
  const { disturbances, rules, lateMilliseconds } = sideResult(report);
  expect({ rules, lateMilliseconds }).toEqual({ rules: ['prestop-missing'], lateMilliseconds: 7 });
  expect(disturbances[0]).toMatchObject({
    lost: 2,
    lostKeptAlive: 1,
    lowestReadySeen: 2,
    lowestReadyPredicted: 3,
    lateMilliseconds: 5,
    notes: ['2 endpoints were ready, 3 were to be kept', 'FailedPreStopHook: '],
  });
});

test('a case may count what it lost by itself, and each disturbance has its own', () => {
  const disturbance = (name: string, startedAt: number, killed: number) => ({
    name,
    startedAt,
    outcome: 'done',
    seconds: 10,
    requests: { sent: 0, sentKeptAlive: 0, lost: 0 },
    killed: Array(killed).fill({ pod: 'p', container: 'worker', second: 30 }),
    latestMilliseconds: 0,
    lostByKind: {},
    failures: [],
    pods: [],
  });
  const report: any = {
    outcome: 'containers-killed',
    why: [],
    replicas: 4,
    seconds: 60,
    requests: { sent: 0, sentKeptAlive: 0, lost: 0 },
    latestMilliseconds: 0,
    disturbances: [disturbance('rollout', 1000, 2), disturbance('delete', 2000, 0)],
    findings: [],
  };
  const { counts, sent, lost, disturbances } = sideResult(report, {
    what: 'jobs',
    begunAt: [100, 1100, 1200, 2100],
    lostAt: [1500, 2500],
  });
  expect({ counts, sent, lost }).toEqual({ counts: 'jobs', sent: 4, lost: 2 });
  expect(disturbances).toMatchObject([
    { sent: 2, lost: 1, killed: 2 },
    { sent: 1, lost: 1, killed: undefined },
  ]);
});
