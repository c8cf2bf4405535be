import fc from 'fast-check';
import { budgetOf, MINIMUM_WINDOW_SECONDS, type PodShutdown } from '../../src/termination/budget';
import { container, FAST_API, pod, pods, SPRING_BOOT, term, VLLM, VLLM_SIGTERM_DRAIN, wholeSeconds } from './shutdowns';

function told(shutdown: PodShutdown): readonly string[] {
  return budgetOf(shutdown).events.map(({ second, event, container: name, what }) =>
    [`${second} ${event}`, name, what].filter((part) => part !== undefined).join(' | '),
  );
}

function short(shutdown: PodShutdown): readonly string[] {
  return budgetOf(shutdown).events.map(({ second, event, container: name }) => `${second} ${event} ${name ?? 'pod'}`);
}

describe('the events of a termination', () => {
  test('with enough grace', () => {
    const shutdown = pod([VLLM], { graceSeconds: 180, propagationSeconds: 12, readinessFalseSeconds: 3 });
    expect(told(shutdown)).toEqual([
      '0 deletion | the pod is deleted, its grace is 180 s',
      '0 pre-stop-start | vllm | the preStop hook of vllm starts',
      '3 readiness-false | readiness turns false',
      '12 traffic-gone | the last traffic source sends nothing new',
      '165 pre-stop-end | vllm | the preStop hook of vllm returns',
      '165 sigterm | vllm | vllm gets SIGTERM',
      '165 last-request-done | vllm | the last request in flight in vllm is done',
      '165 exit | vllm | vllm has exited',
      '180 sigkill | SIGKILL would come now, 15 s after the last exit',
    ]);
  });

  test('a server that drains after SIGTERM and needs time to exit', () => {
    expect(short(pod([VLLM_SIGTERM_DRAIN], { propagationSeconds: 15 }))).toEqual([
      '0 deletion pod',
      '0 pre-stop-start vllm',
      '15 traffic-gone pod',
      '15 pre-stop-end vllm',
      '15 sigterm vllm',
      '165 last-request-done vllm',
      '179 exit vllm',
      '184 sigkill pod',
    ]);
  });

  test('a grace that is over in the drain', () => {
    expect(told(pod([FAST_API], { graceSeconds: 30, readinessFalseSeconds: 21 })).slice(2)).toEqual([
      '5 traffic-gone | the last traffic source sends nothing new',
      '5 pre-stop-end | shop | the preStop hook of shop returns',
      '5 sigterm | shop | shop gets SIGTERM',
      '21 readiness-false | readiness turns false',
      '30 sigkill | shop | shop is killed before it is done with: longest request',
    ]);
  });

  test('a grace that is over in the preStop hook', () => {
    expect(told(pod([VLLM], { graceSeconds: 120 })).slice(3)).toEqual([
      '120 pre-stop-end | vllm | the preStop hook of vllm is given up, 45 s before its end',
      '120 sigterm | vllm | vllm gets SIGTERM, because the grace is over',
      '122 sigkill | vllm | vllm is killed before it is done with: longest request',
    ]);
  });

  test('every term that is cut is named', () => {
    const both = container(
      'web',
      [term('pre-stop-delay', 'delay', 40)],
      [term('drain', 'requests', 30), term('exit', 'exit', 0)],
    );
    expect(told(pod([both], { graceSeconds: 30 })).at(-1)).toBe(
      '32 sigkill | web | web is killed before it is done with: delay, requests',
    );
  });

  test.each([
    [28, 30],
    [29, 31],
    [30, 32],
    [31, 32],
    [300, 32],
  ])('SIGKILL leaves 2 s after SIGTERM: a hook of %i s in a grace of 30 s, SIGKILL at %i s', (hook, second) => {
    const server = container('web', [term('pre-stop-delay', 'delay', hook)], [term('drain', 'requests', 60)]);
    const { events } = budgetOf(pod([server], { graceSeconds: 30 }));
    expect(events.filter(({ event }) => event === 'sigkill').map((event) => event.second)).toEqual([second]);
    expect(events.find(({ event }) => event === 'sigterm')?.second).toBe(Math.min(hook, 30));
    expect(MINIMUM_WINDOW_SECONDS).toBe(2);
  });

  test('a hook that returns with the last second of the grace is not given up', () => {
    const server = container('web', [term('hold', 'longest request', 30)], []);
    expect(told(pod([server], { graceSeconds: 30 })).slice(3)).toEqual([
      '30 pre-stop-end | web | the preStop hook of web returns',
      '30 sigterm | web | web gets SIGTERM',
      '30 last-request-done | web | the last request in flight in web is done',
      '30 exit | web | web has exited',
      '32 sigkill | SIGKILL would come now, 2 s after the last exit',
    ]);
  });

  test('what is done within the 2 s is done', () => {
    const server = container('web', [term('pre-stop-delay', 'delay', 30)], [term('drain', 'requests', 2)]);
    expect(short(pod([server], { graceSeconds: 30 })).slice(-3)).toEqual([
      '32 last-request-done web',
      '32 exit web',
      '32 sigkill pod',
    ]);
  });

  test('a grace of 0 is one second to the kubelet', () => {
    expect(short(pod([SPRING_BOOT], { graceSeconds: 0, propagationSeconds: 0 }))).toEqual([
      '0 deletion pod',
      '0 pre-stop-start orders',
      '0 traffic-gone pod',
      '1 pre-stop-end orders',
      '1 sigterm orders',
      '3 sigkill orders',
    ]);
  });

  test('readiness that would turn false after the end never does; traffic still comes', () => {
    const shutdown = pod([container('web', [], [term('drain', 'requests', 3)])], {
      readinessFalseSeconds: 30,
      propagationSeconds: 10,
    });
    expect(short(shutdown)).toEqual([
      '0 deletion pod',
      '0 sigterm web',
      '3 last-request-done web',
      '3 exit web',
      '8 sigkill pod',
      '10 traffic-gone pod',
    ]);
    expect(short({ ...shutdown, readinessFalseSeconds: 3 })).toContain('3 readiness-false pod');
  });

  test('without a term for requests nothing is said about the last one', () => {
    const server = container('web', [term('pre-stop-delay', 'preStop delay', 5)], [term('exit', 'exit', 2)]);
    expect(short(pod([server])).filter((line) => line.includes('last-request-done'))).toEqual([]);
  });

  test('sidecars get SIGTERM when the containers before them are gone', () => {
    const proxy = container('proxy', [term('pre-stop', 'preStop', 2)], [term('drain', 'drain', 20)]);
    const logs = container('logs', [], [term('drain', 'drain', 3)]);
    expect(short(pod([SPRING_BOOT], { sidecars: [proxy, logs], propagationSeconds: 10 }))).toEqual([
      '0 deletion pod',
      '0 pre-stop-start orders',
      '0 pre-stop-start proxy',
      '2 pre-stop-end proxy',
      '10 traffic-gone pod',
      '10 pre-stop-end orders',
      '10 sigterm orders',
      '40 last-request-done orders',
      '40 exit orders',
      '40 sigterm logs',
      '43 exit logs',
      '43 sigterm proxy',
      '63 exit proxy',
      '68 sigkill pod',
    ]);
  });

  test('the last request is the one of the container that takes longest', () => {
    expect(short(pod([SPRING_BOOT, VLLM])).filter((line) => line.includes('last-request-done'))).toEqual([
      '165 last-request-done vllm',
    ]);
  });

  test('a pod lasts as long as its last container, in whatever order they end', () => {
    const sidecars = [container('proxy', [], [])];
    const shutdown = pod([VLLM], { sidecars, graceSeconds: 30, readinessFalseSeconds: 31, propagationSeconds: 10 });
    expect(short(shutdown).slice(-3)).toEqual(['30 exit proxy', '31 readiness-false pod', '32 sigkill vllm']);
  });

  test('sidecars whose turn does not come before the grace is over', () => {
    const sidecars = [
      container('proxy', [], [term('drain', 'drain', 20)]),
      container('logs', [], [term('drain', 'drain', 1)]),
    ];
    expect(told(pod([SPRING_BOOT], { sidecars, graceSeconds: 30, propagationSeconds: 10 })).slice(5)).toEqual([
      '30 sigkill | orders | orders is killed before it is done with: longest request',
      '30 sigterm | logs | logs gets SIGTERM',
      '30 sigterm | proxy | proxy gets SIGTERM, because the grace is over',
      '31 exit | logs | logs has exited',
      '32 sigkill | proxy | proxy is killed before it is done with: drain',
    ]);
  });
});

describe('the laws of a timeline', () => {
  const anyGrace = fc
    .tuple(pods(wholeSeconds), fc.nat(900))
    .map(([shutdown, graceSeconds]) => ({ ...shutdown, graceSeconds }));

  test('events are sorted, and each container gets one SIGTERM and then one end', () => {
    fc.assert(
      fc.property(anyGrace, (shutdown) => {
        const { events } = budgetOf(shutdown);
        const seconds = events.map(({ second }) => second);
        expect(seconds).toEqual([...seconds].sort((one, other) => one - other));
        const last = Math.max(1, shutdown.graceSeconds) + MINIMUM_WINDOW_SECONDS;
        for (const { name } of [...shutdown.containers, ...shutdown.sidecars]) {
          const own = events.filter((event) => event.container === name);
          const order = own
            .map(({ event }) => event)
            .filter((event) => !['pre-stop-start', 'pre-stop-end', 'last-request-done'].includes(event));
          expect([
            ['sigterm', 'exit'],
            ['sigterm', 'sigkill'],
          ]).toContainEqual(order);
          expect(own.at(-1)?.event).toBe(order[1]);
          expect(own.at(-1)?.second).toBeLessThanOrEqual(last);
        }
      }),
    );
  });

  test('nobody is killed while there is slack; a main container that needs 2 s more than the grace is', () => {
    fc.assert(
      fc.property(anyGrace, (shutdown) => {
        const { events, containers, slackSeconds } = budgetOf(shutdown);
        const killed = events.filter(({ event, container: name }) => event === 'sigkill' && name !== undefined);
        const whole = events.filter(({ event, container: name }) => event === 'sigkill' && name === undefined);
        expect(whole).toHaveLength(killed.length > 0 ? 0 : 1);
        const last = Math.max(1, shutdown.graceSeconds) + MINIMUM_WINDOW_SECONDS;
        for (const { name, sidecar, sigtermSeconds, endSeconds } of containers) {
          const own = events.filter((event) => event.container === name);
          if (slackSeconds >= 0) {
            expect(own).toContainEqual(expect.objectContaining({ event: 'sigterm', second: sigtermSeconds }));
            expect(own).toContainEqual(expect.objectContaining({ event: 'exit', second: endSeconds }));
          } else if (!sidecar && endSeconds > last) {
            expect(killed.map((event) => event.container)).toContain(name);
          }
        }
      }),
    );
  });
});
