import fc from 'fast-check';
import {
  allowedEvictions,
  type DisruptionBudget,
  evictionsOverRange,
  headroomCheck,
} from '../../src/termination/disruption';

describe('allowedEvictions', () => {
  test.each([
    [{ minAvailable: 3 }, 4, 1],
    [{ minAvailable: 4 }, 4, 0],
    [{ minAvailable: 5 }, 4, 0],
    [{ minAvailable: 0 }, 4, 4],
    [{ maxUnavailable: 0 }, 4, 0],
    [{ maxUnavailable: '0%' }, 4, 0],
    [{ maxUnavailable: 1 }, 4, 1],
    [{ maxUnavailable: 1 }, 1, 1],
    [{ maxUnavailable: 9 }, 4, 4],
    [{ maxUnavailable: '1%' }, 4, 1],
    [{ maxUnavailable: '26%' }, 4, 2],
    [{ minAvailable: '51%' }, 4, 1],
    [{ minAvailable: '150%' }, 4, 0],
    [{ maxUnavailable: 1 }, 0, 0],
    [{}, 4, 0],
    [{ minAvailable: 4, maxUnavailable: 1 }, 4, 1],
  ] satisfies [DisruptionBudget, number, number][])('%j of %i replicas: %i', (budget, replicas, allowed) => {
    expect(allowedEvictions(budget, replicas)).toBe(allowed);
  });

  test('rounds both percentages up for all replicas to 1000', () => {
    const wrong: string[] = [];
    for (let replicas = 0; replicas <= 1000; replicas++) {
      for (let percent = 0; percent <= 100; percent++) {
        const product = percent * replicas;
        const up = (product + ((100 - (product % 100)) % 100)) / 100;
        if (allowedEvictions({ maxUnavailable: `${percent}%` }, replicas) !== up)
          wrong.push(`max ${percent}% of ${replicas}`);
        if (allowedEvictions({ minAvailable: `${percent}%` }, replicas) !== replicas - up)
          wrong.push(`min ${percent}% of ${replicas}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    ['50%', 1],
    ['67%', 3],
    ['75%', 3],
    ['80%', 4],
    ['90%', 9],
    ['95%', 19],
  ])('minAvailable %s blocks up to %i replicas, and no more', (minAvailable, last) => {
    expect(allowedEvictions({ minAvailable }, last)).toBe(0);
    expect(allowedEvictions({ minAvailable }, last + 1)).toBe(1);
  });

  test('throws for what Kubernetes could not read', () => {
    expect(() => allowedEvictions({ minAvailable: '3' }, 4)).toThrow(RangeError);
    expect(() => allowedEvictions({ minAvailable: 3 }, -1)).toThrow(
      'replicas is -1; it must be a whole number, zero or more',
    );
  });
});

describe('evictionsOverRange', () => {
  test.each([
    [{ minAvailable: 2 }, 2, 10, { least: 0, leastAt: 2, most: 8, mostAt: 10, blocksForEver: true, blocksAt: 2 }],
    [{ minAvailable: 1 }, 2, 10, { least: 1, leastAt: 2, most: 9, mostAt: 10, blocksForEver: false }],
    [{ maxUnavailable: 1 }, 0, 10, { least: 1, leastAt: 1, most: 1, mostAt: 1, blocksForEver: false }],
    [{ maxUnavailable: '10%' }, 5, 25, { least: 1, leastAt: 5, most: 3, mostAt: 21, blocksForEver: false }],
    [{ minAvailable: '90%' }, 9, 9, { least: 0, leastAt: 9, most: 0, mostAt: 9, blocksForEver: true, blocksAt: 9 }],
    [{ maxUnavailable: 0 }, 0, 0, { least: 0, leastAt: 0, most: 0, mostAt: 0, blocksForEver: false }],
  ] satisfies [DisruptionBudget, number, number, object][])('%j from %i to %i', (budget, from, to, range) => {
    expect(evictionsOverRange(budget, from, to)).toEqual(range);
  });

  test('is what looking at every replica count gives', () => {
    const value = fc.oneof(
      fc.nat(40),
      fc.nat(130).map((percent) => `${percent}%`),
    );
    const budget = fc.oneof(
      fc.record({ minAvailable: value }),
      fc.record({ maxUnavailable: value }),
      fc.constant<DisruptionBudget>({}),
    );
    fc.assert(
      fc.property(budget, fc.integer({ min: 1, max: 300 }), fc.nat(300), (limits: DisruptionBudget, from, more) => {
        const allowed = Array.from({ length: more + 1 }, (_, index) => allowedEvictions(limits, from + index));
        const least = Math.min(...allowed);
        const most = Math.max(...allowed);
        const blocked = allowed.indexOf(0);
        expect(evictionsOverRange(limits, from, from + more)).toEqual({
          least,
          leastAt: from + allowed.indexOf(least),
          most,
          mostAt: from + allowed.indexOf(most),
          blocksForEver: blocked >= 0,
          ...(blocked >= 0 && { blocksAt: from + blocked }),
        });
      }),
    );
  });

  test('does not walk through the range', () => {
    expect(evictionsOverRange({ maxUnavailable: '1%' }, 1, 2147483647)).toMatchObject({
      most: 21474837,
      mostAt: 2147483601,
    });
  });

  test('throws for a range that is none', () => {
    expect(() => evictionsOverRange({}, 3, 2)).toThrow('minReplicas is 3, more than maxReplicas, which is 2');
  });
});

describe('headroomCheck', () => {
  test.each([
    [{ replicas: 4, requiredReplicas: 3, rolloutUnavailable: 1, evictionsAllowed: 1 }, true, 3, 2],
    [{ replicas: 4, requiredReplicas: 3, rolloutUnavailable: 1, evictionsAllowed: 2 }, false, 2, 1],
    [{ replicas: 4, requiredReplicas: 3, rolloutUnavailable: 2, evictionsAllowed: 1 }, false, 2, 1],
    [{ replicas: 4, requiredReplicas: 4, rolloutUnavailable: 0, evictionsAllowed: 0 }, true, 4, 4],
    [{ replicas: 4, requiredReplicas: 3, rolloutUnavailable: 1, evictionsAllowed: 0 }, true, 3, 3],
    [{ replicas: 1, requiredReplicas: 0, rolloutUnavailable: 0, evictionsAllowed: 1 }, true, 0, 0],
    [{ replicas: 2, requiredReplicas: 0, rolloutUnavailable: 9, evictionsAllowed: 5 }, true, 0, 0],
  ])('%j', (input, ok, lowest, raceLowest) => {
    expect(headroomCheck(input)).toMatchObject({ ok, lowest, raceLowest });
  });

  test('shows the arithmetic', () => {
    expect(headroomCheck({ replicas: 4, requiredReplicas: 3, rolloutUnavailable: 1, evictionsAllowed: 2 }).sum).toBe(
      '4 replicas - max(rollout 1, evictions 2) = 2, required 3',
    );
    expect(headroomCheck({ replicas: 2, requiredReplicas: 1, rolloutUnavailable: 0, evictionsAllowed: 5 }).sum).toBe(
      '2 replicas - max(rollout 0, evictions 2) = 0, required 1',
    );
  });

  test.each(['replicas', 'requiredReplicas', 'rolloutUnavailable', 'evictionsAllowed'])(
    'throws for a bad %s',
    (name) => {
      const good = { replicas: 4, requiredReplicas: 3, rolloutUnavailable: 1, evictionsAllowed: 1 };
      expect(() => headroomCheck({ ...good, [name]: 0.5 })).toThrow(
        `${name} is 0.5; it must be a whole number, zero or more`,
      );
    },
  );
});
