import fc from 'fast-check';
import {
  DEFAULT_MAX_SURGE,
  DEFAULT_MAX_UNAVAILABLE,
  DEFAULT_PROGRESS_DEADLINE_SECONDS,
  type RolloutInput,
  resolveRollingUpdate,
  rolloutOf,
} from '../../src/termination/rollout';
import { simulate } from './deployment-simulation';

describe('resolveRollingUpdate', () => {
  test.each([
    [1, 1, 0],
    [3, 1, 0],
    [4, 1, 1],
    [5, 2, 1],
    [7, 2, 1],
    [8, 2, 2],
  ])('the defaults at %i replicas: surge %i, unavailable %i', (replicas, surge, unavailable) => {
    const resolved = resolveRollingUpdate(replicas, DEFAULT_MAX_SURGE, DEFAULT_MAX_UNAVAILABLE);
    expect(resolved).toEqual({ surge, unavailable, bothZero: false });
  });

  test.each([
    [0, '10%', 9, { surge: 0, unavailable: 1, bothZero: true }],
    [0, '10%', 10, { surge: 0, unavailable: 1, bothZero: false }],
    ['0%', 0, 5, { surge: 0, unavailable: 1, bothZero: true }],
    ['25%', '25%', 0, { surge: 0, unavailable: 1, bothZero: true }],
    [0, 2, 3, { surge: 0, unavailable: 2, bothZero: false }],
    ['200%', 0, 3, { surge: 6, unavailable: 0, bothZero: false }],
  ])('surge %p, unavailable %p at %i replicas', (surge, unavailable, replicas, resolved) => {
    expect(resolveRollingUpdate(replicas, surge, unavailable)).toEqual(resolved);
  });

  test('surge rounds up and unavailable down for all replicas to 1000 and percentages to 100', () => {
    const wrong: string[] = [];
    for (let replicas = 0; replicas <= 1000; replicas++) {
      for (let percent = 0; percent <= 100; percent++) {
        const other = 100 - percent;
        const surge = (percent * replicas + 99 - ((percent * replicas + 99) % 100)) / 100;
        const down = (other * replicas - ((other * replicas) % 100)) / 100;
        const bothZero = surge === 0 && down === 0;
        const resolved = resolveRollingUpdate(replicas, `${percent}%`, `${other}%`);
        if (
          resolved.surge !== surge ||
          resolved.unavailable !== (bothZero ? 1 : down) ||
          resolved.bothZero !== bothZero
        ) {
          wrong.push(`${percent}% / ${other}% of ${replicas}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** Example 3 of the issue: four pods with one accelerator each, none spare. */
const LLAMA: RolloutInput = {
  replicas: 4,
  surge: 0,
  unavailable: 1,
  acceleratorsPerPod: 1,
  spareAccelerators: 0,
  terminationSeconds: 170,
  coldStartSeconds: 120,
  minReadySeconds: 10,
};

describe('rolloutOf', () => {
  test('without spare accelerators each step waits for a termination, a cold start and minReady', () => {
    expect(rolloutOf(LLAMA)).toEqual({
      peakPods: 4,
      peakPodsWithTerminating: 5,
      peakAccelerators: 4,
      lowestReady: 3,
      canProgress: true,
      why: 'each new pod waits up to 170 s for the 1 accelerator of a terminating old pod',
      steps: 4,
      estimateSeconds: 4 * (170 + 120 + 10),
      leastProgressDeadlineSeconds: 301,
    });
  });

  test('a surge without spare accelerators only adds a pending pod', () => {
    expect(rolloutOf({ ...LLAMA, surge: 1 })).toMatchObject({
      peakPods: 5,
      peakPodsWithTerminating: 6,
      peakAccelerators: 4,
      lowestReady: 3,
      canProgress: true,
      steps: 4,
      estimateSeconds: 1200,
      leastProgressDeadlineSeconds: 301,
    });
  });

  test('nothing unavailable and nothing spare: stuck for ever', () => {
    expect(rolloutOf({ ...LLAMA, surge: 1, unavailable: 0 })).toEqual({
      peakPods: 5,
      peakPodsWithTerminating: 5,
      peakAccelerators: 4,
      lowestReady: 4,
      canProgress: false,
      why: 'a new pod needs 1 accelerator, none is spare, and with 0 unavailable no old pod may go before it is available',
      steps: 0,
      estimateSeconds: Number.POSITIVE_INFINITY,
      leastProgressDeadlineSeconds: 301,
    });
  });

  test.each([
    [
      7,
      false,
      'a new pod needs 8 accelerators, only 7 are spare, and with 0 unavailable no old pod may go before it is available',
    ],
    [
      8,
      true,
      'the spare accelerators take 1 new pod at once, any further one waits up to 170 s for the 8 accelerators of a terminating old pod',
    ],
    [
      24,
      true,
      'the spare accelerators take 3 new pods at once, any further one waits up to 170 s for the 8 accelerators of a terminating old pod',
    ],
    [32, true, '2 new pods may start before an old one goes'],
  ])('8 accelerators per pod and %i spare', (spareAccelerators, canProgress, why) => {
    const input = { ...LLAMA, acceleratorsPerPod: 8, surge: 2, unavailable: 0, coldStartSeconds: 160 };
    expect(rolloutOf({ ...input, spareAccelerators })).toMatchObject({ canProgress, why });
  });

  test('enough spare accelerators: a step waits for the new pod only, and the last termination ends the rollout', () => {
    expect(rolloutOf({ ...LLAMA, surge: 1, unavailable: 0, spareAccelerators: 3 })).toMatchObject({
      peakPods: 5,
      peakPodsWithTerminating: 7,
      peakAccelerators: 7,
      estimateSeconds: 4 * 130 + 170,
      leastProgressDeadlineSeconds: 131,
      why: '1 new pod may start before an old one goes',
    });
  });

  test.each([
    [6, 1, 1, 2, 60, 130, 450],
    [8, 2, 0, 3, 300, 600, 3000],
    [8, 3, 0, 4, 60, 60, 300],
  ])(
    '%i pods, surge %i, unavailable %i, %i spare, more than the surge but too few for the terminating',
    (replicas, surge, unavailable, spareAccelerators, terminationSeconds, coldStartSeconds, estimateSeconds) => {
      const input = { ...LLAMA, replicas, surge, unavailable, spareAccelerators, terminationSeconds, coldStartSeconds };
      expect(rolloutOf({ ...input, minReadySeconds: 0 })).toMatchObject({ estimateSeconds });
    },
  );

  test('accelerators that nobody counted are taken as enough, and the sentence says so', () => {
    const { why, peakAccelerators } = rolloutOf({ ...LLAMA, surge: 1, spareAccelerators: undefined });
    expect(why).toBe('1 new pod may start before an old one goes, if spare accelerators are there');
    expect(peakAccelerators).toBe(8);
  });

  test('spare accelerators mean nothing to pods that use none', () => {
    const web = { ...LLAMA, acceleratorsPerPod: 0, surge: 1, unavailable: 0 };
    expect(rolloutOf(web)).toEqual(rolloutOf({ ...web, spareAccelerators: undefined }));
    expect(rolloutOf(web)).toMatchObject({ canProgress: true, peakAccelerators: 0 });
  });

  test('without a surge the deadline counts the termination even where no accelerator is used', () => {
    const web = { ...LLAMA, acceleratorsPerPod: 0, surge: 0, unavailable: 2 };
    expect(rolloutOf(web)).toMatchObject({
      why: '2 old pods may go before a new one is available',
      leastProgressDeadlineSeconds: 301,
      estimateSeconds: 130 + 170,
    });
  });

  test('terminations much longer than replacements leave every old pod terminating at once', () => {
    const web = { ...LLAMA, acceleratorsPerPod: 0, surge: 1, unavailable: 0, coldStartSeconds: 5, minReadySeconds: 0 };
    expect(rolloutOf({ ...web, terminationSeconds: 600 }).peakPodsWithTerminating).toBe(8);
    expect(rolloutOf({ ...web, terminationSeconds: 5 }).peakPodsWithTerminating).toBe(6);
    expect(rolloutOf({ ...web, terminationSeconds: 6 }).peakPodsWithTerminating).toBe(7);
    expect(rolloutOf({ ...web, terminationSeconds: 1, coldStartSeconds: 0 }).peakPodsWithTerminating).toBe(8);
  });

  test('more surge or unavailable than replicas counts as many', () => {
    expect(rolloutOf({ ...LLAMA, surge: 9, unavailable: 9, spareAccelerators: undefined })).toMatchObject({
      peakPods: 8,
      lowestReady: 0,
      steps: 1,
    });
  });

  test('zero replicas have nothing to roll out', () => {
    expect(rolloutOf({ ...LLAMA, replicas: 0 })).toMatchObject({
      peakPods: 0,
      peakPodsWithTerminating: 0,
      canProgress: true,
      why: 'there are no pods to replace',
      steps: 0,
      estimateSeconds: 0,
    });
  });

  test('surge and unavailable both zero, which the controller never makes of them: stuck', () => {
    expect(rolloutOf({ ...LLAMA, surge: 0, unavailable: 0 })).toMatchObject({
      canProgress: false,
      why: 'surge and unavailable are both 0, so no pod may be added or taken away',
      peakPodsWithTerminating: 4,
    });
  });

  test('the progress deadline is a whole number above minReady', () => {
    const quick = { ...LLAMA, terminationSeconds: 0, coldStartSeconds: 0, surge: 1, spareAccelerators: 9 };
    expect(rolloutOf({ ...quick, minReadySeconds: 30 }).leastProgressDeadlineSeconds).toBe(31);
    expect(rolloutOf({ ...quick, minReadySeconds: 30, coldStartSeconds: 0.5 }).leastProgressDeadlineSeconds).toBe(32);
    expect(DEFAULT_PROGRESS_DEADLINE_SECONDS).toBe(600);
  });

  test.each(['replicas', 'surge', 'unavailable', 'acceleratorsPerPod', 'spareAccelerators'])(
    'throws for a bad %s',
    (name) => {
      expect(() => rolloutOf({ ...LLAMA, [name]: 1.5 })).toThrow(
        `${name} is 1.5; it must be a whole number, zero or more`,
      );
    },
  );

  test.each(['terminationSeconds', 'coldStartSeconds', 'minReadySeconds'])('throws for a bad %s', (name) => {
    expect(() => rolloutOf({ ...LLAMA, [name]: -1 })).toThrow(
      `${name} is -1; it must be a finite number of seconds, zero or more`,
    );
  });
});

describe('rolloutOf beside a simulated Deployment controller', () => {
  const seconds = fc.oneof(fc.constantFrom(0, 1, 10, 13, 100), fc.nat(60));
  const input = fc
    .record({
      replicas: fc.nat(9),
      surge: fc.nat(10),
      unavailable: fc.nat(10),
      acceleratorsPerPod: fc.nat(2),
      spareAccelerators: fc.option(fc.nat(20), { nil: undefined }),
      terminationSeconds: seconds,
      coldStartSeconds: seconds,
      minReadySeconds: fc.constant(0),
    })
    .filter(({ surge, unavailable }) => surge + unavailable > 0);

  const simulated = (rollout: RolloutInput) =>
    simulate({
      ...rollout,
      devicesPerPod: rollout.acceleratorsPerPod,
      spareDevices: rollout.spareAccelerators ?? Number.MAX_SAFE_INTEGER,
      replacementSeconds: rollout.coldStartSeconds,
    });

  const runs = { numRuns: 3000 };

  test('says whether it ends, and how few pods are available and how many there are on the way', () => {
    fc.assert(
      fc.property(input, (rollout) => {
        const [expected, actual] = [simulated(rollout), rolloutOf(rollout)];
        expect(actual.canProgress).toBe(expected.finished);
        expect(actual.peakPods).toBe(expected.peakPods);
        expect(actual.lowestReady).toBe(expected.lowestAvailable);
        expect(actual.peakAccelerators).toBe(expected.peakDevices);
        expect(actual.peakPodsWithTerminating).toBeGreaterThanOrEqual(expected.peakPodsWithTerminating);
        if (rollout.spareAccelerators === undefined) {
          expect(actual.peakPodsWithTerminating).toBe(expected.peakPodsWithTerminating);
        }
      }),
      runs,
    );
  });

  test('no step takes as long as the least progress deadline', () => {
    fc.assert(
      fc.property(input, (rollout) => {
        const { canProgress, leastProgressDeadlineSeconds } = rolloutOf(rollout);
        fc.pre(canProgress);
        expect(leastProgressDeadlineSeconds).toBeGreaterThan(simulated(rollout).longestStepSeconds);
      }),
      runs,
    );
  });

  test('estimates the time: exactly where accelerators are enough, otherwise within one step', () => {
    fc.assert(
      fc.property(input, (rollout) => {
        const { canProgress, estimateSeconds, peakPodsWithTerminating, replicas } = {
          ...rollout,
          ...rolloutOf(rollout),
        };
        fc.pre(canProgress);
        const { seconds: actual } = simulated(rollout);
        const step = rollout.terminationSeconds + rollout.coldStartSeconds;
        const room = rollout.acceleratorsPerPod === 0 ? undefined : rollout.spareAccelerators;
        const enough = room === undefined || (peakPodsWithTerminating - replicas) * rollout.acceleratorsPerPod <= room;
        if (enough) expect(estimateSeconds).toBe(actual);
        expect(Math.abs(estimateSeconds - actual)).toBeLessThanOrEqual(step);
      }),
      runs,
    );
  });
});
