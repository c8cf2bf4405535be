import type { KubernetesVersion } from '../kubernetes/version';
import {
  booleans,
  type Codec,
  counts,
  keywords,
  kubernetesVersions,
  type NodeLifecycleIntent,
  nodeLifecycleLists,
  paths,
  seconds,
  type TrafficSourceIntent,
  texts,
  toolLists,
  trafficSourceLists,
} from './intent-codecs';
import type { Labels } from './selector';

export type { NodeLifecycleIntent, TrafficSourceIntent } from './intent-codecs';

/** What a person stated about a workload and its manifest cannot show. */
export interface Intent {
  readonly longestRequestSeconds?: number;
  readonly runtime?: string;
  readonly runtimeVersion?: string;
  /** The version of uvicorn in an image whose own server is another program (vLLM). */
  readonly uvicornVersion?: string;
  readonly sigterm?: 'drains' | 'aborts' | 'ignored';
  readonly drainTimeoutSeconds?: number;
  readonly exitSeconds?: number;
  readonly readinessAfterSigterm?: '503' | 'refused' | 'unchanged';
  readonly shutdownPhases?: number;
  /** A path of the server that starts its drain and turns its readiness path to 503. */
  readonly drainEndpoint?: string;
  readonly imageTools?: readonly string[];
  readonly trafficSources?: readonly TrafficSourceIntent[];
  readonly nodeLifecycles?: readonly NodeLifecycleIntent[];
  readonly kubernetesVersion?: KubernetesVersion;
  readonly requiredReplicas?: number;
  readonly coldStartSeconds?: number;
  readonly spareAccelerators?: number;
  readonly marginSeconds?: number;
  readonly longLivedConnections?: boolean;
  /** Seconds from SIGTERM to exit, by container name, for containers beside the server. */
  readonly drainSeconds: Readonly<Record<string, number>>;
  /** Programs in the image of a container beside the server, by its name. */
  readonly containerTools?: Readonly<Record<string, readonly string[]>>;
  /** Reasons by rule id. */
  readonly acknowledgements: Readonly<Record<string, string>>;
}

/** A key under our prefix that nobody knows, or whose value cannot be read. */
export interface IntentProblem {
  readonly key: string;
  readonly reason: string;
}

export const INTENT_PREFIX = 'cdk8s-graceful/';

/** A fact about a workload that has an annotation of its own. */
export type StatedField = Exclude<keyof Intent, 'drainSeconds' | 'containerTools' | 'acknowledgements'>;

interface Key<F extends StatedField> {
  readonly key: string;
  readonly field: F;
  readonly codec: Codec<NonNullable<Intent[F]>>;
}

function key<F extends StatedField>(name: string, field: F, codec: Codec<NonNullable<Intent[F]>>): Key<F> {
  return { key: INTENT_PREFIX + name, field, codec };
}

const KEYS = [
  key('longest-request', 'longestRequestSeconds', seconds),
  key('runtime', 'runtime', texts),
  key('runtime-version', 'runtimeVersion', texts),
  key('uvicorn-version', 'uvicornVersion', texts),
  key('sigterm', 'sigterm', keywords('drains', 'aborts', 'ignored')),
  key('drain-timeout', 'drainTimeoutSeconds', seconds),
  key('exit', 'exitSeconds', seconds),
  key('readiness-after-sigterm', 'readinessAfterSigterm', keywords('503', 'refused', 'unchanged')),
  key('shutdown-phases', 'shutdownPhases', counts),
  key('drain-endpoint', 'drainEndpoint', paths),
  key('image-tools', 'imageTools', toolLists),
  key('traffic-sources', 'trafficSources', trafficSourceLists),
  key('node-lifecycles', 'nodeLifecycles', nodeLifecycleLists),
  key('kubernetes-version', 'kubernetesVersion', kubernetesVersions),
  key('required-replicas', 'requiredReplicas', counts),
  key('cold-start', 'coldStartSeconds', seconds),
  key('spare-accelerators', 'spareAccelerators', counts),
  key('margin', 'marginSeconds', seconds),
  key('long-lived-connections', 'longLivedConnections', booleans),
] as unknown as readonly Key<StatedField>[];

export const intentKeys: readonly string[] = KEYS.map((entry) => entry.key);

const KEY_BY_NAME = new Map(KEYS.map((entry) => [entry.key, entry]));
const NAME_BY_FIELD = new Map(KEYS.map((entry) => [entry.field, entry.key]));
const DRAIN = `${INTENT_PREFIX}drain.`;
const CONTAINER_TOOLS = `${INTENT_PREFIX}image-tools.`;
const ACKNOWLEDGE = `${INTENT_PREFIX}acknowledge.`;

/** The annotation that settles a field, for messages. */
export function intentKey(field: StatedField): string {
  return NAME_BY_FIELD.get(field) as string;
}

export function acknowledgementKey(rule: string): string {
  return ACKNOWLEDGE + rule;
}

export function drainKey(container: string): string {
  return DRAIN + container;
}

export function containerToolsKey(container: string): string {
  return CONTAINER_TOOLS + container;
}

export function writeIntent(intent: Partial<Intent>): Record<string, string> {
  const annotations: Record<string, string> = {};
  for (const { key: name, field, codec } of KEYS) {
    const value = intent[field];
    if (value !== undefined) annotations[name] = (codec as Codec<unknown>).write(value);
  }
  for (const [container, drain] of Object.entries(intent.drainSeconds ?? {})) {
    annotations[drainKey(container)] = seconds.write(drain);
  }
  for (const [container, tools] of Object.entries(intent.containerTools ?? {})) {
    annotations[containerToolsKey(container)] = toolLists.write(tools);
  }
  for (const [rule, reason] of Object.entries(intent.acknowledgements ?? {})) {
    annotations[acknowledgementKey(rule)] = reason;
  }
  return annotations;
}

export function readIntent(annotations: Labels): {
  readonly intent: Intent;
  readonly problems: readonly IntentProblem[];
} {
  const drainSeconds: Record<string, number> = {};
  const containerTools: Record<string, readonly string[]> = {};
  const acknowledgements: Record<string, string> = {};
  const fields: Record<string, unknown> = { drainSeconds, acknowledgements };
  const problems: IntentProblem[] = [];
  for (const name in annotations) {
    if (!name.startsWith(INTENT_PREFIX)) continue;
    const text = annotations[name] as string;
    const entry = KEY_BY_NAME.get(name);
    if (entry) {
      const value = entry.codec.read(text);
      if (value === undefined) problems.push({ key: name, reason: `'${text}' is not ${entry.codec.expects}` });
      else fields[entry.field] = value;
    } else if (name.startsWith(DRAIN) && name.length > DRAIN.length) {
      const value = seconds.read(text);
      if (value === undefined) problems.push({ key: name, reason: `'${text}' is not ${seconds.expects}` });
      else drainSeconds[name.slice(DRAIN.length)] = value;
    } else if (name.startsWith(CONTAINER_TOOLS) && name.length > CONTAINER_TOOLS.length) {
      const value = toolLists.read(text);
      if (value === undefined) problems.push({ key: name, reason: `'${text}' is not ${toolLists.expects}` });
      else {
        containerTools[name.slice(CONTAINER_TOOLS.length)] = value;
        fields.containerTools = containerTools;
      }
    } else if (name.startsWith(ACKNOWLEDGE) && name.length > ACKNOWLEDGE.length) {
      acknowledgements[name.slice(ACKNOWLEDGE.length)] = text;
    } else {
      problems.push({ key: name, reason: 'no such key is known' });
    }
  }
  return { intent: fields as unknown as Intent, problems };
}
