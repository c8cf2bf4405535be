import fc from 'fast-check';
import {
  budgetOf,
  type ContainerShutdown,
  DEFAULT_MARGIN_SECONDS,
  type PodShutdown,
} from '../../src/termination/budget';
import {
  anySeconds,
  container,
  FAST_API,
  pod,
  pods,
  SPRING_BOOT,
  term,
  VLLM,
  VLLM_SIGTERM_DRAIN,
  wholeSeconds,
} from './shutdowns';

describe('budgetOf', () => {
  test.each([
    ['Spring Boot', SPRING_BOOT, undefined, 45, 0, 'preStop delay 10 s + longest request 30 s + margin 5 s = 45 s'],
    [
      'FastAPI',
      FAST_API,
      60,
      56,
      4,
      'preStop delay 5 s + quiet period 16 s + longest request 30 s + margin 5 s = 56 s',
    ],
    ['vLLM', VLLM, 180, 170, 10, 'preStop delay 15 s + longest request 150 s + margin 5 s = 170 s'],
    [
      'vLLM that drains on SIGTERM',
      VLLM_SIGTERM_DRAIN,
      180,
      184,
      -4,
      'preStop delay 15 s + longest request 150 s + exit 14 s + margin 5 s = 184 s',
    ],
  ])('%s', (_, server, graceSeconds, requiredGraceSeconds, slackSeconds, sum) => {
    const budget = budgetOf(pod([server], { marginSeconds: DEFAULT_MARGIN_SECONDS, graceSeconds }));
    expect(budget).toMatchObject({ requiredGraceSeconds, slackSeconds, sum });
    expect(budget.graceSeconds).toBe(graceSeconds ?? requiredGraceSeconds);
  });

  test('the slowest container counts, not the sum, and the first of two equal ones', () => {
    const budget = budgetOf(
      pod([
        container('quick', [term('pre-stop-delay', 'preStop delay', 20)], [term('drain', 'requests', 5)]),
        container('slow', [term('pre-stop-delay', 'preStop delay', 1)], [term('drain', 'downloads', 40)]),
        container('equal', [term('hold', 'uploads', 41)], []),
      ]),
    );
    expect(budget.sum).toBe('preStop delay 1 s + downloads 40 s + margin 5 s = 46 s');
    expect(budget.containers).toEqual([
      { name: 'quick', sidecar: false, preStopSeconds: 20, sigtermSeconds: 20, endSeconds: 25 },
      { name: 'slow', sidecar: false, preStopSeconds: 1, sigtermSeconds: 1, endSeconds: 41 },
      { name: 'equal', sidecar: false, preStopSeconds: 41, sigtermSeconds: 41, endSeconds: 41 },
    ]);
  });

  test('sidecars end one after the other, the last declared first, after all main containers', () => {
    const proxy = container('proxy', [term('pre-stop', 'preStop', 10)], [term('drain', 'drain', 20)]);
    const logs = container('logs', [], [term('drain', 'drain', 3)]);
    const budget = budgetOf(pod([SPRING_BOOT], { sidecars: [proxy, logs] }));
    expect(budget.sum).toBe(
      'preStop delay 10 s + longest request 30 s + sidecar logs drain 3 s + sidecar proxy drain 20 s + margin 5 s = 68 s',
    );
    expect(budget.terms.map(({ id }) => id)).toEqual([
      'pre-stop-delay',
      'drain',
      'sidecar-drain',
      'sidecar-drain',
      'margin',
    ]);
    expect(budget.containers.slice(1)).toEqual([
      { name: 'proxy', sidecar: true, preStopSeconds: 10, sigtermSeconds: 43, endSeconds: 63 },
      { name: 'logs', sidecar: true, preStopSeconds: 0, sigtermSeconds: 40, endSeconds: 43 },
    ]);
  });

  test("a sidecar's preStop starts at deletion, and counts only when everything else is done before it", () => {
    const withHook = (seconds: number) =>
      budgetOf(
        pod([SPRING_BOOT], {
          sidecars: [container('proxy', [term('pre-stop', 'preStop', seconds)], [term('drain', 'drain', 20)])],
        }),
      );
    expect(withHook(40).sum).toBe(
      'preStop delay 10 s + longest request 30 s + sidecar proxy drain 20 s + margin 5 s = 65 s',
    );
    expect(withHook(41).sum).toBe('sidecar proxy preStop 41 s + sidecar proxy drain 20 s + margin 5 s = 66 s');
    expect(withHook(41).terms.map(({ id }) => id)).toEqual(['sidecar-pre-stop', 'sidecar-drain', 'margin']);
  });

  test('a label that names its sidecar stays as it is', () => {
    const sidecars = [container('a', [], [term('sidecar-drain', 'drain of a', 20), term('drain', 'drain', 1)])];
    expect(budgetOf(pod([SPRING_BOOT], { sidecars })).sum).toContain('+ drain of a 20 s + sidecar a drain 1 s +');
  });

  test('zero terms are left out of the sum, a zero margin is not', () => {
    const server = container(
      'web',
      [term('pre-stop-delay', 'preStop delay', 0)],
      [term('drain', 'longest request', 7)],
    );
    expect(budgetOf(pod([server], { marginSeconds: 0 })).sum).toBe('longest request 7 s + margin 0 s = 7 s');
  });

  test('fractions are rounded up, and the rounding is in the margin', () => {
    const server = container(
      'web',
      [term('pre-stop-delay', 'preStop delay', 0.5)],
      [term('drain', 'longest request', 0.7)],
    );
    const budget = budgetOf(pod([server]));
    expect(budget.requiredGraceSeconds).toBe(7);
    expect(budget.sum).toBe('preStop delay 0.5 s + longest request 0.7 s + margin 5.8 s = 7 s');
  });

  test('a derived grace is never 0, which would remove the pod at once', () => {
    const budget = budgetOf(pod([container('web', [], [])], { marginSeconds: 0 }));
    expect(budget).toMatchObject({
      requiredGraceSeconds: 1,
      graceSeconds: 1,
      slackSeconds: 0,
      sum: 'margin 1 s = 1 s',
    });
  });

  test.each([
    [pod([]), 'a pod has at least one container besides its sidecars'],
    [pod([container('web', [term('hold', 'longest request', -1)], [])]), 'longest request of container web is -1; '],
    [
      pod([SPRING_BOOT], { sidecars: [container('proxy', [], [term('drain', 'drain', Number.NaN)])] }),
      'drain of container proxy is NaN; ',
    ],
    [pod([SPRING_BOOT], { marginSeconds: Number.POSITIVE_INFINITY }), 'the margin is Infinity; '],
    [pod([SPRING_BOOT], { graceSeconds: -30 }), 'terminationGracePeriodSeconds is -30; '],
    [pod([SPRING_BOOT], { propagationSeconds: -1 }), 'the propagation delay is -1; '],
    [pod([SPRING_BOOT], { readinessFalseSeconds: -1 }), 'the time until readiness is false is -1; '],
    [pod([SPRING_BOOT], { longestRequestSeconds: Number.NaN }), 'the longest request is NaN; '],
  ])('throws for bad numbers (%#)', (bad, message) => {
    expect(() => budgetOf(bad)).toThrow(RangeError);
    expect(() => budgetOf(bad)).toThrow(message);
  });
});

describe('the laws of a budget', () => {
  const total = (terms: readonly { seconds: number }[]) => terms.reduce((sum, { seconds }) => sum + seconds, 0);

  test('the terms add up to the required grace exactly, also with fractions', () => {
    fc.assert(
      fc.property(pods(anySeconds), (shutdown) => {
        const { terms, requiredGraceSeconds } = budgetOf(shutdown);
        expect(total(terms)).toBe(requiredGraceSeconds);
        expect(terms.at(-1)?.id).toBe('margin');
      }),
    );
  });

  test('required grace is when the last container ends, by the definition of the order, and the margin', () => {
    fc.assert(
      fc.property(pods(wholeSeconds), (shutdown) => {
        const mains = shutdown.containers.map((entry) => total(entry.preStop) + total(entry.afterSigterm));
        const sidecarEnd = (index: number): number => {
          const entry = shutdown.sidecars[index] as ContainerShutdown;
          const later = shutdown.sidecars.map((_, other) => other).filter((other) => other > index);
          const turn = Math.max(...mains, ...later.map(sidecarEnd));
          return Math.max(turn, total(entry.preStop)) + total(entry.afterSigterm);
        };
        const ends = [...mains, ...shutdown.sidecars.map((_, index) => sidecarEnd(index))];
        const budget = budgetOf(shutdown);
        expect(budget.requiredGraceSeconds).toBe(Math.max(1, Math.max(...ends) + shutdown.marginSeconds));
        expect(budget.containers.map(({ endSeconds }) => endSeconds)).toEqual(ends);
      }),
    );
  });

  test('required grace never falls when any term grows', () => {
    const grown = (shutdown: PodShutdown, at: number, by: number): PodShutdown => {
      let position = 0;
      const grow = (entry: { seconds: number }) =>
        position++ === at ? { ...entry, seconds: entry.seconds + by } : entry;
      const growAll = (entries: readonly ContainerShutdown[]) =>
        entries.map((entry) => ({
          ...entry,
          preStop: entry.preStop.map(grow as never) as typeof entry.preStop,
          afterSigterm: entry.afterSigterm.map(grow as never) as typeof entry.afterSigterm,
        }));
      const [containers, sidecars] = [growAll(shutdown.containers), growAll(shutdown.sidecars)];
      // The last position is the margin.
      const { seconds: marginSeconds } =
        position <= at ? { seconds: shutdown.marginSeconds + by } : { seconds: shutdown.marginSeconds };
      return { ...shutdown, containers, sidecars, marginSeconds };
    };
    fc.assert(
      fc.property(pods(anySeconds), fc.nat(20), anySeconds, (shutdown, at, by) => {
        const before = budgetOf(shutdown).requiredGraceSeconds;
        expect(budgetOf(grown(shutdown, at, by)).requiredGraceSeconds).toBeGreaterThanOrEqual(before);
      }),
      { numRuns: 1000 },
    );
  });

  test('a derived grace is whole seconds, has no slack, and passes when it is given', () => {
    fc.assert(
      fc.property(pods(anySeconds), (shutdown) => {
        const derived = budgetOf(shutdown);
        expect(derived.slackSeconds).toBe(0);
        expect(Number.isInteger(derived.graceSeconds)).toBe(true);
        const given = budgetOf({ ...shutdown, graceSeconds: derived.graceSeconds });
        expect(given).toEqual(derived);
        const short = budgetOf({ ...shutdown, graceSeconds: derived.graceSeconds - 1 });
        expect(short.slackSeconds).toBe(-1);
      }),
    );
  });
});
