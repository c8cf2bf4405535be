import type { Assessment } from '../manifest/assessment';
import { staysAnnotation, staysSeconds, waitsForConnections } from '../manifest/mesh-proxy';
import type { ProxyView } from '../manifest/traffic-view';
import { secondsText } from '../termination/seconds';
import { cannotJudge, notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';
import { howToState } from './stated-option';

export const meshProxyEndsFirst: WorkloadRule = {
  id: 'mesh-proxy-ends-first',
  title: 'the injected mesh proxy ends before the last request',
  severity: 'error',
  judges: 'workload',
  settledBy: ['longestRequestSeconds', 'trafficSources'],
  hazard:
    'A proxy that is an ordinary container gets SIGTERM with the deletion and ends a few seconds later. Every request still in ' +
    'flight goes through it and is cut then, and the server can reach nothing any more, whatever its own drain allows.',
  remedy: 'Let the proxy stay until the last request is done, or let the mesh run it as a native sidecar.',
  sources: [
    'istio/istio pkg/config/mesh/mesh.go@86c9f01f: terminationDrainDuration 5 s; native sidecars by default from 1.27 on',
    'linkerd/website linkerd.io/content, Graceful Pod Shutdown@93f00175',
    'linkerd/linkerd2 charts/linkerd-control-plane/values.yaml@b24cd4059: native sidecars by default from 2.20 on',
    'istio/istio#34855 and #51855',
  ],
  judge(assessment) {
    const { proxies } = assessment.traffic;
    if (proxies.length === 0) return notApplicable('no mesh is known to put its proxy into the pods');
    return proxies.map((view) => verdictOf(view, assessment));
  },
};

function verdictOf(view: ProxyView, assessment: Assessment): Verdict {
  const { title, proxy, byVersion } = view;
  const { workload, budget, server, serverShutdown } = assessment;
  if (proxy.native) return pass(`${proxy.container} is a native sidecar, which ends after the server`);
  if (waitsForConnections(proxy, workload.pod)) return pass(`${proxy.container} waits until no connection is open`);
  const end = budget?.containers.find(({ name, sidecar }) => name === server?.name && !sidecar)?.endSeconds;
  if (end === undefined || !serverShutdown) {
    return cannotJudge(
      `the longest request is not known, which ${proxy.container} has to outlive`,
      `state it with ${howToState('longestRequestSeconds')}`,
    );
  }
  const stays = staysSeconds(proxy, workload.pod);
  const lastRequest = end - serverShutdown.exitSeconds;
  if (stays >= lastRequest) {
    return pass(
      `${proxy.container} stays ${secondsText(stays)}, the last request is done after ${secondsText(lastRequest)}`,
    );
  }
  const unless = byVersion ? `, unless it is a native sidecar, as it is by default from ${nativeFrom(view)} on` : '';
  return violation({
    message: `${title}: ${proxy.container} ends ${secondsText(stays)} after the deletion, the last request after ${secondsText(lastRequest)} (${secondsText(lastRequest - stays)} short)${unless}`,
    arithmetic: `${budget?.sum}; ${proxy.container}: ${secondsText(stays)}`,
    fix: fixOf(view, Math.ceil(end)),
    field: workload.podField('metadata.annotations'),
    severity: byVersion ? 'warning' : undefined,
  });
}

function fixOf(view: ProxyView, seconds: number): string {
  const { proxy, byVersion } = view;
  const [[annotation, value] = ['', '']] = Object.entries(staysAnnotation(proxy, seconds));
  const [native] = proxy.nativeBy?.value.annotations ?? [];
  const state = byVersion
    ? `; where the mesh is ${nativeFrom(view)} or newer and runs it so, state that with ${howToState('trafficSources')}`
    : '';
  return `annotate the pods with ${annotation}: '${value}' or longer, or with ${native}: 'true' for a native sidecar${state}`;
}

function nativeFrom({ proxy }: ProxyView): string | undefined {
  return proxy.nativeBy?.value.byDefaultFrom;
}
