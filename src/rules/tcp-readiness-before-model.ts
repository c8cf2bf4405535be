import { actionText } from '../manifest/probe-action';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const tcpReadinessBeforeModel: WorkloadRule = {
  id: 'tcp-readiness-before-model',
  title: 'readiness of a model server is an open port',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'A TCP probe sees that the port is open, and nothing else. A server that opens it before the model is loaded gets requests for the minutes ' +
    'of the load and fails them, and one that drains behind an open port never turns unready.',
  remedy: 'Ask the health path of the server by httpGet, or its gRPC health service.',
  sources: [
    'measured: vLLM 0.32.0 with --api-server-count 2: after SIGTERM a TCP probe stays green while every request fails',
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-a-tcp-liveness-probe',
  ],
  judge({ server, servesModel, runtime }) {
    if (!server?.readiness) return notApplicable('there is no readiness probe');
    if (!servesModel) return notApplicable('the server loads no model, as far as one can tell');
    if (server.readiness.kind !== 'tcpSocket') return pass(`readiness asks ${actionText(server.readiness)}`);
    const path = runtime?.facts?.readinessPath?.value;
    return violation({
      message: `readiness asks ${actionText(server.readiness)}: an open port does not tell whether the model is loaded`,
      fix: `use httpGet${path ? ` ${path}` : ' with the health path of the server'} on that port`,
      container: server.name,
      field: 'readinessProbe.tcpSocket',
    });
  },
};
