import { waitUntilIdleCommand } from '../../../src/manifest/hooks/wait-until-idle';
import type { JsonObject } from '../../../src/manifest/json';
import { type RuleCases, withCompanions } from './case';
import { container, deployment, deploymentOf, deploymentStating } from './manifests';

const sleeping = (seconds: number, grace: number | undefined = 45): JsonObject =>
  deploymentOf({ lifecycle: { preStop: { sleep: { seconds } } } }, { terminationGracePeriodSeconds: grace });

const running = (command: readonly string[], grace = 45): JsonObject =>
  deploymentOf(
    { lifecycle: { preStop: { sleep: undefined, exec: { command } } } },
    { terminationGracePeriodSeconds: grace },
  );

const idle = (deadlineSeconds: number): JsonObject =>
  running(
    waitUntilIdleCommand({
      delaySeconds: 15,
      deadlineSeconds,
      url: 'http://127.0.0.1:8000/metrics',
      gauges: ['running'],
      fetchWith: 'curl',
    }) as string[],
    180,
  );

const beside = (preStop: JsonObject) => ({
  name: 'proxy',
  image: 'registry.example.com/proxy:1',
  lifecycle: { preStop },
});

export const cases: RuleCases = {
  rule: 'prestop-consumes-grace',
  violation: [
    withCompanions(
      'as long as the grace',
      sleeping(45),
      'preStop takes 45 s of the grace of 45 s: SIGKILL comes 2 s after SIGTERM',
      'grace 45 s - preStop 45 s = 0 s',
      'raise terminationGracePeriod to 50 s or more, or shorten the hook to 42 s or less',
    ),
    withCompanions(
      'the two seconds that every container gets',
      sleeping(43),
      'preStop takes 43 s of the grace of 45 s',
    ),
    withCompanions(
      'the default grace',
      deploymentStating(
        {},
        {
          spec: {
            template: {
              spec: {
                terminationGracePeriodSeconds: undefined,
                containers: [container({ lifecycle: { preStop: { sleep: { seconds: 30 } } } })],
              },
            },
          },
        },
      ),
      'the grace of 30 s (the default)',
    ),
    withCompanions(
      'a shell that sleeps',
      running(['/bin/sh', '-c', 'sleep 180'], 120),
      'preStop takes 180 s of the grace of 120 s',
    ),
    withCompanions(
      'at least so long',
      running(['sh', '-c', 'sleep 50; curl -X POST http://localhost/drain']),
      'preStop takes at least 50 s of the grace of 45 s',
    ),
    withCompanions('for ever', running(['sleep', 'infinity']), 'preStop never returns'),
    withCompanions('waits until idle for too long', idle(163), 'preStop takes 178 s of the grace of 180 s'),
    withCompanions(
      'a native sidecar',
      deploymentOf({}, { initContainers: [{ ...beside({ sleep: { seconds: 60 } }), restartPolicy: 'Always' }] }),
      'preStop takes 60 s',
    ),
    withCompanions(
      'nothing else stated',
      deploymentStating(
        { 'longest-request': undefined },
        { spec: { template: { spec: { terminationGracePeriodSeconds: 10 } } } },
      ),
      'to 13 s or more, or shorten the hook to 7 s or less',
    ),
  ],
  pass: [
    withCompanions('some of the grace is left', sleeping(10), 'preStop of main leaves 35 s of the grace of 45 s'),
    withCompanions('one second more than the least', sleeping(42), 'leaves 3 s'),
    withCompanions('a deadline within the grace', idle(150), 'leaves 15 s of the grace of 180 s'),
    withCompanions('a hook that takes no time', running(['true']), 'leaves 45 s'),
  ],
  notApplicable: [
    withCompanions('no hook', deploymentOf({ lifecycle: undefined }), 'no container has a preStop hook'),
    withCompanions('no grace', sleeping(10, 0), 'see grace-zero'),
    withCompanions(
      'no containers',
      deployment({ spec: { template: { spec: { containers: null } } } }),
      'no container has a preStop hook',
    ),
  ],
  cannotJudge: [
    withCompanions('a script in the image', running(['/app/drain.sh']), 'preStop has no known length'),
    withCompanions(
      'httpGet',
      deploymentOf({ lifecycle: { preStop: { sleep: undefined, httpGet: { path: '/drain', port: 8080 } } } }),
      'as long as the server takes to answer',
    ),
  ],
};
