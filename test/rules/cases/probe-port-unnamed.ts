import { type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf } from './manifests';

const named = (changes: Changes) => deploymentOf({ readinessProbe: { httpGet: { port: 'http' } }, ...changes });

export const cases: RuleCases = {
  rule: 'probe-port-unnamed',
  violation: [
    withCompanions(
      'no port with a name',
      named({}),
      "asks port 'http', and container main has no port with a name",
      'add a port named http',
    ),
    withCompanions(
      'another name',
      named({ ports: [{ name: 'web', containerPort: 8080 }] }),
      'has only web: the probe always fails',
    ),
  ],
  pass: [withCompanions('the name is there', named({ ports: [{ name: 'http', containerPort: 8080 }] }), 'is there')],
  notApplicable: [withCompanions('numbers only', deployment(), 'no probe asks a port by name')],
};
