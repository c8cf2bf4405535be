import type { Intent } from '../manifest/intent';
import type { Codec, NodeLifecycleIntent, TrafficSourceIntent } from '../manifest/intent-codecs';
import { kubernetesVersions, nodeLifecycleLists, seconds, trafficSourceLists } from '../manifest/intent-codecs';
import { nodeLifecycles } from '../nodes';
import { Problem } from '../problem';
import { nearestOf } from '../rules/nearest';
import { runtimes } from '../runtimes';
import { trafficSources } from '../traffic';

/** What is stated once for all workloads that say nothing themselves. The values read as those of the annotations. */
export const STATED_OPTIONS = {
  'longest-request': { type: 'string' },
  traffic: { type: 'string' },
  nodes: { type: 'string' },
  kubernetes: { type: 'string' },
  runtime: { type: 'string' },
} as const;

export const STATED_HELP = `What no manifest shows, for every workload that does not state it in an annotation:
      --longest-request TIME  the longest time from a request's arrival to the end of its response, as in 150s
      --traffic SOURCES       what sends requests, as in kube-proxy,aws-load-balancer=45s
      --nodes LIFECYCLES      how nodes go away, as in on-demand,aws-spot
      --kubernetes VERSION    of the cluster, as in 1.34
      --runtime ID[@VERSION]  the server program, as in spring-boot@3.5.0`;

type Stated = { readonly [name in keyof typeof STATED_OPTIONS]?: string };

/** A server that the team describes itself, by annotations. */
const CUSTOM = 'custom';

export function statedIntent(values: Stated): Partial<Intent> {
  const trafficSources = read('traffic', values.traffic, trafficSourceLists);
  const nodeLifecycles = read('nodes', values.nodes, nodeLifecycleLists);
  const kubernetesVersion = read('kubernetes', values.kubernetes, kubernetesVersions);
  const longestRequestSeconds = read('longest-request', values['longest-request'], seconds);
  for (const source of trafficSources ?? []) requireKnownSource(source);
  for (const lifecycle of nodeLifecycles ?? []) requireKnownLifecycle(lifecycle);
  return {
    ...(longestRequestSeconds !== undefined && { longestRequestSeconds }),
    ...(trafficSources && { trafficSources }),
    ...(nodeLifecycles && { nodeLifecycles }),
    ...(kubernetesVersion && { kubernetesVersion }),
    ...(values.runtime !== undefined && statedRuntime(values.runtime)),
  };
}

function read<T>(name: string, text: string | undefined, codec: Codec<T>): T | undefined {
  if (text === undefined) return undefined;
  const value = codec.read(text);
  if (value === undefined) throw new Problem(`--${name} is '${text}': it has to be ${codec.expects}`);
  return value;
}

function requireKnownSource({ id, propagationSeconds }: TrafficSourceIntent): void {
  if (propagationSeconds !== undefined) return;
  requireKnown(
    '--traffic',
    id,
    trafficSources.map((facts) => facts.id),
    ` Otherwise state its time, as in ${id}=30s`,
  );
}

function requireKnownLifecycle({ id, noticeSeconds }: NodeLifecycleIntent): void {
  if (noticeSeconds !== undefined) return;
  requireKnown(
    '--nodes',
    id,
    nodeLifecycles.map((facts) => facts.id),
    ` Otherwise state the time that it gives, as in ${id}=120s`,
  );
}

function statedRuntime(text: string): Partial<Intent> {
  const [id = '', ...rest] = text.split('@');
  const runtimeVersion = rest.length > 0 ? rest.join('@') : undefined;
  requireKnown('--runtime', id, [...runtimes.map((facts) => facts.id), CUSTOM]);
  if (runtimeVersion?.trim() === '')
    throw new Problem(`--runtime is '${text}': a version follows the @, as in ${id}@1.2.3`);
  return { runtime: id, ...(runtimeVersion !== undefined && { runtimeVersion }) };
}

/** For options that name one of several ids: whoever misspells one is told the nearest. */
export function requireKnown(where: string, id: string, known: readonly string[], otherwise = ''): void {
  if (known.includes(id)) return;
  const nearest = nearestOf(id, known);
  const which = nearest === undefined ? `it can be ${known.join(', ')}.` : `did you mean ${nearest}?`;
  throw new Problem(`${where}: '${id}' is not known; ${which}${otherwise}`);
}
