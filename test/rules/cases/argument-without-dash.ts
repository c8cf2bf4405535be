import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf } from './manifests';

const run = (...command: readonly string[]) => deploymentOf({ command });

export const cases: RuleCases = {
  rule: 'argument-without-dash',
  violation: [
    withCompanions(
      'a timeout without its dash',
      run('/proxy', '-dir=/run', 'term_timeout=10s'),
      "'term_timeout=10s' stands among flags without a dash",
      'write -term_timeout=10s',
    ),
    withCompanions(
      'in args',
      deploymentOf({ args: ['--listen=:8080', 'drain-timeout=30s'] }),
      'write --drain-timeout=30s',
    ),
  ],
  pass: [withCompanions('with it', run('/proxy', '-dir=/run', '-term_timeout=10s'), 'has its dash')],
  notApplicable: [
    withCompanions('no flags', deployment(), 'no flag'),
    withCompanions('a variable for env', run('env', 'drain_timeout=5', '/app'), 'no flag'),
  ],
};
