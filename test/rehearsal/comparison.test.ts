import { Assessment } from '../../src/manifest/assessment';
import { fleetOf, type Workload } from '../../src/manifest/fleet';
import { compare, compareFleet, comparePod } from '../../src/rehearsal/comparison';
import type { PodRecord } from '../../src/rehearsal/observation';
import { companions, deployment, deploymentOf, deploymentStating } from '../rules/cases/manifests';

/** preStop 10 s + longest request 30 s + margin 5 s: the grace is 45 s. */
function assessmentOf(manifest = deployment()): Assessment {
  const { workloads } = fleetOf([manifest, ...companions()].map((json) => ({ json })));
  return new Assessment(workloads[0] as Workload);
}

function record(changes: Partial<PodRecord> = {}): PodRecord {
  return {
    name: 'orders-1',
    uid: '1',
    ready: false,
    createdAt: 0,
    deletedAt: 100_000,
    endpointNotReadyAt: 100_200,
    deletedAtSecond: 100,
    ends: new Map([['main', { name: 'main', second: 12, exitCode: 0 }]]),
    stoppedAtSecond: new Map([['main', 100]]),
    hookFailedAtSecond: new Map(),
    warnings: [],
    ...changes,
  };
}

const ended = (second: number, exitCode: number) => new Map([['main', { name: 'main', second, exitCode }]]);

describe('one event', () => {
  test.each([
    [10, 12, false, 2, true],
    [10, 12.1, false, 2.1, false],
    [10, 7.9, false, -2.1, false],
    [10, 7.9, true, -2.1, true],
    [10, 13, true, 3, false],
  ])('predicted %s s, seen %s s, a bound: %s', (predicted, seen, atMost, difference, agrees) => {
    expect(compare('exit', predicted, seen, atMost)).toMatchObject({ differenceSeconds: difference, agrees });
  });

  test('what was not seen, or not predicted, is no difference', () => {
    expect(compare('exit', 10, undefined, false)).toMatchObject({ agrees: true, note: 'not seen' });
    expect(compare('exit', undefined, 3, false)).toMatchObject({ agrees: true, note: 'not predicted' });
  });
});

describe('one pod', () => {
  const eventsOf = (assessment: Assessment, pod: PodRecord) =>
    Object.fromEntries(comparePod(assessment, pod).events.map((event) => [event.event, event]));

  test('that ends before its longest request would have agrees', () => {
    const events = eventsOf(assessmentOf(), record());
    expect(events['endpoint not ready']).toMatchObject({ seenSecond: 0.2, agrees: true, atMost: true });
    expect(events.exit).toMatchObject({ container: 'main', predictedSecond: 40, seenSecond: 12, agrees: true });
    expect(events.SIGKILL).toBeUndefined();
  });

  test('that is killed although the grace was to be enough does not', () => {
    const pod = comparePod(assessmentOf(), record({ ends: ended(45, 137) }));
    expect(pod.events.at(-1)).toMatchObject({ event: 'exit', agrees: false, note: expect.stringContaining('SIGKILL') });
    expect(pod.exitCodes).toEqual({ main: 137 });
  });

  test('whose grace is too short is killed as predicted, or ends before', () => {
    const assessment = assessmentOf(
      deployment({ spec: { template: { spec: { terminationGracePeriodSeconds: 20 } } } }),
    );
    expect(assessment.budget?.slackSeconds).toBeLessThan(0);
    expect(eventsOf(assessment, record({ ends: ended(20, 137) })).SIGKILL).toMatchObject({
      predictedSecond: 20,
      seenSecond: 20,
      agrees: true,
    });
    expect(eventsOf(assessment, record())).toMatchObject({ SIGKILL: { note: 'not seen' }, exit: { seenSecond: 12 } });
  });

  test('is not ready when its probe fails, or sooner because it has ended', () => {
    const assessment = assessmentOf();
    const predicted = eventsOf(assessment, record())['readiness false']?.predictedSecond ?? 0;
    const readyFalseAt = (second: number) => 100_000 + second * 1000;
    const soon = record({ readyFalseAt: readyFalseAt(12) });
    expect(eventsOf(assessment, soon)['readiness false']).toMatchObject({ seenSecond: 12, agrees: true });
    const { periodSeconds = 0, timeoutSeconds = 0 } = assessment.server?.readiness ?? {};
    const soonest = predicted - periodSeconds - timeoutSeconds;
    const asked = record({ readyFalseAt: readyFalseAt(soonest), ends: ended(38, 0) });
    expect(eventsOf(assessment, asked)['readiness false']).toMatchObject({ atMost: true, agrees: true });
    const serving = record({ readyFalseAt: readyFalseAt(soonest - 3), ends: ended(38, 0) });
    expect(eventsOf(assessment, serving)['readiness false']?.agrees).toBe(false);
    const late = record({ readyFalseAt: readyFalseAt(predicted + 5), ends: ended(38, 0) });
    expect(eventsOf(assessment, late)['readiness false']?.agrees).toBe(false);
  });

  test('whose hook starts with the deletion agrees, and one that is late does not', () => {
    expect(eventsOf(assessmentOf(), record())['preStop start']).toMatchObject({
      container: 'main',
      predictedSecond: 0,
      seenSecond: 0,
      agrees: true,
    });
    const late = record({ stoppedAtSecond: new Map([['main', 106]]) });
    expect(eventsOf(assessmentOf(), late)['preStop start']).toMatchObject({ seenSecond: 6, agrees: false });
  });

  test('that was restarted before tells nothing of its hook', () => {
    const restarted = record({ stoppedAtSecond: new Map([['main', 60]]) });
    expect(eventsOf(assessmentOf(), restarted)['preStop start']).toBeUndefined();
  });

  test('without a hook gets SIGTERM when the kubelet begins', () => {
    const events = eventsOf(assessmentOf(deploymentOf({ lifecycle: undefined })), record());
    expect(events.SIGTERM).toMatchObject({ predictedSecond: 0, seenSecond: 0, agrees: true });
    expect(events['preStop start']).toBeUndefined();
  });

  test('of a sidecar, whose turn comes later, SIGTERM is not seen', () => {
    const sidecar = { name: 'proxy', image: 'registry.example.com/proxy:1.2.3', restartPolicy: 'Always' };
    const assessment = assessmentOf(deploymentOf({}, { initContainers: [sidecar] }));
    expect(
      assessment.budget?.events.find((each) => each.event === 'sigterm' && each.container === 'proxy')?.second,
    ).not.toBe(0);
    const pod = record({
      stoppedAtSecond: new Map([
        ['proxy', 100],
        ['main', 100],
      ]),
    });
    expect(comparePod(assessment, pod).events.filter(({ event }) => event === 'SIGTERM')).toEqual([]);
  });

  test('whose hook failed got SIGTERM too soon', () => {
    const failed = record({ hookFailedAtSecond: new Map([['main', 100]]) });
    expect(eventsOf(assessmentOf(), failed)['preStop end']).toMatchObject({
      predictedSecond: 10,
      seenSecond: 0,
      agrees: false,
      note: expect.stringContaining('FailedPreStopHook'),
    });
  });

  test('without a budget says only what was seen', () => {
    const assessment = assessmentOf(deploymentStating({ 'longest-request': undefined }));
    const events = eventsOf(assessment, record({ ends: ended(30, 137) }));
    expect(events.exit).toMatchObject({ seenSecond: 30, predictedSecond: undefined, agrees: true });
    expect(events.exit?.note).toContain('SIGKILL');
  });
});

describe('the fleet', () => {
  test.each([
    ['rollout', 3],
    ['storm', 3],
    ['drain', 2],
    ['eviction', 2],
    ['delete', 2],
    ['scale-down', 2],
  ] as const)('%s keeps %i of three', (disturbance, lowest) => {
    const compared = compareFleet(assessmentOf(), disturbance, 3, { lowestReady: lowest });
    expect(compared).toMatchObject({ lowestReadyPredicted: lowest, agrees: true, notes: [] });
  });

  test('fewer ready endpoints than predicted are told', () => {
    const compared = compareFleet(assessmentOf(), 'rollout', 3, { lowestReady: 1 });
    expect(compared.notes).toEqual(['1 endpoints were ready, 3 were to be kept']);
    expect(compared.agrees).toBe(false);
  });

  test('a rollout is held against its arithmetic with the start that was seen', () => {
    const predicted = compareFleet(assessmentOf(), 'rollout', 3, { startSeconds: 4, seconds: 50 });
    expect(predicted.secondsPredicted).toBe(assessmentOf().replacement.rollout(3, 4).estimateSeconds);
    expect(predicted.agrees).toBe(true);
    const slow = compareFleet(assessmentOf(), 'rollout', 3, { startSeconds: 4, seconds: 90 });
    expect(slow.notes[0]).toMatch(/^the rollout took 90 s, about \d+ s were predicted$/);
  });

  test('a cold start that took longer than stated is told', () => {
    const compared = compareFleet(assessmentOf(deploymentOf({})), 'delete', 3, { startSeconds: 63 });
    expect(compared.notes).toEqual(['a new pod took 63 s until it was ready, the stated cold start is 60 s']);
  });
});
