import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf } from './manifests';

const running = (script: string) =>
  deploymentOf({ lifecycle: { preStop: { sleep: undefined, exec: { command: ['sh', '-c', script] } } } });
const FETCH = 'curl -s localhost:8080/metrics | grep -q "in_flight 0"';

export const cases: RuleCases = {
  rule: 'prestop-loop-unbounded',
  violation: [
    withCompanions(
      'a loop until idle',
      running(`while true; do if ${FETCH}; then exit 0; fi; sleep 5; done`),
      'preStop loops until its condition holds, without a deadline, and its curl has no --max-time: it may take the whole grace of 45 s',
      'let the loop end by itself',
    ),
    withCompanions(
      'another condition',
      running('until test -f /tmp/done; do sleep 1; done'),
      'without a deadline: it may take',
    ),
  ],
  pass: [
    withCompanions('a fixed wait', running('sleep 10'), 'preStop of main ends by itself'),
    withCompanions('a counted loop', running('for i in 1 2 3; do sleep 1; done'), 'ends by itself'),
    withCompanions(
      'a timeout around it',
      running(`timeout 20 sh -c "while ! ${FETCH.replace(/"/g, "'")}; do sleep 1; done"`),
      'main',
    ),
  ],
  notApplicable: [
    withCompanions('no command', deployment(), 'no preStop hook runs a command'),
    withCompanions('a program of unknown length', running('/app/drain'), 'see prestop-consumes-grace'),
  ],
};
