/** Reading values whose shape nobody promised: each reader gives the value in the asked shape, or undefined. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function objectAt(value: unknown, first?: string, second?: string, third?: string): JsonObject | undefined {
  const found = follow(value, first, second, third);
  return isObject(found) ? found : undefined;
}

export function listAt(value: unknown, first?: string, second?: string, third?: string): readonly unknown[] {
  const found = follow(value, first, second, third);
  return Array.isArray(found) ? found : [];
}

export function objectsAt(value: unknown, first?: string, second?: string, third?: string): readonly JsonObject[] {
  const found = follow(value, first, second, third);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

export function textAt(value: unknown, first?: string, second?: string, third?: string): string | undefined {
  const found = follow(value, first, second, third);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: unknown, first?: string, second?: string, third?: string): number | undefined {
  const found = follow(value, first, second, third);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** A whole number that is not negative and fits the int32 fields of the Kubernetes API. */
export function countAt(value: unknown, first?: string, second?: string, third?: string): number | undefined {
  const found = follow(value, first, second, third);
  return typeof found === 'number' && Number.isInteger(found) && found >= 0 && found <= 2147483647 ? found : undefined;
}

/** The strings of a list; undefined where there is no list or where one of its items is no string. */
export function textsAt(
  value: unknown,
  first?: string,
  second?: string,
  third?: string,
): readonly string[] | undefined {
  const found = follow(value, first, second, third);
  return Array.isArray(found) && found.every((item) => typeof item === 'string') ? found : undefined;
}

/** The string values of a map, others left out: labels, annotations, selectors. */
export function textMapAt(
  value: unknown,
  first?: string,
  second?: string,
  third?: string,
): Readonly<Record<string, string>> {
  const found = follow(value, first, second, third);
  if (!isObject(found)) return NOTHING;
  for (const key in found) {
    if (typeof found[key] !== 'string') {
      return Object.fromEntries(Object.entries(found).filter(([, v]) => typeof v === 'string')) as Record<
        string,
        string
      >;
    }
  }
  return found as Readonly<Record<string, string>>;
}

export function valueAt(value: unknown, first?: string, second?: string, third?: string): unknown {
  return follow(value, first, second, third);
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

/** The value at the end of a path of any length. */
export function valueAlong(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (let i = 0; i < path.length; i++) current = inside(current, path[i] as string);
  return current;
}

/** Three parameters rather than a list of keys: the readers are called hundreds of times for each workload. */
function follow(value: unknown, first?: string, second?: string, third?: string): unknown {
  if (first === undefined) return value;
  const found = inside(value, first);
  if (second === undefined) return found;
  const within = inside(found, second);
  return third === undefined ? within : inside(within, third);
}

function inside(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

const NOTHING: Readonly<Record<string, string>> = Object.freeze({});
