import { type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf } from './manifests';

const hook = (preStop: Changes, container: Changes = {}) =>
  deploymentOf({ ...container, lifecycle: { preStop: { sleep: undefined, ...preStop } } });
const exec = (script: string, args: readonly string[] = ['--port', '8080']) =>
  hook({ exec: { command: ['sh', '-c', script] } }, { args });

export const cases: RuleCases = {
  rule: 'prestop-port-not-open',
  violation: [
    withCompanions(
      'a port that nothing declares',
      exec('curl -s http://localhost:8000/metrics && sleep 10'),
      'preStop asks port 8000, on which nothing is known to listen (known: 8080)',
    ),
    withCompanions('httpGet', hook({ httpGet: { path: '/drain', port: 9999 } }), 'preStop asks port 9999'),
    withCompanions(
      'a name that is not there',
      hook({ httpGet: { path: '/drain', port: 'admin' } }),
      'no port of that name: the hook fails at once',
    ),
  ],
  pass: [
    withCompanions(
      'the port of the server',
      exec('curl -s http://localhost:8080/metrics && sleep 10'),
      'port 8080, which is open',
    ),
    withCompanions(
      'a flag says it',
      hook({ httpGet: { path: '/drain', port: 9090 } }, { args: ['--port', '9090'] }),
      'port 9090, which is open',
    ),
    withCompanions(
      'a name that is there',
      hook({ httpGet: { path: '/drain', port: 'http' } }, { ports: [{ name: 'http', containerPort: 8080 }] }),
      'port http is declared',
    ),
  ],
  notApplicable: [
    withCompanions(
      'an admin port that nothing declares',
      exec('curl -X POST localhost:9901/drain', []),
      'ports that are not declared',
    ),
    withCompanions('no port asked', deployment(), 'asks no port'),
    withCompanions('no hook', deploymentOf({ lifecycle: undefined }), 'no container has a preStop hook'),
    withCompanions(
      'no port declared',
      hook(
        { httpGet: { port: 9999 } },
        { ports: undefined, readinessProbe: undefined, livenessProbe: undefined, startupProbe: undefined },
      ),
      'which are open is not known',
    ),
  ],
};
