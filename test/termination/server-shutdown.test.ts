import fc from 'fast-check';
import { budgetOf } from '../../src/termination/budget';
import { idleAtSigterm, type ServerShutdown, serverShutdown } from '../../src/termination/server-shutdown';
import { wholeSeconds } from './shutdowns';

function server(changes: Partial<ServerShutdown> = {}): ServerShutdown {
  return {
    container: 'main',
    preStopDelaySeconds: 10,
    longestRequestSeconds: 30,
    exitSeconds: 0,
    propagationSeconds: 5,
    ...changes,
  };
}

/** Both lists of terms, as `id label seconds`. */
function termsOf(changes: Partial<ServerShutdown>) {
  const { preStop, afterSigterm } = serverShutdown(server(changes));
  const shown = (terms: typeof preStop) => terms.map(({ id, label, seconds }) => `${id}: ${label} ${seconds}`);
  return { preStop: shown(preStop), afterSigterm: shown(afterSigterm) };
}

describe('idleAtSigterm', () => {
  test.each([
    ['the delay ends one second early', { preStopDelaySeconds: 34 }, false],
    ['the delay covers propagation and the longest request', { preStopDelaySeconds: 35 }, true],
    ['a fraction early', { preStopDelaySeconds: 34.999 }, false],
    ['no delay and no request of any length', { preStopDelaySeconds: 5, longestRequestSeconds: 0 }, false],
    ['it waits as long as the longest request', { waitUntilIdleSeconds: 30 }, true],
    ['it gives up waiting one second early', { waitUntilIdleSeconds: 29 }, false],
    ['it gives up at once, behind a long delay', { preStopDelaySeconds: 600, waitUntilIdleSeconds: 0 }, false],
    ['nothing propagates, nothing lasts', { waitUntilIdleSeconds: 0, longestRequestSeconds: 0 }, true],
  ])('%s: %p', (_, changes, idle) => {
    expect(idleAtSigterm(server(changes))).toBe(idle);
  });
});

describe('serverShutdown', () => {
  test.each([
    ['delay, then the drain after SIGTERM', {}, ['pre-stop-delay: preStop delay 10'], ['drain: longest request 30']],
    ['no delay', { preStopDelaySeconds: 0 }, ['pre-stop-delay: preStop delay 0'], ['drain: longest request 30']],
    [
      'a delay that holds for the longest request',
      { preStopDelaySeconds: 40 },
      ['pre-stop-delay: preStop delay 10', 'hold: longest request 30'],
      [],
    ],
    [
      'a wait as long as the longest request',
      { waitUntilIdleSeconds: 30 },
      ['pre-stop-delay: preStop delay 10', 'wait-until-idle: longest request 30'],
      [],
    ],
    [
      'a longer wait',
      { waitUntilIdleSeconds: 60 },
      ['pre-stop-delay: preStop delay 10', 'wait-until-idle: wait until idle 60'],
      [],
    ],
    [
      'a wait that may give up too early',
      { waitUntilIdleSeconds: 20 },
      ['pre-stop-delay: preStop delay 10', 'wait-until-idle: wait until idle 20'],
      ['drain: longest request 30'],
    ],
    [
      'a wait behind a delay that would hold by itself',
      { preStopDelaySeconds: 40, waitUntilIdleSeconds: 30 },
      ['pre-stop-delay: preStop delay 40', 'wait-until-idle: longest request 30'],
      [],
    ],
    [
      'a rest of preStop',
      { preStopRestSeconds: 5 },
      ['pre-stop-delay: preStop delay 10', 'pre-stop: rest of preStop 5'],
      ['drain: longest request 30'],
    ],
    [
      'a rest behind a hold',
      { preStopDelaySeconds: 40, preStopRestSeconds: 5 },
      ['pre-stop-delay: preStop delay 10', 'hold: longest request 30', 'pre-stop: rest of preStop 5'],
      [],
    ],
    ['no rest', { preStopRestSeconds: 0 }, ['pre-stop-delay: preStop delay 10'], ['drain: longest request 30']],
    [
      'a quiet period',
      { quietSeconds: 16 },
      ['pre-stop-delay: preStop delay 10'],
      ['quiet: quiet period 16', 'drain: longest request 30'],
    ],
    [
      'a quiet period of nothing',
      { quietSeconds: 0 },
      ['pre-stop-delay: preStop delay 10'],
      ['drain: longest request 30'],
    ],
    [
      'a quiet period of an idle server',
      { preStopDelaySeconds: 35, quietSeconds: 16 },
      ['pre-stop-delay: preStop delay 5', 'hold: longest request 30'],
      ['quiet: quiet period 16'],
    ],
    [
      'an exit',
      { exitSeconds: 14 },
      ['pre-stop-delay: preStop delay 10'],
      ['drain: longest request 30', 'exit: exit 14'],
    ],
    [
      'the exit of an idle server',
      { waitUntilIdleSeconds: 30, exitSeconds: 14 },
      ['pre-stop-delay: preStop delay 10', 'wait-until-idle: longest request 30'],
      ['exit: exit 14'],
    ],
    [
      'one phase',
      { phases: 1, phaseTimeoutSeconds: 60 },
      ['pre-stop-delay: preStop delay 10'],
      ['drain: longest request 30'],
    ],
    [
      'three phases',
      { phases: 3, phaseTimeoutSeconds: 60 },
      ['pre-stop-delay: preStop delay 10'],
      ['drain: earlier shutdown phases 120', 'drain: longest request 30'],
    ],
    [
      'phases without a timeout of their own',
      { phases: 3 },
      ['pre-stop-delay: preStop delay 10'],
      ['drain: earlier shutdown phases 60', 'drain: longest request 30'],
    ],
    [
      'phases of an idle server',
      { phases: 3, preStopDelaySeconds: 35 },
      ['pre-stop-delay: preStop delay 5', 'hold: longest request 30'],
      [],
    ],
  ])('%s', (_, changes, preStop, afterSigterm) => {
    expect(termsOf(changes)).toEqual({ preStop, afterSigterm });
  });

  test('names the container', () => {
    expect(serverShutdown(server({ container: 'orders' })).name).toBe('orders');
  });
});

describe('reasons', () => {
  const reasons = (changes: Partial<ServerShutdown>) => {
    const { preStop, afterSigterm } = serverShutdown(server(changes));
    return [...preStop, ...afterSigterm].map(({ reason }) => reason);
  };

  test.each([
    ['the propagation', { propagationSeconds: 7 }, 'new requests arrive until 7 s'],
    ['a hold', { preStopDelaySeconds: 35 }, 'held by preStop: the last request is done before SIGTERM'],
    ['no phases', {}, 'a request that arrived last is let finish after SIGTERM'],
    ['one phase', { phases: 1, phaseTimeoutSeconds: 45 }, '45 s x 1 phase'],
    ['several phases', { phases: 3, phaseTimeoutSeconds: 45 }, "45 s x 2 before the server's own"],
    ['whose exit it is', { exitSeconds: 14, exitReason: 'vLLM 0.32.0' }, 'vLLM 0.32.0'],
    ['an exit of nobody', { exitSeconds: 14 }, 'from the last request to the end of the process'],
  ])('%s', (_, changes, reason) => {
    expect(reasons(changes)).toContain(reason);
  });
});

test('no term is negative, and the sum never falls when a part grows', () => {
  const servers = fc.record(
    {
      container: fc.constant('main'),
      preStopDelaySeconds: wholeSeconds,
      waitUntilIdleSeconds: wholeSeconds,
      preStopRestSeconds: wholeSeconds,
      quietSeconds: wholeSeconds,
      longestRequestSeconds: wholeSeconds,
      phases: fc.integer({ min: 1, max: 4 }),
      phaseTimeoutSeconds: wholeSeconds,
      exitSeconds: wholeSeconds,
      propagationSeconds: wholeSeconds,
    },
    {
      requiredKeys: ['container', 'preStopDelaySeconds', 'longestRequestSeconds', 'exitSeconds', 'propagationSeconds'],
    },
  );
  const needed = (one: ServerShutdown) =>
    budgetOf({
      containers: [serverShutdown(one)],
      sidecars: [],
      marginSeconds: 5,
      propagationSeconds: one.propagationSeconds,
    }).requiredGraceSeconds;
  const grows = fc.constantFrom(
    'quietSeconds',
    'longestRequestSeconds',
    'exitSeconds',
    'preStopRestSeconds',
    'phases',
    'propagationSeconds',
  );
  fc.assert(
    fc.property(servers, grows, fc.nat(100), (one, part, by) => {
      const before = needed(one);
      expect(before).toBeGreaterThanOrEqual(one.preStopDelaySeconds + one.exitSeconds + 5);
      expect(needed({ ...one, [part]: (one[part] ?? (part === 'phases' ? 1 : 0)) + by })).toBeGreaterThanOrEqual(
        before,
      );
    }),
  );
});
