import { isObject, type JsonObject, listAt, objectAt, objectsAt, valueAlong } from '../json';
import { templatesOf, type WorkloadKind } from '../workload-kinds';

/** What is wrong with one object, and the field to look at. */
export interface Fault {
  readonly path: readonly string[];
  readonly message: string;
}

/** Something else than a mapping where Kubernetes wants one: the API server refuses the object. */
export function misshapen(json: JsonObject, kind: WorkloadKind | undefined): Fault | undefined {
  if (isRegular(json, kind)) return undefined;
  for (const path of [['metadata'], ['spec'], ...(kind ? kind.templates.map((place) => place.path) : [])]) {
    for (let length = 1; length <= path.length; length++) {
      const fault = notMapping(json, path.slice(0, length));
      if (fault) return fault;
    }
  }
  if (!kind) return undefined;
  for (const { path, isSpec } of kind.templates) {
    const spec = isSpec ? path : [...path, 'spec'];
    const fault = path.length > 0 || kind.templates.length === 1 ? notMapping(json, spec) : undefined;
    if (fault) return fault;
    for (const list of ['containers', 'initContainers', 'volumes']) {
      const found = valueAlong(json, [...spec, list]);
      if (found !== undefined && found !== null && !Array.isArray(found)) {
        return {
          path: [...spec, list],
          message: `${fieldText([...spec, list])} is ${what(found)}, where a list belongs`,
        };
      }
      const at = listAt(found).findIndex((item) => !isObject(item));
      if (at < 0) continue;
      const item = [...spec, list, String(at)];
      return { path: item, message: `${fieldText(item)} is ${what(listAt(found)[at])}, where a mapping belongs` };
    }
  }
  return undefined;
}

/** Nearly every object is: a quick look before the one that finds out what is wrong. */
function isRegular({ metadata, spec }: JsonObject, kind: WorkloadKind | undefined): boolean {
  if (!isObject(metadata) || !isObject(spec)) return false;
  if (kind?.templates.length !== 1 || kind.templates[0]?.path.length !== 2) return kind === undefined;
  const { template } = spec;
  if (!isObject(template) || !isObject(template.spec)) return false;
  const { containers, initContainers, volumes } = template.spec;
  return areMappings(containers) && areMappings(initContainers) && areMappings(volumes);
}

function areMappings(list: unknown): boolean {
  return list === undefined || (Array.isArray(list) && list.every(isObject));
}

function notMapping(json: JsonObject, path: readonly string[]): Fault | undefined {
  const parent = path.length === 1 ? json : objectAt(valueAlong(json, path.slice(0, -1)));
  const key = path[path.length - 1] as string;
  if (!parent || !Object.hasOwn(parent, key) || isObject(parent[key])) return undefined;
  return { path, message: `${fieldText(path)} is ${what(parent[key])}, where a mapping belongs` };
}

function what(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : `a ${typeof value}`;
}

/** What a workload lacks without which the API server refuses it: it is a patch of another, as kustomize has them. */
export function lacking(json: JsonObject, kind: WorkloadKind): string | undefined {
  if (kind.needsSelector && !objectAt(json, 'spec', 'selector')) return 'spec.selector';
  const hasImage = templatesOf(kind, json).some(({ path, isSpec }) => {
    const spec = objectAt(valueAlong(json, path), isSpec ? undefined : 'spec');
    return objectsAt(spec, 'containers').some((container) => typeof container.image === 'string');
  });
  return hasImage ? undefined : 'a container with an image';
}

/** Fields of numbers that the rules calculate with. */
const NUMBER_FIELD = /(?:Seconds|[rR]eplicas|Threshold|Available|[uU]navailable|[sS]urge|[pP]ort|ReplicaCount)$/;
const PLACEHOLDER = /\$\{[^}]*\}|\$\([^)]*\)|\{\{.*\}\}/;

/** Whether a text may hide a number that {@link hiddenNumbers} finds: looking at each value is not worth it otherwise. */
export function mayHideNumbers(text: string): boolean {
  return text.includes('${') || text.includes('$(') || text.includes('{{') || /\d{16}/.test(text);
}

/** Numbers that are not there: a placeholder stands in their place, or they are beyond what the API holds. */
export function hiddenNumbers(json: JsonObject): readonly Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<unknown>();
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    for (const [key, item] of Object.entries(value)) {
      const here = [...path, key];
      const fault = NUMBER_FIELD.test(key) ? hidden(item) : undefined;
      if (fault)
        faults.push({ path: here, message: `${fieldText(here)} is ${fault}: it is judged as if it were not set` });
      else walk(item, here);
    }
  };
  walk(json, []);
  return faults;
}

function hidden(value: unknown): string | undefined {
  if (typeof value === 'string' && PLACEHOLDER.test(value)) {
    return `the placeholder '${value.slice(0, 60)}', whose number is not known here`;
  }
  if (isObject(value) && Object.hasOwn(value, '[object Object]'))
    return 'a placeholder {{ }}, whose number is not known here';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'no number that the API holds';
  if (typeof value === 'number' && !Number.isSafeInteger(value) && !(Math.abs(value) < 1e15)) {
    return `${value}, more than a 64-bit integer of the API can be trusted to hold`;
  }
  return undefined;
}

export function fieldText(path: readonly string[]): string {
  let text = '';
  for (const part of path) text += /^\d+$/.test(part) ? `[${part}]` : `${text && '.'}${part}`;
  return text;
}
