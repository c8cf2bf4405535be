import { remembered } from '../remembered';

/** The parts of a field path: `spec.rules[0].host` and `metadata.annotations['a.b/c']` alike. */
export const fieldParts = remembered(
  (field: string): readonly string[] => {
    const parts: string[] = [];
    for (const [, quoted, index, plain] of field.matchAll(/\['([^']*)'\]|\[(\d+)\]|([^.[\]]+)/g)) {
      parts.push(quoted ?? index ?? plain ?? '');
    }
    return parts;
  },
  (field) => field,
);
