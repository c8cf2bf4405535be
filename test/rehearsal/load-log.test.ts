import { LoadLog } from '../../src/rehearsal/load-log';

const NOW = 1_000_000;
/** The pod's clock is so far ahead. */
const AHEAD = 60_000;

const second = (n: number, now: number, oldestSentAt?: number) => ({
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
});
const failure = (n: number, sentAt: number) => ({
  n,
  type: 'failure',
  kind: 'reset',
  sentAt: sentAt + AHEAD,
  endedAt: sentAt + AHEAD + 10,
});

test('times are put into the clock of this machine, by the line that came fastest', () => {
  const log = new LoadLog();
  log.take({ n: 0, type: 'start', now: NOW + AHEAD }, NOW + 400);
  log.take(failure(1, NOW + 100), NOW + 500);
  log.take(second(2, NOW + 1000), NOW + 1002);
  expect(log.failures()).toMatchObject([{ kind: 'reset', sentAt: NOW + 102, endedAt: NOW + 112 }]);
  expect(log.lastFailureAt).toBe(NOW + 112);
  expect(log.failures(NOW + 103)).toEqual([]);
  expect(log.failures(NOW, NOW + 102)).toEqual([]);
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

test('lines that are none are passed over', () => {
  const log = new LoadLog();
  log.take({ message: 'listening' });
  expect(log.started).toBe(false);
});
