import type { JsonObject } from '../../../src/manifest/json';
import { type RuleCases, withCompanions } from './case';
import { type Changes, container, deployment, deploymentStating } from './manifests';

const stating = (
  intent: Readonly<Record<string, string | undefined>>,
  changes: Changes = {},
  grace: unknown = 45,
): JsonObject =>
  deploymentStating(
    { 'long-lived-connections': 'true', ...intent },
    { spec: { template: { spec: { terminationGracePeriodSeconds: grace, containers: [container(changes)] } } } },
  );

const uvicorn = (version: string, changes: Changes = {}, grace?: number) =>
  stating({ runtime: 'uvicorn', 'runtime-version': version }, { env: [], ...changes }, grace);

export const cases: RuleCases = {
  rule: 'long-lived-connections-cut',
  violation: [
    withCompanions(
      'WebSockets',
      stating({}),
      "are cut 40 s after the deletion, by the server's own timeout (SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE=30s)",
      'preStop delay 10 s + longest request 30 s + margin 5 s = 45 s',
    ),
    withCompanions(
      'several phases end after the grace',
      stating({ 'shutdown-phases': '2' }),
      'cut 45 s after the deletion, by SIGKILL',
    ),
    withCompanions('no timeout', uvicorn('0.54.0'), 'cut 45 s after the deletion, by SIGKILL'),
    withCompanions(
      'a server that cuts streams',
      uvicorn('0.44.0'),
      'cut 10 s after the deletion, by the server at SIGTERM',
    ),
    withCompanions(
      'a server that aborts',
      stating({ sigterm: 'aborts' }),
      'cut 10 s after the deletion, by the server at SIGTERM',
    ),
    withCompanions(
      'a server that ignores SIGTERM',
      stating({ sigterm: 'ignored' }),
      'cut 45 s after the deletion, by SIGKILL',
    ),
    withCompanions(
      'a server that nobody knows',
      stating({ runtime: undefined, 'runtime-version': undefined }),
      'cut 45 s after the deletion, at the latest: by SIGKILL',
    ),
    withCompanions(
      'a hook of unknown length',
      stating({}, { lifecycle: { preStop: { sleep: undefined, exec: { command: ['/app/drain.sh'] } } } }),
      'when preStop returns is not known',
    ),
    withCompanions(
      'preStop takes the whole grace',
      uvicorn('0.54.0', { lifecycle: { preStop: { sleep: { seconds: 45 } } } }),
      'cut 47 s after the deletion',
    ),
  ],
  pass: [
    withCompanions(
      'stated that there are none',
      stating({ 'long-lived-connections': 'false' }),
      'no connection is without an end',
    ),
  ],
  notApplicable: [withCompanions('nothing stated', deployment(), 'nobody stated connections without an end')],
};
