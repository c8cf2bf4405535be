/** Reading values whose shape nobody promised: each reader gives the value in the asked shape, or undefined. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function objectAt(value: unknown, ...path: string[]): JsonObject | undefined {
  const found = follow(value, path);
  return isObject(found) ? found : undefined;
}

export function listAt(value: unknown, ...path: string[]): readonly unknown[] {
  const found = follow(value, path);
  return Array.isArray(found) ? found : [];
}

export function objectsAt(value: unknown, ...path: string[]): readonly JsonObject[] {
  const found = follow(value, path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

export function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = follow(value, path);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: unknown, ...path: string[]): number | undefined {
  const found = follow(value, path);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** A whole number that is not negative and fits the int32 fields of the Kubernetes API. */
export function countAt(value: unknown, ...path: string[]): number | undefined {
  const found = follow(value, path);
  return typeof found === 'number' && Number.isInteger(found) && found >= 0 && found <= 2147483647 ? found : undefined;
}

/** The strings of a list; undefined where there is no list or where one of its items is no string. */
export function textsAt(value: unknown, ...path: string[]): readonly string[] | undefined {
  const found = follow(value, path);
  return Array.isArray(found) && found.every((item) => typeof item === 'string') ? found : undefined;
}

/** The string values of a map, others left out: labels, annotations, selectors. */
export function textMapAt(value: unknown, ...path: string[]): Readonly<Record<string, string>> {
  const found = follow(value, path);
  if (!isObject(found)) return NOTHING;
  for (const item of Object.values(found)) {
    if (typeof item !== 'string') {
      return Object.fromEntries(Object.entries(found).filter(([, v]) => typeof v === 'string')) as Record<
        string,
        string
      >;
    }
  }
  return found as Readonly<Record<string, string>>;
}

export function valueAt(value: unknown, ...path: string[]): unknown {
  return follow(value, path);
}

/** A copy of plain JSON; what is undefined is left out. */
export function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key in value) {
    if (value[key] !== undefined) copy[key] = copyOf(value[key]);
  }
  return copy;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One loop, to which every reader hands its path as it came: they are called hundreds of times for each workload. */
function follow(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (!isObject(current)) return undefined;
    current = current[key];
  }
  return current;
}

const NOTHING: Readonly<Record<string, string>> = Object.freeze({});
