import { LoadLog } from '../../src/rehearsal/load-log';

const NOW = 1_000_000;
/** The pod's clock is so far ahead. */
const AHEAD = 60_000;

const second = (
  n: number,
  now: number,
  oldestSentAt?: number,
  more: { lost?: number; slowestMilliseconds?: number } = {},
) => ({
  n,
  type: 'second',
  now: now + AHEAD,
  sent: 10,
  sentKeptAlive: 5,
  ok: 9,
  lost: 1,
  inFlight: 1,
  oldestSentAt: oldestSentAt === undefined ? undefined : oldestSentAt + AHEAD,
  slowestMilliseconds: 5,
  lateMilliseconds: n,
  ...more,
});
const failure = (n: number, sentAt: number, endedAt = sentAt + 10, more: { kind?: string; bytes?: number } = {}) => ({
  n,
  type: 'failure',
  kind: 'reset',
  bytes: 0,
  sentAt: sentAt + AHEAD,
  endedAt: endedAt + AHEAD,
  ...more,
});

test('times are put into the clock of this machine, by the line that came fastest', () => {
  const log = new LoadLog();
  log.take({ n: 0, type: 'start', now: NOW + AHEAD }, NOW + 400);
  log.take(failure(1, NOW + 100), NOW + 500);
  log.take(second(2, NOW + 1000), NOW + 1002);
  expect(log.failures()).toMatchObject([{ kind: 'reset', sentAt: NOW + 102, endedAt: NOW + 112 }]);
  expect(log.lastFailureAt).toBe(NOW + 112);
  expect(log.failures(NOW + 113)).toEqual([]);
  expect(log.failures(NOW, NOW + 112)).toEqual([]);
});

test('a stream is lost when it is cut, and what nobody answered when it was sent', () => {
  const log = new LoadLog();
  log.take(failure(0, NOW, NOW + 30_000, { bytes: 900 }), NOW + 30_000);
  log.take(failure(1, NOW + 1000, NOW + 31_000, { kind: 'timed-out' }), NOW + 31_000);
  log.take(failure(2, NOW + 2000, NOW + 32_000, { kind: 'timed-out', bytes: 900 }), NOW + 32_000);
  log.take(second(3, NOW + 32_000), NOW + 32_000);
  expect(log.failures(NOW, NOW + 10_000).map(({ sentAt }) => sentAt)).toEqual([NOW + 1000]);
  expect(log.failures(NOW + 10_000).map(({ sentAt }) => sentAt)).toEqual([NOW, NOW + 2000]);
});

test('requests are counted by the time in which they were sent', () => {
  const log = new LoadLog();
  for (let n = 0; n < 10; n++) log.take(second(n, NOW + (n + 1) * 1000), NOW + (n + 1) * 1000);
  expect(log.sent()).toEqual({ sent: 100, sentKeptAlive: 50, ok: 90 });
  expect(log.sent(NOW + 2000, NOW + 5000).sent).toBe(30);
  expect(log.latestMilliseconds()).toBe(9);
  expect(log.latestMilliseconds(NOW + 11_000)).toBe(0);
});

test('reading from the start again counts nothing twice; a missing line is known', () => {
  const log = new LoadLog();
  const lines = [second(0, NOW), failure(1, NOW), second(2, NOW + 1000)];
  for (const line of [...lines, ...lines]) log.take(line, NOW + 1000);
  expect(log.sent().sent).toBe(20);
  expect(log.failures()).toHaveLength(1);
  expect(log.broken).toBe(false);
  log.take(second(4, NOW + 2000), NOW + 2000);
  expect(log.broken).toBe(true);
});

test('it is settled when everything that was sent until then has ended', () => {
  const log = new LoadLog();
  expect(log.settledUntil(NOW)).toBe(false);
  log.take(second(0, NOW + 1000, NOW + 500), NOW + 1000);
  expect(log.settledUntil(NOW + 400)).toBe(true);
  expect(log.settledUntil(NOW + 600)).toBe(false);
  log.take(second(1, NOW + 2000), NOW + 2000);
  expect(log.settledUntil(NOW + 600)).toBe(true);
  expect(log.settledUntil(NOW + 2500)).toBe(false);
});

test('it is calm when nothing waits for its answer longer than answers take', () => {
  const log = new LoadLog();
  expect(log.calmAt(NOW, 5000)).toBe(false);
  log.take(second(0, NOW + 4000, NOW), NOW + 4000);
  expect(log.calmAt(NOW + 3000, 5000)).toBe(true);
  expect(log.calmAt(NOW + 5000, 5000)).toBe(false); // nothing is known of that moment
  log.take(second(1, NOW + 6000, NOW), NOW + 6000);
  expect(log.calmAt(NOW + 5000, 5000)).toBe(false);
  log.take(second(2, NOW + 7000), NOW + 7000);
  expect(log.calmAt(NOW + 6000, 5000)).toBe(true);
});

test('streams that came whole say how long others may take; what was lost does not', () => {
  const log = new LoadLog();
  log.take(second(0, NOW + 20_000, NOW, { lost: 1, slowestMilliseconds: 18_000 }), NOW + 20_000);
  expect(log.calmAt(NOW + 19_000, 5000)).toBe(false);
  log.take(second(1, NOW + 21_000, NOW, { lost: 0, slowestMilliseconds: 18_000 }), NOW + 21_000);
  expect(log.calmAt(NOW + 20_000, 5000)).toBe(true);
  log.take(second(2, NOW + 24_000, NOW, { lost: 0, slowestMilliseconds: 500 }), NOW + 24_000);
  expect(log.calmAt(NOW + 23_000, 5000)).toBe(false);
});

test('lines that are none are passed over', () => {
  const log = new LoadLog();
  log.take({ message: 'listening' });
  expect(log.started).toBe(false);
});
