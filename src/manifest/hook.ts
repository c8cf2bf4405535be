import { parseHook } from './hooks/parse';
import { isShell } from './hooks/programs';
import { withLengths } from './hooks/variables';
import { isObject, type JsonObject, numberAt, textAt, textsAt, valueAt } from './json';

/** A lifecycle hook: what it does and how long it takes, as far as its text tells for certain. */
export interface Hook {
  readonly kind: 'sleep' | 'exec' | 'httpGet' | 'tcpSocket' | 'empty';
  /** It waits at least this long before it returns. */
  readonly delaySeconds: number;
  /** It returns by itself after at most this long; absent: its length is not known. */
  readonly longestSeconds?: number;
  /** After the delay it waits until the server's in-flight gauges are zero, at most this long. */
  readonly waitUntilIdleSeconds?: number;
  /** Files that it makes and removes. */
  readonly touches: readonly string[];
  readonly removes: readonly string[];
  /** Programs that it needs in the image. */
  readonly tools: readonly string[];
  /** Why its length is not known. */
  readonly unknown?: string;
  readonly command?: readonly string[];
  readonly path?: string;
  readonly port?: number | string;
}

const NOTHING = { delaySeconds: 0, touches: [], removes: [], tools: [] } as const;

/**
 * @param env the variables of the container, by name; undefined as a value: its text is not known
 * @param withScripts puts the text of a script in place of its file, where that was read
 */
export function hookOf(
  json: JsonObject | undefined,
  env?: () => ReadonlyMap<string, string | undefined>,
  withScripts: (command: readonly string[]) => readonly string[] = (command) => command,
): Hook | undefined {
  if (!json) return undefined;
  if (isObject(json.sleep)) {
    const delaySeconds = Math.min(Math.max(0, numberAt(json.sleep, 'seconds') ?? 0), Number.MAX_SAFE_INTEGER);
    return { ...NOTHING, kind: 'sleep', delaySeconds, longestSeconds: delaySeconds };
  }
  if (isObject(json.exec)) {
    const command = withScripts(textsAt(json.exec, 'command') ?? []);
    const { delaySeconds, longestSeconds, waitUntilIdle, touches, removes, tools, unknown } = parseHook(
      env ? withLengths(command, env) : command,
    );
    const waitUntilIdleSeconds = waitUntilIdle?.deadlineSeconds;
    return {
      kind: 'exec',
      command,
      delaySeconds,
      longestSeconds,
      waitUntilIdleSeconds,
      touches,
      removes,
      tools,
      unknown,
    };
  }
  if (isObject(json.httpGet)) {
    const port = valueAt(json.httpGet, 'port');
    return {
      ...NOTHING,
      kind: 'httpGet',
      path: textAt(json.httpGet, 'path') ?? '/',
      port: typeof port === 'number' || typeof port === 'string' ? port : undefined,
      unknown: 'an httpGet hook lasts as long as the server takes to answer, and any status counts as success',
    };
  }
  if (isObject(json.tcpSocket)) {
    return { ...NOTHING, kind: 'tcpSocket', longestSeconds: 0, unknown: 'tcpSocket hooks fail at run time' };
  }
  return { ...NOTHING, kind: 'empty', longestSeconds: 0 };
}

/** The longest that it can take, waiting included; undefined where that is not known. */
export function longestHookSeconds(hook: Hook): number | undefined {
  return hook.waitUntilIdleSeconds === undefined ? hook.longestSeconds : hook.delaySeconds + hook.waitUntilIdleSeconds;
}

const WAITING: ReadonlySet<string> = new Set(['sleep', 'touch', 'rm', 'date', 'echo', 'true']);

/** It waits, and may make or remove files, but tells no program to drain or to end, as far as its text tells. */
export function onlyWaits({ kind, tools, command = [] }: Hook): boolean {
  if (kind !== 'exec') return kind === 'sleep' || kind === 'empty';
  const signals = command.some((word) => /\bkill\b/.test(word));
  return !signals && tools.every((tool) => isShell(tool) || WAITING.has(tool));
}
