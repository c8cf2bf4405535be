import { type ApiObject, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { copyOf, type JsonObject } from '../manifest/json';
import { memoryOf } from './memory';

/** Changes an object's JSON in place, after cdk8s-plus rendered it and before the user's patches. */
// biome-ignore lint/suspicious/noExplicitAny: it writes into JSON whose shape cdk8s-plus decides
export type Amendment = (json: any) => void;

/**
 * The one seam around cdk8s-plus-27, whose objects pass through the fields of the Kubernetes 1.27 schema: extended resources,
 * the sleep action, native sidecars, and any patch that holds them, are dropped without a word. Here the object is rendered,
 * amended, and only then patched, in plain Kubernetes JSON.
 *
 * @see https://github.com/cdk8s-team/cdk8s/issues/2172
 */
export function finalize(object: ApiObject, amend?: Amendment): void {
  const { root } = object.node;
  const render = object.toJson.bind(object);
  const patches: JsonPatch[] = [];
  object.addJsonPatch = (...ops: JsonPatch[]) => {
    patches.push(...ops.map(plain));
  };
  object.toJson = () => {
    const memory = memoryOf(root);
    const remembered = memory?.finalJson.get(object);
    if (remembered) return remembered;
    const final = patched(object, amend ? amended(render(), amend) : render(), patches);
    memory?.finalJson.set(object, final as JsonObject);
    return final;
  };
}

/** A copy: what an amendment puts in is its own, used at every render, and a patch changes it in place. */
function amended(json: unknown, amend: Amendment): unknown {
  amend(json);
  return copyOf(json);
}

function patched(object: ApiObject, json: unknown, patches: readonly JsonPatch[]): unknown {
  let result = json;
  for (const patch of patches) {
    const { op, path, from } = operationOf(patch);
    try {
      // Before the patch changes anything: afterwards the way that it took may be gone.
      const missing = missingAt(result, path) ?? (from === undefined ? undefined : missingAt(result, from));
      if (missing !== undefined) throw new Error(missing);
      result = JsonPatch.apply(result, patch);
    } catch (error) {
      const reason = (error as Error).message.split('\n')[0];
      const name = `${object.kind} ${object.name} at '${object.node.path}'`;
      throw new Error(`the JSON patch '${op} ${path}' on ${name} cannot be applied: ${reason}`);
    }
  }
  return result;
}

/** Why a JSON pointer leads nowhere. A last key need not be there: as in cdk8s, a replacement of nothing adds it. */
function missingAt(json: unknown, pointer: string): string | undefined {
  if (pointer !== '' && !pointer.startsWith('/')) return `'${pointer}' does not begin with '/'`;
  const parts = pointer.split('/').slice(1);
  const last = parts.pop() ?? '';
  let value = json;
  let way = '';
  for (const part of parts) {
    way += `/${part}`;
    value = (value as JsonObject)[part.replaceAll('~1', '/').replaceAll('~0', '~')];
    if (typeof value !== 'object' || value === null) return `there is no object or list at ${way}`;
  }
  if (!Array.isArray(value) || last === '-' || (/^\d+$/.test(last) && Number(last) <= value.length)) return undefined;
  return `there is no place '${last}' in the list at ${way}`;
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

function operationOf(patch: JsonPatch): Operation {
  return (patch as unknown as { _toJson(): Operation })._toJson();
}

/** People who know cdk8s-plus wrap numbers in patches, since its own patches lose them otherwise. */
function plain(patch: JsonPatch): JsonPatch {
  const { op, path, value } = operationOf(patch);
  switch (op) {
    case 'add':
      return JsonPatch.add(path, unwrapped(value));
    case 'replace':
      return JsonPatch.replace(path, unwrapped(value));
    case 'test':
      return JsonPatch.test(path, unwrapped(value));
    default:
      return patch;
  }
}

function unwrapped(value: unknown): unknown {
  if (value instanceof k8s.Quantity || value instanceof k8s.IntOrString) return value.value;
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrapped(item)]));
  }
  return value;
}
