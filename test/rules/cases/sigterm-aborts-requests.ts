import { waitUntilIdleCommand } from '../../../src/manifest/hooks/wait-until-idle';
import type { JsonObject } from '../../../src/manifest/json';
import { only, type RuleCases, withCompanions } from './case';
import { type Changes, container, deployment, deploymentStating } from './manifests';

type Stated = Readonly<Record<string, string | undefined>>;

const stating = (intent: Stated, changes: Changes = {}, grace = 45): JsonObject =>
  deploymentStating(intent, {
    spec: { template: { spec: { terminationGracePeriodSeconds: grace, containers: [container(changes)] } } },
  });

const UNSTATED = { runtime: undefined, 'runtime-version': undefined };

const vllm = (tag: string, changes: Changes = {}, intent: Stated = {}): JsonObject =>
  stating({ ...UNSTATED, ...intent }, { image: `vllm/vllm-openai:${tag}`, env: [], ...changes }, 180);

const running = (command: readonly string[]) => ({ lifecycle: { preStop: { sleep: undefined, exec: { command } } } });

const idle = (deadlineSeconds: number) =>
  running(
    waitUntilIdleCommand({
      delaySeconds: 10,
      deadlineSeconds,
      url: 'http://127.0.0.1:8000/metrics',
      gauges: ['running'],
      fetchWith: 'curl',
    }),
  );

const sleeping = (seconds: number) => ({ lifecycle: { preStop: { sleep: { seconds } } } });

export const cases: RuleCases = {
  rule: 'sigterm-aborts-requests',
  violation: [
    withCompanions(
      'vLLM without its drain',
      vllm('v0.32.0'),
      'vLLM 0.32.0 aborts requests in flight at SIGTERM, and preStop holds 10 s',
      'needed: kube-proxy 5 s + longest request 30 s = 35 s; preStop holds 10 s; SIGTERM: --shutdown-timeout is not set',
      'let preStop wait until its in-flight gauges are zero, up to 30 s',
      'turn its drain on with --shutdown-timeout 30 or more',
      'let preStop hold 35 s or more',
    ),
    withCompanions(
      'Spring Boot 3.3 without graceful shutdown',
      stating({ 'runtime-version': '3.3.0' }, { env: [] }),
      'SERVER_SHUTDOWN is not set',
      'SERVER_SHUTDOWN=graceful',
      'state drains',
    ),
    withCompanions(
      'one second short',
      stating({ sigterm: 'aborts' }, sleeping(34)),
      'preStop holds 34 s',
      'let preStop hold 35 s or more',
    ),
    withCompanions(
      'waits until idle, but one second too short',
      vllm('v0.32.0', idle(29)),
      'needed: longest request 30 s; preStop waits until idle for 29 s at most',
    ),
    withCompanions(
      'no longest request, no hold',
      vllm('v0.17.1', sleeping(5), { 'longest-request': undefined }),
      'vLLM 0.17.1 aborts',
      'the longest request, which is not known',
      'let preStop hold 5 s and the longest request',
    ),
    withCompanions(
      'several API servers',
      vllm('v0.32.0', { args: ['--shutdown-timeout', '60', '--api-server-count=2'] }),
      '--api-server-count above 1 breaks the drain',
      'set --api-server-count 1, with which it can drain',
    ),
    only('not behind a Service', [vllm('v0.32.0')], 'needed: longest request 30 s; preStop holds 10 s'),
    {
      ...withCompanions(
        'SIGTERM is ignored',
        stating({ sigterm: 'ignored' }),
        'ignores SIGTERM, so every pod stays until SIGKILL after its whole grace of 45 s',
      ),
      severity: 'warning',
    },
    {
      ...withCompanions(
        'SIGTERM is ignored, just in time',
        stating({ sigterm: 'ignored' }, {}, 35),
        'whole grace of 35 s',
      ),
      severity: 'warning',
    },
    withCompanions(
      'SIGTERM is ignored, SIGKILL is too early',
      stating({ sigterm: 'ignored' }, {}, 34),
      'cuts requests that may last until 35 s (1 s short)',
    ),
  ],
  pass: [
    withCompanions(
      'a flag in the script of a shell',
      vllm('v0.32.0', { ...sleeping(6), command: ['sh', '-c', 'exec vllm serve m --shutdown-timeout 30'] }),
      '--shutdown-timeout is 30',
    ),
    withCompanions('the server drains', deployment(), 'Spring Boot 3.5.0 lets requests in flight finish'),
    withCompanions(
      'vLLM with its drain',
      vllm('v0.32.0', { args: ['--shutdown-timeout=60'] }),
      '--shutdown-timeout is 60',
    ),
    withCompanions(
      'preStop holds just long enough',
      stating({ sigterm: 'aborts' }, sleeping(35)),
      'only when the last request is done',
    ),
    withCompanions('preStop waits until idle', vllm('v0.32.0', idle(30)), 'only when the last request is done'),
  ],
  notApplicable: [
    withCompanions('a server that nobody knows', stating(UNSTATED), 'see runtime-unknown'),
    only('no requests', [stating(UNSTATED)], 'nothing is known to send requests'),
    withCompanions(
      'no longest request',
      vllm('v0.32.0', sleeping(6), { 'longest-request': undefined }),
      'see grace-shorter-than-shutdown',
    ),
  ],
  cannotJudge: [
    withCompanions(
      'a start script that nobody read may give the flag',
      vllm('v0.32.0', { ...sleeping(6), command: ['/app/start.sh'] }),
      'whether --shutdown-timeout is given is not known: what start.sh adds',
    ),
    withCompanions(
      'a variable of the start script',
      vllm('v0.32.0', { ...sleeping(6), command: ['sh', '-c', 'exec vllm serve m --shutdown-timeout $DRAIN'] }),
      '--shutdown-timeout has a value that is known only in the container',
    ),
    withCompanions(
      'what the application does is not stated',
      stating({ runtime: 'node-http', 'runtime-version': undefined }),
      "the application's own code decides",
    ),
    withCompanions(
      'a server of their own, not described',
      stating({ runtime: 'custom', 'runtime-version': undefined }),
      'is not stated',
    ),
    withCompanions(
      'a hook of unknown length',
      vllm('v0.32.0', running(['/app/wait-until-idle.sh'])),
      'how long preStop holds is not known',
    ),
  ],
};
