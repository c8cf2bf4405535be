import type { JsonObject } from '../../../src/manifest/json';
import { type RuleCases, withCompanions } from './case';
import { type Changes, container, deployment, deploymentStating } from './manifests';

const stating = (intent: Readonly<Record<string, string | undefined>>, changes: Changes = {}): JsonObject =>
  deploymentStating(intent, { spec: { template: { spec: { containers: [container({ env: [], ...changes })] } } } });

const uvicorn = (version: string | undefined, changes: Changes = {}) =>
  stating({ runtime: 'uvicorn', 'runtime-version': version }, changes);

const vllm = (tag: string, uvicornVersion?: string, changes: Changes = {}) =>
  stating(
    { runtime: undefined, 'runtime-version': undefined, 'uvicorn-version': uvicornVersion },
    { image: `vllm/vllm-openai:${tag}`, args: ['--shutdown-timeout=60'], ...changes },
  );

const sleeping = (seconds: number) => ({ lifecycle: { preStop: { sleep: { seconds } } } });
const warning = 'warning' as const;

export const cases: RuleCases = {
  rule: 'streams-cut-by-server',
  violation: [
    {
      ...withCompanions(
        'uvicorn 0.44',
        uvicorn('0.44.0'),
        'uvicorn 0.44.0 cuts every streaming response at SIGTERM',
        'kube-proxy 5 s + longest request 30 s = 35 s; preStop holds 10 s',
        'let preStop hold 35 s or more, or use uvicorn 0.45.0 or later',
      ),
      severity: warning,
    },
    {
      ...withCompanions(
        'a version that nobody stated',
        uvicorn(undefined),
        'which one runs is not known',
        'runtime-version',
      ),
      severity: warning,
    },
    { ...withCompanions('one second short', uvicorn('0.43.0', sleeping(34)), 'preStop holds 34 s'), severity: warning },
    withCompanions(
      'vLLM whose uvicorn is not known',
      vllm('v0.19.1'),
      'vLLM 0.19.1 may cut every streaming response',
      'uvicorn-version',
    ),
    withCompanions(
      'vLLM with a uvicorn that cuts',
      vllm('v0.19.1', '0.44.0'),
      'cuts every streaming response at SIGTERM with uvicorn 0.44.0',
    ),
    {
      ...withCompanions(
        'no longest request',
        stating({ runtime: 'uvicorn', 'runtime-version': '0.44.0', 'longest-request': undefined }, sleeping(5)),
        'let preStop hold 5 s and the longest request',
      ),
      severity: warning,
    },
  ],
  pass: [
    withCompanions('uvicorn 0.45', uvicorn('0.45.0'), 'nothing is known of uvicorn 0.45.0 cutting streams'),
    withCompanions(
      'preStop holds just long enough',
      uvicorn('0.44.0', sleeping(35)),
      'only when the last request is done',
    ),
    withCompanions(
      'vLLM with a uvicorn that lets streams finish',
      vllm('v0.19.1', '0.42.0'),
      'nothing is known of vLLM 0.19.1',
    ),
    withCompanions('vLLM 0.32', vllm('v0.32.0'), 'nothing is known of vLLM 0.32.0'),
    withCompanions('another server', deployment(), 'Spring Boot 3.5.0'),
  ],
  notApplicable: [
    withCompanions('no drain', vllm('v0.19.1', undefined, { args: [] }), 'see sigterm-aborts-requests'),
    withCompanions(
      'a server that nobody knows',
      stating({ runtime: undefined, 'runtime-version': undefined }),
      'is not known',
    ),
    withCompanions(
      'no longest request',
      stating({ runtime: 'uvicorn', 'runtime-version': '0.44.0', 'longest-request': undefined }),
      'see grace-shorter-than-shutdown',
    ),
    withCompanions(
      'a hook of unknown length',
      uvicorn('0.44.0', { lifecycle: { preStop: { sleep: undefined, exec: { command: ['/app/drain.sh'] } } } }),
      'see prestop-consumes-grace',
    ),
  ],
};
