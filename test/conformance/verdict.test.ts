import { disagreements } from '../../conformance/harness/compare';
import type { ServerUnderTest, Variant } from '../../conformance/harness/server';
import type { Observation, Seen } from '../../conformance/harness/trial';
import { verdictOf } from '../../conformance/harness/verdict';

const at = (seconds: number, outcome: Seen['outcome']): Seen => ({ seconds, outcome });

/** uvicorn as it is: the port closes, what is in flight ends well, and then the process does. */
const drained: Observation = {
  requestSeconds: 4,
  inFlight: [at(3.3, 'ok'), at(3.3, 'ok')],
  stream: at(3.4, 'ok'),
  newRequests: [at(0, 'ok'), at(1, 'refused'), at(2, 'refused'), at(3.3, 'reset')],
  readiness: [at(0, 'ok'), at(1, 'refused'), at(2, 'refused')],
  exitSeconds: 3.6,
};

const server: ServerUnderTest = {
  runtime: 'uvicorn',
  title: 'uvicorn',
  version: '0.54.0',
  readinessPath: '/healthz',
  port: 1,
  variants: [],
  needs: [],
  install: async () => {},
  command: () => [],
};
const asItComes: Variant = { name: 'as it comes' };

describe('a verdict', () => {
  test('of a server that drains', () => {
    expect(verdictOf(drained)).toEqual({
      inFlight: 'drains',
      streams: 'whole',
      newRequests: 'refused',
      readiness: 'refused',
      exitSeconds: 0.2,
      lastRequestSeconds: 3.4,
      killed: false,
    });
  });

  test.each<[string, Partial<Observation>, Partial<ReturnType<typeof verdictOf>>]>([
    ['cut requests', { inFlight: [at(0.1, 'reset'), at(3.3, 'ok')] }, { inFlight: 'aborts' }],
    ['a cut stream', { stream: at(0.2, 'truncated') }, { inFlight: 'drains', streams: 'cut' }],
    ['no stream', { stream: undefined }, { streams: 'none seen', lastRequestSeconds: 3.3 }],
    [
      'a signal that nobody takes',
      { exitSeconds: undefined, newRequests: [at(1, 'ok')] },
      { inFlight: 'ignored', killed: true },
    ],
    [
      'a server that never ends',
      { exitSeconds: undefined },
      { inFlight: 'drains', killed: true, exitSeconds: undefined },
    ],
    [
      'late requests that fail',
      { newRequests: [at(1, 'failed'), at(2, 'failed'), at(2.1, 'ok')] },
      { newRequests: 'failed' },
    ],
    [
      'late requests that nobody answers',
      { newRequests: [at(1, 'timed-out'), at(2, 'timed-out'), at(2.5, 'refused')] },
      { newRequests: 'failed' },
    ],
    ['readiness that turns', { readiness: [at(1, '503'), at(2, '503')] }, { readiness: '503' }],
    ['a process that is gone at once', { exitSeconds: 0.1 }, { newRequests: 'none seen', readiness: 'none seen' }],
  ])('of %s', (_name, change, wanted) => {
    expect(verdictOf({ ...drained, ...change })).toMatchObject(wanted);
  });
});

describe('the facts', () => {
  const facts = (change: Partial<Observation>, variant = asItComes) =>
    disagreements(server, variant, { ...drained, ...change }).map(({ fact }) => fact);

  test('agree with what they were read from', () => {
    expect(facts({})).toEqual([]);
  });

  test.each<[string, Partial<Observation>, Variant, string]>([
    ['requests that are cut', { inFlight: [at(0.1, 'reset')] }, asItComes, 'inFlight'],
    ['new requests that are served', { newRequests: [at(1, 'ok'), at(2, 'ok')] }, asItComes, 'newRequests'],
    ['readiness that stays', { readiness: [at(1, 'ok'), at(2, 'ok')] }, asItComes, 'readiness'],
    ['streams that are cut', { stream: at(0.1, 'truncated') }, asItComes, 'cutsStreams'],
    ['a long exit', { exitSeconds: 9.4 }, asItComes, 'exitSeconds'],
    ['a bound that bounds nothing', {}, { name: 'bound', boundSeconds: 2 }, 'bound'],
    ['a shell that passes the signal on', {}, { name: 'shell', underShell: true }, 'shell as PID 1'],
  ])('are contradicted by %s', (_name, change, variant, fact) => {
    expect(facts(change, variant)).toEqual([fact]);
  });

  test("the library's own drain loses nothing, whatever the server does on SIGTERM", () => {
    const own: Variant = { name: 'own', losesNothing: true };
    expect(facts({ newRequests: [at(1, 'ok'), at(2, 'ok')] }, own)).toEqual([]);
    expect(facts({ stream: at(0.1, 'truncated') }, own)).toEqual(['drain strategy']);
    expect(facts({ inFlight: [at(0.1, 'reset')] }, own)).toEqual(['drain strategy']);
    expect(facts({ exitSeconds: undefined }, own)).toEqual(['drain strategy']);
  });

  test('a bound that cuts in time is as stated, also when it holds for each of two phases', () => {
    const cut = { inFlight: [at(2.1, 'reset')], stream: at(2.1, 'truncated') };
    expect(facts(cut, { name: 'bound', boundSeconds: 2 })).toEqual([]);
    expect(facts(cut, { name: 'bound', boundSeconds: 2, phases: 3 })).toEqual(['bound']);
  });
});
