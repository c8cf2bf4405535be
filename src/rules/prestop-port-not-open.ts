import type { Container, ContainerPort } from '../manifest/container';
import type { Hook } from '../manifest/hook';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const prestopPortNotOpen: WorkloadRule = {
  id: 'prestop-port-not-open',
  title: 'preStop talks to a port on which nothing is known to listen',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'The hook fails, which is an event and nothing more, or its loop never sees the answer that it waits for. SIGTERM comes at once, or ' +
    'after the whole grace; in both cases what the hook should have waited for is cut.',
  remedy: 'Use the port on which the server listens, and declare it in ports of the container.',
  sources: [
    'kubernetes/kubernetes pkg/kubelet/lifecycle/handlers.go v1.36.2, runHTTPHandler: the status of the answer is ignored',
    'InftyAI/llmaz@3c13ff3 chart/templates/backends/vllm.yaml (the hook asks port 8000, the engine listens on 8080)',
  ],
  judge({ workload }) {
    const verdicts: Verdict[] = [];
    for (const container of workload.pod.all) {
      if (container.preStop) verdicts.push(judgeHook(container, container.preStop, workload.pod.all));
    }
    return verdicts.length > 0 ? verdicts : notApplicable('no container has a preStop hook');
  },
};

const LOCAL_PORT = /(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):(\d{2,5})\b/g;

function judgeHook(container: Container, hook: Hook, all: readonly Container[]): Verdict {
  const where = { container: container.name, field: 'lifecycle.preStop' };
  if (hook.kind === 'httpGet' && typeof hook.port === 'string' && !/^\d+$/.test(hook.port)) {
    if (container.ports.some((port) => port.name === hook.port)) return pass(`port ${hook.port} is declared`);
    return violation({
      ...where,
      message: `preStop asks port '${hook.port}', and container ${container.name} has no port of that name: the hook fails at once`,
      fix: `name a port of ${container.name}, or write its number`,
    });
  }
  const asked = portsAsked(hook);
  if (asked.length === 0) return notApplicable('preStop asks no port');
  // What a container opens besides is not written anywhere; only where the server is told its port is another one a mistake.
  if (hook.command && container.flag('--port') === undefined)
    return notApplicable('the server may have ports that are not declared');
  const open = new Set(all.flatMap(portsOf));
  if (open.size === 0) return notApplicable('no port is declared, so which are open is not known');
  const closed = asked.find((port) => !open.has(port));
  if (closed === undefined) return pass(`preStop asks port ${asked.join(', ')}, which is open`);
  return violation({
    ...where,
    message: `preStop asks port ${closed}, on which nothing is known to listen (known: ${[...open].join(', ')})`,
    fix: `ask the port of the server, or declare ${closed} in ports if a container listens there`,
  });
}

const NONE: readonly number[] = [];

function portsAsked(hook: Hook): readonly number[] {
  if (hook.kind === 'httpGet') return hook.port === undefined ? [] : [Number(hook.port)];
  if (!hook.command) return [];
  let found: Set<number> | undefined;
  for (const word of hook.command) {
    if (!word.includes(':')) continue;
    found ??= new Set();
    for (const [, port] of word.matchAll(LOCAL_PORT)) found.add(Number(port));
  }
  return found ? [...found] : NONE;
}

/** Declared, asked by a probe, or given as a flag. */
function portsOf(container: Container): readonly number[] {
  const probes = [container.readiness, container.liveness, container.startup];
  const numbers = [
    ...container.ports.map((port: ContainerPort) => port.containerPort),
    ...probes.map((probe) => probe?.port),
    Number(container.flag('--port')),
  ];
  return numbers.filter((port): port is number => typeof port === 'number' && port > 0);
}
