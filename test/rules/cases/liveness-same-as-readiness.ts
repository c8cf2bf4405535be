import { type Case, only, type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf } from './manifests';

const warning = (example: Case): Case => ({ ...example, severity: 'warning' });

const PROBE = { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 1 };

function probes(liveness: Changes, readiness: Changes = {}, changes: Changes = {}) {
  return deploymentOf({
    livenessProbe: { ...PROBE, ...liveness },
    readinessProbe: { ...PROBE, ...readiness },
    ...changes,
  });
}

const action = (liveness: Changes, readiness: Changes) =>
  probes({ httpGet: undefined, ...liveness }, { httpGet: undefined, ...readiness });
const http = (changes: object) => ({ httpGet: { path: '/healthz', port: 8080, ...changes } });

export const cases: RuleCases = {
  rule: 'liveness-same-as-readiness',
  violation: [
    withCompanions(
      'equal probes',
      probes({}),
      'liveness and readiness both ask GET /healthz on port 8080: a busy server is restarted after 31 s, when readiness takes it out of the traffic after 31 s',
      'raise its failureThreshold to 6 or more',
    ),
    withCompanions('liveness tighter', probes({ failureThreshold: 2 }), 'restarted after 21 s'),
    withCompanions(
      'a named port and its number',
      probes(http({ port: 'http' }), {}, { ports: [{ name: 'http', containerPort: 8080 }] }),
      'both ask GET /healthz',
    ),
    withCompanions('a default written out', probes(http({ scheme: 'HTTP' }), {}), 'both ask'),
    withCompanions(
      'gRPC',
      action({ grpc: { port: 9555 } }, { grpc: { port: 9555, service: '' } }),
      'both ask gRPC on port 9555',
    ),
    withCompanions(
      'TCP',
      action({ tcpSocket: { port: 8080 } }, { tcpSocket: { port: 8080 } }),
      'both ask TCP on port 8080',
    ),
    withCompanions('exec', action({ exec: { command: ['/ok'] } }, { exec: { command: ['/ok'] } }), 'both ask exec /ok'),
    warning(withCompanions('a little looser', probes({ failureThreshold: 5 }), 'only 20 s outside of the traffic')),
    warning(only('a worker', [probes({})], 'liveness and readiness both ask')),
  ],
  pass: [
    withCompanions('two paths', deployment(), 'liveness asks GET /actuator/health/liveness'),
    withCompanions('clearly looser', probes({ failureThreshold: 6 }), '30 s before a restart'),
    withCompanions('another query', probes(http({ path: '/healthz?full=true' }), {}), 'liveness asks'),
    withCompanions('another scheme', probes(http({ scheme: 'HTTPS' }), {}), 'liveness asks'),
    withCompanions('another host', probes(http({ host: 'localhost' }), {}), 'liveness asks'),
    withCompanions(
      'another header',
      probes(http({ httpHeaders: [{ name: 'Cookie', value: 'a=b' }] }), {}),
      'liveness asks',
    ),
    withCompanions('another port', probes(http({ port: 9090 }), {}), 'on port 9090'),
    withCompanions('a port by a name that nothing has', probes(http({ port: 'http' }), {}), 'on port http'),
    withCompanions(
      'another gRPC service',
      action({ grpc: { port: 1, service: 'live' } }, { grpc: { port: 1 } }),
      'gRPC',
    ),
    withCompanions(
      'another command',
      action({ exec: { command: ['/live'] } }, { exec: { command: ['/ok'] } }),
      'exec /live',
    ),
    withCompanions('another kind', action({ tcpSocket: { port: 8080 } }, { exec: { command: ['/ok'] } }), 'TCP'),
  ],
  notApplicable: [withCompanions('no liveness probe', deploymentOf({ livenessProbe: undefined }), 'both a liveness')],
};
