const MOST = 500;

/**
 * The same function, which remembers what it gave: thousands of workloads share a handful of images and hooks, and several
 * rules ask about each. It may depend on nothing but its argument, and nobody may change what it gives.
 */
export function remembered<A, T>(compute: (argument: A) => T, keyOf: (argument: A) => string): (argument: A) => T {
  const known = new Map<string, { readonly value: T }>();
  return (argument) => {
    const key = keyOf(argument);
    const found = known.get(key);
    if (found) return found.value;
    const value = compute(argument);
    if (known.size >= MOST) known.clear();
    known.set(key, { value });
    return value;
  };
}
