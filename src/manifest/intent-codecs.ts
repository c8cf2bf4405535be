import { formatKubernetesVersion, type KubernetesVersion, parseKubernetesVersion } from '../kubernetes/version';
import { formatSeconds, parseSeconds } from './duration';

/** What sends requests to the pod: a known source by id, or one that the team described. */
export interface TrafficSourceIntent {
  readonly id: string;
  readonly propagationSeconds?: number;
  readonly follows?: 'deletion' | 'readiness';
}

/** How the node goes away: a known lifecycle by id, or one that the team described. */
export interface NodeLifecycleIntent {
  readonly id: string;
  readonly noticeSeconds?: number;
}

/** One way to hold a value in an annotation: what is written is read back as the same value. */
export interface Codec<T> {
  /** Completes "'...' is not ...". */
  readonly expects: string;
  write(value: T): string;
  /** Undefined where the text cannot be read. */
  read(text: string): T | undefined;
}

export const seconds: Codec<number> = {
  expects: 'a duration in whole seconds such as 150s or 2m30s',
  write: formatSeconds,
  read: parseSeconds,
};

export const counts: Codec<number> = {
  expects: 'a whole number that is not negative',
  write: String,
  read: (text) => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined),
};

export const booleans: Codec<boolean> = {
  expects: "'true' or 'false'",
  write: String,
  read: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
};

export const texts: Codec<string> = {
  expects: 'a text that is not empty',
  write: (value) => value,
  read: (text) => (text.trim() === '' ? undefined : text),
};

export const paths: Codec<string> = {
  expects: "a path that begins with '/'",
  write: (value) => value,
  read: (text) => (/^\/\S*$/.test(text.trim()) ? text.trim() : undefined),
};

export const kubernetesVersions: Codec<KubernetesVersion> = {
  expects: 'a Kubernetes version such as 1.34 or 1.36.3',
  write: formatKubernetesVersion,
  read: parseKubernetesVersion,
};

export function keywords<T extends string>(...known: readonly T[]): Codec<T> {
  return {
    expects: `one of ${known.join(', ')}`,
    write: (value) => value,
    read: (text) => known.find((word) => word === text.trim()),
  };
}

export const toolLists: Codec<readonly string[]> = {
  expects: "a list of program names separated by commas, or 'none'",
  write: listed,
  read: (text) => allOf(items(text), (tool) => (/^[A-Za-z0-9._+-]+$/.test(tool) ? tool : undefined)),
};

export const trafficSourceLists: Codec<readonly TrafficSourceIntent[]> = {
  expects: "a list such as kube-proxy, aws-load-balancer=45s, mesh=20s/readiness, or 'none'",
  write: (sources) =>
    listed(
      sources.map(
        ({ id, propagationSeconds, follows }) => `${id}${given(propagationSeconds)}${follows ? `/${follows}` : ''}`,
      ),
    ),
  read: (text) =>
    allOf(items(text), (item) => {
      const match = /^([a-z0-9][a-z0-9-]*)(?:=([0-9hms]+))?(?:\/(deletion|readiness))?$/.exec(item);
      if (!match) return undefined;
      const [, id = '', time, follows] = match;
      const propagationSeconds = time === undefined ? undefined : parseSeconds(time);
      if (time !== undefined && propagationSeconds === undefined) return undefined;
      return {
        id,
        ...(propagationSeconds !== undefined && { propagationSeconds }),
        ...(follows && { follows: follows as 'deletion' | 'readiness' }),
      };
    }),
};

export const nodeLifecycleLists: Codec<readonly NodeLifecycleIntent[]> = {
  expects: "a list such as on-demand, aws-spot, karpenter=300s, or 'none'",
  write: (lifecycles) => listed(lifecycles.map(({ id, noticeSeconds }) => `${id}${given(noticeSeconds)}`)),
  read: (text) =>
    allOf(items(text), (item) => {
      const match = /^([a-z0-9][a-z0-9-]*)(?:=([0-9hms]+))?$/.exec(item);
      if (!match) return undefined;
      const [, id = '', time] = match;
      if (time === undefined) return { id };
      const noticeSeconds = parseSeconds(time);
      return noticeSeconds === undefined ? undefined : { id, noticeSeconds };
    }),
};

/** The empty list has a word of its own: an empty value looks like a mistake. */
function listed(words: readonly string[]): string {
  return words.length === 0 ? 'none' : words.join(', ');
}

function given(time: number | undefined): string {
  return time === undefined ? '' : `=${formatSeconds(time)}`;
}

function items(text: string): readonly string[] | undefined {
  if (text.trim() === 'none') return [];
  const found = text.split(',').map((item) => item.trim());
  return found.every((item) => item !== '') ? found : undefined;
}

function allOf<T>(
  texts: readonly string[] | undefined,
  read: (text: string) => T | undefined,
): readonly T[] | undefined {
  if (!texts) return undefined;
  const values: T[] = [];
  for (const text of texts) {
    const value = read(text);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}
