import type { Container } from './container';
import type { Workload } from './fleet';
import { numberAt, valueAt } from './json';

/** The containers that a request passes. */
export interface Reached {
  /** The container whose program does the work. */
  readonly server?: Container;
  /** A native sidecar in front of it. */
  readonly proxy?: Container;
}

/**
 * Where the Services of a workload lead: to the container with a port that one of them names. A native sidecar counts
 * where no other container has such a port, so one whose metrics have a port in the Service is not taken for a proxy.
 */
export function reachedContainers({ pod, services, inferencePools, knativeTimeout }: Workload): Reached {
  // The queue-proxy, which no manifest holds.
  if (knativeTimeout !== undefined) return {};
  const { containers, sidecars } = pod;
  if (containers.length + sidecars.length < 2 || services.length + inferencePools.length === 0) {
    return { server: containers[0] };
  }
  const targets = new Set<unknown>([
    ...services.flatMap(({ ports }) => ports.map((port) => valueAt(port, 'targetPort') ?? numberAt(port, 'port'))),
    ...inferencePools.flatMap(({ ports }) => ports),
  ]);
  const isTarget = ({ ports }: Container) =>
    ports.some(({ containerPort, name }) => targets.has(containerPort) || (name !== undefined && targets.has(name)));
  const direct = containers.find(isTarget);
  if (direct) return { server: direct };
  const proxy = sidecars.find(isTarget);
  if (!proxy) return { server: containers[0] };
  return { server: containers.find(({ ports }) => ports.length > 0) ?? containers[0], proxy };
}
