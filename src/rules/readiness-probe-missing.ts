import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const readinessProbeMissing: WorkloadRule = {
  id: 'readiness-probe-missing',
  title: 'The server behind a Service has no readiness probe',
  severity: 'error',
  judges: 'workload',
  hazard:
    'Without a readiness probe a container counts as ready as soon as its process runs: every new pod gets requests for ' +
    'the whole of its cold start and refuses them, and a rollout replaces all pods before one of the new ones serves.',
  remedy: 'Add a readiness probe that succeeds only when the server can answer requests.',
  sources: [
    'kubernetes/kubernetes pkg/kubelet/prober/prober_manager.go v1.36.2, UpdatePodStatus: no readinessProbe, always ready',
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#readiness-probe',
  ],
  judge({ server, proxy, traffic, runtime, intent, mayServe }) {
    if (!server) return notApplicable('the pod has no container');
    if (server.readiness && server.readiness.kind !== 'none') {
      return pass(`container ${server.name} has a readiness probe`);
    }
    if (proxy?.readiness && proxy.readiness.kind !== 'none') {
      return pass(`sidecar ${proxy.name}, to which the Service leads, has a readiness probe`);
    }
    if (!mayServe) return notApplicable('a worker: no Service selects the pod and it opens no port');
    const path = runtime?.facts?.readinessPath?.value;
    const coldStart = intent.coldStartSeconds;
    const where = {
      fix: `add a readinessProbe that succeeds only when the server can answer${path ? `, for example httpGet ${path}` : ''}`,
      container: server.name,
      field: 'readinessProbe',
    };
    if (server.startup && server.startup.kind !== 'none') {
      return violation({
        ...where,
        message:
          'there is no readiness probe: once the startup probe has succeeded, a server that cannot answer keeps its traffic',
        severity: 'warning',
      });
    }
    if (traffic.sources.length === 0) {
      return violation({
        ...where,
        message: 'there is no readiness probe: a rollout takes each new pod for available as soon as its process runs',
        severity: 'warning',
      });
    }
    return violation({
      ...where,
      message: 'there is no readiness probe: each new pod gets requests as soon as its process runs, before it serves',
      arithmetic: coldStart
        ? `ready 0 s after its start, serving after the cold start of ${coldStart} s: ${coldStart} s of failed requests for each new pod`
        : undefined,
    });
  },
};
