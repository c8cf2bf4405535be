import { Observation } from '../../src/rehearsal/observation';

const START = Date.parse('2026-01-01T00:00:00Z');
const at = (second: number) => new Date(START + second * 1000).toISOString();

function pod(changes: any = {}, type = 'MODIFIED'): any {
  const { metadata, status, ready = true } = changes;
  return {
    type,
    object: {
      metadata: { name: 'a-1', uid: '1', creationTimestamp: at(-100), ...metadata },
      spec: { nodeName: 'node-1' },
      status: {
        startTime: at(-99),
        conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: at(-92) }],
        ...status,
      },
    },
  };
}

function slice(name: string, endpoints: readonly [string, boolean, boolean?][], type = 'MODIFIED'): any {
  const list = endpoints.map(([uid, ready, terminating = false]) => ({
    targetRef: { kind: 'Pod', uid },
    conditions: { ready, serving: true, terminating },
  }));
  return { type, object: { metadata: { name }, endpoints: list.length > 0 ? list : null } };
}

const DELETED = { deletionTimestamp: at(45), deletionGracePeriodSeconds: 45 };

test('a pod from its deletion to its end', () => {
  const observation = new Observation(START);
  const take = (event: any, second: number) => observation.takePod(event, START + second * 1000);
  take(pod({}, 'ADDED'), 0);
  observation.takeEndpointSlice(slice('s', [['1', true]]), START);
  expect(observation.running).toHaveLength(1);

  take(pod({ metadata: DELETED }), 0.1);
  observation.takeEndpointSlice(slice('s', [['1', false, true]]), START + 300);
  take(pod({ metadata: DELETED, ready: false }), 6);
  const terminated = { exitCode: 137, finishedAt: at(44) };
  const last = { containerStatuses: [{ name: 'main', state: { terminated } }] };
  take(pod({ metadata: { ...DELETED, deletionGracePeriodSeconds: 0 }, ready: false, status: last }), 45);
  take(pod({ metadata: DELETED, ready: false, status: last }, 'DELETED'), 46);

  const [record] = observation.deletedBetween(START, START + 1000);
  expect(record).toMatchObject({
    name: 'a-1',
    node: 'node-1',
    startSeconds: 7,
    deletedAt: START + 100,
    endpointTerminatingAt: START + 300,
    endpointNotReadyAt: START + 300,
    readyFalseAt: START + 6000,
    goneAt: START + 46_000,
  });
  expect([...(record?.ends.values() ?? [])]).toEqual([{ name: 'main', second: 44, exitCode: 137 }]);
  expect(observation.present).toEqual([]);
});

test('an init container that ended long before is no part of the end', () => {
  const observation = new Observation(START);
  const terminated = { exitCode: 0, finishedAt: at(-98) };
  const status = { initContainerStatuses: [{ name: 'setup', state: { terminated } }] };
  observation.takePod(pod({ metadata: DELETED, status }), START);
  expect(observation.pods[0]?.ends.size).toBe(0);
});

test('the fewest ready endpoints of a time, over all slices', () => {
  const observation = new Observation(START);
  const take = (event: any, second: number) => observation.takeEndpointSlice(event, START + second * 1000);
  take(
    slice('s', [
      ['1', true],
      ['2', true],
    ]),
    0,
  );
  take(slice('t', [['3', true]]), 1);
  take(slice('t', [['3', false]]), 5);
  take(slice('t', [], 'DELETED'), 6);
  take(
    slice('s', [
      ['1', true],
      ['2', false],
    ]),
    7,
  );
  take(
    slice('s', [
      ['1', true],
      ['2', true],
    ]),
    9,
  );
  expect(observation.readyEndpoints).toBe(2);
  expect(observation.lowestReady(START + 2000, START + 4000)).toEqual({ ready: 3, at: START + 2000 });
  expect(observation.lowestReady(START + 2000, START + 8000)).toEqual({ ready: 1, at: START + 7000 });
  expect(observation.readyAt(START + 6500)).toBe(2);
});

test('a watch that starts again changes nothing, save for what went meanwhile', () => {
  const observation = new Observation(START);
  observation.takePod(pod({}, 'ADDED'), START);
  observation.takePod(pod({}, 'ADDED'), START + 5000);
  expect(observation.pods).toHaveLength(1);
  observation.retain(new Set(['1']), START + 6000);
  expect(observation.present).toHaveLength(1);
  observation.retain(new Set(), START + 7000);
  expect(observation.pods[0]).toMatchObject({ deletedAt: START + 7000, goneAt: START + 7000 });
});

test('events that tell of a bad end are kept, each once, and only those of the pods', () => {
  const observation = new Observation(START);
  observation.takePod(pod({}, 'ADDED'), START);
  const event = (uid: string, reason: string) => ({ object: { involvedObject: { uid }, reason, message: 'why' } });
  for (const uid of ['1', '1', '2']) observation.takeEvent(event(uid, 'FailedPreStopHook'));
  observation.takeEvent(event('1', 'Pulled'));
  expect(observation.pods[0]?.warnings).toEqual(['FailedPreStopHook: why']);
});

test('the events of a kubelet tell when it began to stop a container, and when its hook failed', () => {
  const observation = new Observation(START);
  observation.takePod(pod({}, 'ADDED'), START);
  const event = (reason: string, second: number, fieldPath?: string) => ({
    object: { involvedObject: { uid: '1', fieldPath }, reason, message: 'why', lastTimestamp: at(second) },
  });
  observation.takeEvent(event('Killing', 3, 'spec.containers{main}'));
  observation.takeEvent(event('Killing', 4, 'spec.initContainers{proxy}'));
  observation.takeEvent(event('Killing', 5));
  observation.takeEvent(event('FailedPreStopHook', 6, 'spec.containers{main}'));
  const [record] = observation.pods;
  const second = (after: number) => START / 1000 + after;
  expect([...(record?.stoppedAtSecond ?? [])]).toEqual([
    ['main', second(3)],
    ['proxy', second(4)],
  ]);
  expect([...(record?.hookFailedAtSecond ?? [])]).toEqual([['main', second(6)]]);
  expect(record?.warnings).toEqual(['FailedPreStopHook: why']);
});
