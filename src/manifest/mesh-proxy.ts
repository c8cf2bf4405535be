import type { ContainerShutdown, Term } from '../termination/budget';
import type { MeshProxy } from '../traffic';
import { parseGoSeconds } from './go-duration';
import type { Pod } from './pod';
import type { Traffic } from './traffic-view';

/**
 * The shutdown of the proxies that meshes put into the pod, as far as the manifest does not hold them already. What the version of
 * the mesh decides is left out: an ordinary container that nobody told to stay ends before the server, a native one within the margin.
 */
export function proxyShutdowns(traffic: Traffic, pod: Pod, native: boolean): readonly ContainerShutdown[] {
  const there = new Set(pod.all.map(({ name }) => name));
  return traffic.proxies.flatMap(({ proxy, byVersion }) =>
    !byVersion && proxy.native === native && !there.has(proxy.container) ? [shutdownOf(proxy, pod)] : [],
  );
}

function shutdownOf(proxy: MeshProxy, pod: Pod): ContainerShutdown {
  const { container, native, drainSeconds } = proxy;
  const kind = native ? 'sidecar' : 'container';
  const terms = (id: Term['id'], part: string, seconds: number, reason: string): readonly Term[] =>
    seconds > 0 ? [{ id, label: `${kind} ${container} ${part}`, seconds, reason }] : [];
  const stays = staysSeconds(proxy, pod);
  const inPreStop = proxy.staysBy?.value.counts === 'pre-stop';
  return {
    name: container,
    preStop: inPreStop ? terms('sidecar-pre-stop', 'preStop', stays, 'its wait before exit') : [],
    afterSigterm: terms('sidecar-drain', 'drain', inPreStop ? drainSeconds.value : stays, drainSeconds.source),
  };
}

/** How long an injected proxy stays after the deletion; how long a native one needs after its SIGTERM. */
export function staysSeconds({ drainSeconds, staysBy }: MeshProxy, pod: Pod): number {
  if (!staysBy) return drainSeconds.value;
  const { annotation, key, counts } = staysBy.value;
  const text = pod.annotationFor(annotation);
  const given = text === undefined ? undefined : key === undefined ? wholeSeconds(text) : durationAt(text, key);
  const byDefault = counts === 'drain' ? drainSeconds.value : 0;
  return given ?? byDefault;
}

/** Whether it was told to stay until no connection is open. */
export function waitsForConnections({ waitsBy }: MeshProxy, pod: Pod): boolean {
  if (!waitsBy) return false;
  const { annotation, key } = waitsBy.value;
  return valueAtKey(pod.annotationFor(annotation) ?? '', key, 'true') !== undefined;
}

/** The value of the annotation that lets the proxy stay so long. */
export function staysAnnotation({ staysBy }: MeshProxy, seconds: number): Readonly<Record<string, string>> {
  if (!staysBy) return {};
  const { annotation, key } = staysBy.value;
  return { [annotation]: key === undefined ? String(seconds) : `${key}: ${seconds}s` };
}

function wholeSeconds(text: string): number | undefined {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}

function durationAt(text: string, key: string): number | undefined {
  const found = valueAtKey(text, key, '[0-9hms.]+');
  return found === undefined ? undefined : parseGoSeconds(found);
}

/** One key of a small YAML or JSON map. */
function valueAtKey(text: string, key: string, pattern: string): string | undefined {
  return new RegExp(`(?:^|[\\s{,"'])${key}["']?\\s*:\\s*["']?(${pattern})`).exec(text)?.[1];
}
