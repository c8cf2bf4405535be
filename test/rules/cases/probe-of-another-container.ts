import { type RuleCases, withCompanions } from './case';
import { container, deployment, merged } from './manifests';

const beside = { name: 'http', image: 'registry.example.com/http:1.0.0', ports: [{ containerPort: 8000 }] };
const pair = (port: number) =>
  merged(deployment(), {
    spec: { template: { spec: { containers: [container({ livenessProbe: { httpGet: { port } } }), beside] } } },
  });

export const cases: RuleCases = {
  rule: 'probe-of-another-container',
  violation: [
    withCompanions(
      'the port of the sidecar',
      pair(8000),
      'the liveness probe asks port 8000, which container http declares and main does not',
      'ask a port of main',
    ),
  ],
  pass: [
    withCompanions('its own port', pair(8080), 'asks its own port 8080'),
    withCompanions('a port that nobody declares', pair(9000), 'no other container declares port 9000'),
  ],
  notApplicable: [withCompanions('one container', deployment(), 'one container')],
};
