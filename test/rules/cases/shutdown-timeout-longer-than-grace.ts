import type { JsonObject } from '../../../src/manifest/json';
import { type RuleCases, withCompanions } from './case';
import { type Changes, container, deployment, deploymentStating } from './manifests';

const stating = (intent: Readonly<Record<string, string | undefined>>, changes: Changes = {}, grace = 45): JsonObject =>
  deploymentStating(intent, {
    spec: { template: { spec: { terminationGracePeriodSeconds: grace, containers: [container(changes)] } } },
  });

const phase = (timeout: string) => ({ env: [{ name: 'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE', value: timeout }] });
const running = (command: readonly string[]) => ({ lifecycle: { preStop: { sleep: undefined, exec: { command } } } });
const warning = 'warning' as const;
const NO_REQUEST = { 'longest-request': undefined };

export const cases: RuleCases = {
  rule: 'shutdown-timeout-longer-than-grace',
  violation: [
    withCompanions(
      'a chosen timeout is all that is known',
      stating(NO_REQUEST, phase('60s')),
      'Spring Boot 3.5.0 may wait 60 s for requests (SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE=60s), SIGKILL comes 35 s after SIGTERM (25 s short)',
      'grace 45 s - preStop 10 s = 35 s left; shutdown timeout 60 s',
      'raise terminationGracePeriod to 75 s or more, or set SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE=35s',
    ),
    { ...withCompanions('the stated requests fit', stating({}, phase('36s')), '(1 s short)'), severity: warning },
    {
      ...withCompanions(
        'the default of the server',
        stating(NO_REQUEST, { env: [] }, 30),
        'default 30 s',
        '(10 s short)',
      ),
      severity: warning,
    },
    {
      ...withCompanions(
        'several phases',
        stating({ 'shutdown-phases': '2' }),
        'shutdown timeout 30 s x 2 phases = 60 s',
        'to 75 s or more',
      ),
      severity: warning,
    },
    {
      ...withCompanions(
        'a quiet period before it',
        stating(
          { runtime: 'fast-api', 'runtime-version': '0.54.0' },
          {
            env: [
              { name: 'CDK8S_GRACEFUL_QUIET_SECONDS', value: '6' },
              { name: 'UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN', value: '30' },
            ],
          },
        ),
        'grace 45 s - preStop 10 s - quiet period 6 s = 29 s left',
      ),
      severity: warning,
    },
    withCompanions(
      'a hook of unknown length, and too short without it',
      stating(NO_REQUEST, { ...phase('60s'), ...running(['/app/drain.sh']) }),
      'preStop 0 s = 45 s left',
    ),
    withCompanions(
      'vLLM',
      stating(
        { ...NO_REQUEST, runtime: undefined, 'runtime-version': undefined },
        { image: 'vllm/vllm-openai:v0.32.0', args: ['--shutdown-timeout=60'] },
      ),
      'vLLM 0.32.0 may wait 60 s',
      'to 89 s or more',
    ),
  ],
  pass: [
    withCompanions('exactly what is left', stating({}, phase('35s')), '= 35 s left, shutdown timeout 35 s'),
    withCompanions('less than what is left', deployment(), 'shutdown timeout 30 s'),
  ],
  notApplicable: [
    withCompanions(
      'no timeout',
      stating({ runtime: 'uvicorn', 'runtime-version': '0.54.0' }, { env: [] }),
      'no timeout of its own',
    ),
    withCompanions('no drain', stating({ sigterm: 'aborts' }), 'see sigterm-aborts-requests'),
    withCompanions(
      'preStop holds',
      stating({}, { ...phase('600s'), lifecycle: { preStop: { sleep: { seconds: 35 } } } }, 75),
      'the timeout is never reached',
    ),
    withCompanions(
      'a server that nobody knows',
      stating({ runtime: undefined, 'runtime-version': undefined }),
      'is not known',
    ),
    withCompanions(
      'a timeout that ends nothing',
      stating(
        { runtime: undefined, 'runtime-version': undefined },
        { image: 'vllm/vllm-openai:v0.32.0', args: ['--shutdown-timeout=600'] },
      ),
      'SIGKILL is their end in any case',
    ),
    withCompanions('a hook of unknown length', stating({}, running(['/app/drain.sh'])), 'see prestop-consumes-grace'),
  ],
  cannotJudge: [
    withCompanions(
      'the timeout comes from a Secret',
      stating({}, { env: [{ name: 'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE', valueFrom: { secretKeyRef: {} } }] }),
      'comes from a ConfigMap, a Secret or a field that was not read',
    ),
  ],
};
