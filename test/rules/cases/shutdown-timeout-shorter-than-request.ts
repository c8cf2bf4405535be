import type { JsonObject } from '../../../src/manifest/json';
import { only, type RuleCases, withCompanions } from './case';
import { type Changes, companions, container, deploymentOf, deploymentStating } from './manifests';

const phase = (timeout: string): JsonObject =>
  deploymentOf({ env: [{ name: 'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE', value: timeout }] });

const stating = (intent: Readonly<Record<string, string | undefined>>, changes: Changes = {}): JsonObject =>
  deploymentStating(intent, { spec: { template: { spec: { containers: [container(changes)] } } } });

const running = (command: readonly string[]) => ({ lifecycle: { preStop: { sleep: undefined, exec: { command } } } });

const FROM_CONFIG_MAP = {
  name: 'SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE',
  valueFrom: { configMapKeyRef: { name: 'orders', key: 'phase' } },
};

const configMap: JsonObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'shop', name: 'orders' },
  data: { phase: '20s' },
};

export const cases: RuleCases = {
  rule: 'shutdown-timeout-shorter-than-request',
  violation: [
    withCompanions(
      'a shorter phase timeout',
      phase('20s'),
      'Spring Boot 3.5.0 cuts what is in flight after 20 s (SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE=20s), the longest request takes 30 s (10 s short)',
      'longest request 30 s - shutdown timeout 20 s = 10 s',
      'set SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE=30s or more',
    ),
    only(
      'by a variable from a ConfigMap',
      [stating({}, { env: [FROM_CONFIG_MAP] }), ...companions(), configMap],
      'cuts what is in flight after 20 s',
    ),
    withCompanions(
      'by the longer name of the variable',
      stating({}, { env: [{ name: 'SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE', value: '20s' }] }),
      'cuts what is in flight after 20 s',
    ),
    withCompanions(
      'by a Java property',
      stating(
        {},
        { env: [{ name: 'JAVA_TOOL_OPTIONS', value: '-Xmx1g -Dspring.lifecycle.timeout-per-shutdown-phase=20s' }] },
      ),
      'cuts what is in flight after 20 s',
    ),
    withCompanions('one second short', phase('29s'), '(1 s short)'),
    withCompanions('the default', stating({ 'longest-request': '31s' }, { env: [] }), 'default 30 s'),
    withCompanions(
      'a flag of uvicorn',
      stating(
        { runtime: 'uvicorn', 'runtime-version': '0.54.0' },
        { env: [], args: ['--timeout-graceful-shutdown', '12'] },
      ),
      '(18 s short)',
      '(--timeout-graceful-shutdown=12)',
      'set --timeout-graceful-shutdown 30 or more',
    ),
    withCompanions(
      'a stated timeout',
      stating({ runtime: 'custom', 'runtime-version': undefined, sigterm: 'drains', 'drain-timeout': '25s' }),
      'the server cuts what is in flight after 25 s (stated)',
      'drain-timeout, to 30 s or more',
    ),
    withCompanions(
      'vLLM leaves its streams hanging',
      stating(
        { runtime: undefined, 'runtime-version': undefined },
        { image: 'vllm/vllm-openai:v0.32.0', args: ['--shutdown-timeout=20'] },
      ),
      'vLLM 0.32.0 leaves what is in flight hanging after 20 s',
      '--shutdown-timeout 30',
    ),
  ],
  pass: [
    withCompanions('as long as the longest request', phase('30s'), 'waits 30 s'),
    withCompanions(
      'preStop holds instead',
      stating(
        {},
        {
          env: [{ name: 'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE', value: '1s' }],
          lifecycle: { preStop: { sleep: { seconds: 35 } } },
        },
      ),
      'only when the last request is done',
    ),
  ],
  notApplicable: [
    withCompanions(
      'no timeout',
      stating({ runtime: 'uvicorn', 'runtime-version': '0.54.0' }, { env: [] }),
      'uvicorn 0.54.0 has no timeout of its own',
    ),
    withCompanions('no drain', stating({ sigterm: 'aborts' }), 'see sigterm-aborts-requests'),
    withCompanions(
      'a server that nobody knows',
      stating({ runtime: undefined, 'runtime-version': undefined }),
      'is not known',
    ),
    withCompanions(
      'no longest request',
      deploymentStating({ 'longest-request': undefined }),
      'see grace-shorter-than-shutdown',
    ),
    withCompanions(
      'a hook of unknown length',
      deploymentOf({
        ...running(['/app/drain.sh']),
        env: [{ name: 'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE', value: '1s' }],
      }),
      'see prestop-consumes-grace',
    ),
    withCompanions(
      'neither',
      stating({ 'longest-request': undefined }, running(['/app/drain.sh'])),
      'see prestop-consumes-grace',
    ),
  ],
  cannotJudge: [
    withCompanions(
      'the timeout comes from a ConfigMap elsewhere',
      stating({}, { env: [FROM_CONFIG_MAP] }),
      'SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE comes from a ConfigMap',
    ),
    withCompanions(
      'the default would be too short, and may not hold',
      stating({ 'longest-request': '31s' }, { env: [], envFrom: [{ secretRef: { name: 'orders' } }] }),
      'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE may come from a ConfigMap or a Secret',
    ),
  ],
};
