import { drainCommandPreStopCommand } from '../../../src/manifest/hooks/drain-command';
import { waitUntilIdleCommand } from '../../../src/manifest/hooks/wait-until-idle';
import type { JsonObject } from '../../../src/manifest/json';
import { only, type RuleCases } from './case';
import { type Changes, container, deploymentStating, disruptionBudget, service } from './manifests';

const drainsAt = (delaySeconds: number) => ({
  exec: { command: drainCommandPreStopCommand({ delaySeconds, limitSeconds: 5, command: ['kill', '-USR1', '1'] }) },
});
const idleAfter = (delaySeconds: number, deadlineSeconds: number) => ({
  exec: {
    command: waitUntilIdleCommand({
      delaySeconds,
      deadlineSeconds,
      url: 'http://127.0.0.1:8080/metrics',
      gauges: ['busy'],
      fetchWith: 'curl',
    }),
  },
});
const sleep = (seconds: number) => ({ sleep: { seconds } });

/** A proxy as a native sidecar, to which the Service leads, and the usual server behind it. */
function proxied(
  proxyHook: Changes | undefined,
  serverHook: Changes | undefined,
  keys: Readonly<Record<string, string | undefined>> = {},
  server: Changes = {},
): readonly JsonObject[] {
  const proxy = {
    name: 'proxy',
    image: 'registry.example.com/proxy:1',
    restartPolicy: 'Always',
    ports: [{ containerPort: 9000 }],
    lifecycle: proxyHook && { preStop: proxyHook },
  };
  const lifecycle = serverHook ? { preStop: { sleep: undefined, ...serverHook } } : undefined;
  const spec = {
    terminationGracePeriodSeconds: 60,
    initContainers: [proxy],
    containers: [container({ lifecycle, ...server })],
  };
  return [
    deploymentStating(keys, { spec: { template: { spec } } }),
    service({ spec: { ports: [{ port: 80, targetPort: 9000 }] } }),
    disruptionBudget(),
  ];
}

export const cases: RuleCases = {
  rule: 'server-stops-before-proxy',
  violation: [
    only(
      'the server waits for the propagation only',
      proxied(drainsAt(5), sleep(5)),
      'container main may get SIGTERM 5 s after the deletion, and sidecar proxy in front of it may pass on requests until 35 s',
      'new requests until 5 s + the longest request 30 s = 35 s; preStop of main holds 5 s',
      'let preStop of main hold 35 s or more',
    ),
    only('the server has no hook', proxied(drainsAt(5), undefined), 'container main may get SIGTERM 0 s after'),
    only('nothing has a hook', proxied(undefined, undefined), 'until 35 s'),
    only(
      'the proxy keeps idle connections',
      proxied(drainsAt(5), sleep(35), { 'drain.proxy': '38s' }),
      'new requests until 13 s + the longest request 30 s = 43 s',
    ),
    only('the proxy drains later', proxied(drainsAt(8), sleep(35)), 'new requests until 8 s', 'hold 38 s or more'),
    only(
      'the server looks at its gauges too early',
      proxied(drainsAt(10), idleAfter(5, 30)),
      'and waits until idle for 30 s at most',
      '10 s of them before it looks at the gauges',
    ),
    only(
      'the longest request is not known, and the hook too short for anything',
      proxied(drainsAt(5), sleep(4), { 'longest-request': undefined }),
      'new requests until 5 s + the longest request, which is not known',
      'state the longest request with the annotation cdk8s-graceful/longest-request',
    ),
  ],
  pass: [
    only(
      'the server holds as long as the proxy may have requests',
      proxied(drainsAt(5), sleep(35)),
      'container main gets SIGTERM when sidecar proxy has no request any more',
    ),
    only(
      'the proxy keeps idle connections, and the server holds',
      proxied(drainsAt(5), sleep(43), { 'drain.proxy': '38s' }),
      'has no request any more',
    ),
    only('the proxy needs no hook then', proxied(undefined, sleep(35)), 'has no request any more'),
    only('the server waits until it is idle', proxied(drainsAt(5), idleAfter(5, 30)), 'has no request any more'),
  ],
  notApplicable: [
    only(
      'the Service leads to the server',
      [...proxied(undefined, sleep(5)).slice(0, 1), service()],
      'no Service leads',
    ),
    only(
      'the server has that port too',
      proxied(undefined, sleep(5), {}, { ports: [{ containerPort: 9000 }] }),
      'no Service leads to a native sidecar',
    ),
    only('nothing sends requests', proxied(undefined, sleep(5), { 'traffic-sources': 'none' }), 'nothing is known'),
    only('the server ignores SIGTERM', proxied(undefined, sleep(5), { sigterm: 'ignored' }), 'serves until SIGKILL'),
    only(
      'the longest request is not known',
      proxied(drainsAt(5), sleep(20), { 'longest-request': undefined }),
      'the longest request is not known',
    ),
  ],
};
