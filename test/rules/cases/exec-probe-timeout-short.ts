import { type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf } from './manifests';

const EXEC = { httpGet: undefined, exec: { command: ['/app/ok'] } };
const probe = (name: string, changes: Changes = {}) =>
  deploymentOf({ [`${name}Probe`]: { ...EXEC, timeoutSeconds: undefined, ...changes } });

export const cases: RuleCases = {
  rule: 'exec-probe-timeout-short',
  violation: [
    withCompanions(
      'the default timeout',
      probe('liveness'),
      'the liveness probe runs a program and gives it 1 s: 6 slow answers in a row and the container is restarted',
      'set timeoutSeconds of the liveness probe to 5',
    ),
    withCompanions(
      'readiness',
      probe('readiness', { failureThreshold: 1 }),
      '1 slow answer in a row and the pod loses its traffic',
    ),
    withCompanions('startup', probe('startup'), 'before it has started'),
  ],
  pass: [withCompanions('time enough', probe('liveness', { timeoutSeconds: 5 }), 'has 5 s')],
  notApplicable: [withCompanions('no exec probe', deployment(), 'no probe runs a program')],
};
