import { type Case, only, type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf } from './manifests';

const warning = (example: Case): Case => ({ ...example, severity: 'warning' });
const liveness = (period: number, threshold: number, timeout: number, changes: Changes = {}) =>
  deploymentOf({
    livenessProbe: { periodSeconds: period, failureThreshold: threshold, timeoutSeconds: timeout },
    readinessProbe: { periodSeconds: 2, failureThreshold: 1, timeoutSeconds: 1 },
    ...changes,
  });
const GPU = { resources: { limits: { 'nvidia.com/gpu': 1 } } };

export const cases: RuleCases = {
  rule: 'liveness-kills-busy-server',
  violation: [
    withCompanions(
      'one slow answer',
      liveness(5, 1, 4),
      'one answer slower than 4 s restarts the container (failureThreshold 1)',
      '5 s x 1 + 4 s = 9 s',
    ),
    warning(withCompanions('one very slow answer', liveness(30, 1, 10), 'one answer slower than 10 s')),
    withCompanions(
      'an engine that must answer within 1 s',
      liveness(10, 3, 1, GPU),
      '3 answers slower than 1 s restart an engine',
    ),
    withCompanions(
      'an engine that is recognised by its image',
      liveness(10, 3, 1, { image: 'vllm/vllm-openai:v0.32.0' }),
      'slower than 1 s',
    ),
    warning(
      withCompanions(
        'nine seconds',
        liveness(2, 4, 1),
        'too busy to answer for 9 s',
        'failureThreshold of the liveness probe to 5',
      ),
    ),
    warning(withCompanions('an engine, 29 s', liveness(6, 4, 5, GPU), 'too busy to answer for 29 s')),
    warning(
      withCompanions(
        'before readiness',
        liveness(10, 3, 1, { readinessProbe: { periodSeconds: 10, failureThreshold: 4, timeoutSeconds: 1 } }),
        'restarted after 31 s, before readiness takes it out of the traffic after 41 s',
        'liveness probe to 5 or more',
      ),
    ),
  ],
  pass: [
    withCompanions('patient', deployment(), 'liveness 10 s x 6 + 5 s = 65 s'),
    withCompanions("Kubernetes' defaults on a web server", liveness(10, 3, 1), '= 31 s'),
    withCompanions('ten seconds', liveness(3, 3, 1), '= 10 s'),
    withCompanions('an engine, 30 s', liveness(5, 5, 5, GPU), '= 30 s'),
    withCompanions('an engine with four failures', liveness(10, 4, 1, GPU), '= 41 s'),
  ],
  notApplicable: [
    withCompanions('no liveness probe', deploymentOf({ livenessProbe: undefined }), 'no liveness probe'),
    only('a worker', [liveness(1, 1, 1, { ports: undefined })], 'nothing sends requests'),
  ],
};
