/** The parts of a field path: `spec.rules[0].host` and `metadata.annotations['a.b/c']` alike. */
export function fieldParts(field: string): readonly string[] {
  const parts: string[] = [];
  for (const [, plain, index, quoted] of field.matchAll(/([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]/g)) {
    parts.push(plain ?? index ?? quoted ?? '');
  }
  return parts;
}
