import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { JsonObject } from '../manifest/json';
import type { PolicedFinding } from './scope-policy';

/** What is known within one call of `App.synth()` or `App.synthYaml()`, in which nothing can change. */
export interface SynthMemory {
  readonly finalJson: Map<ApiObject, JsonObject>;
  /** Undo what was done to objects that do not remember themselves. */
  readonly forget: (() => void)[];
  findings?: readonly PolicedFinding[];
}

const memories = new WeakMap<IConstruct, SynthMemory>();
const prepared = new WeakSet<IConstruct>();

/** Undefined outside of `App.synth()` and `App.synthYaml()`. */
export function memoryOf(root: IConstruct): SynthMemory | undefined {
  return memories.get(root);
}

/**
 * cdk8s validates the whole app once for itself and once for each chart, and renders every object again when it writes.
 * With 200 charts, judging each time takes twenty times as long as judging once.
 */
export function rememberDuringSynth(root: IConstruct): void {
  if (prepared.has(root)) return;
  prepared.add(root);
  const app = root as unknown as Record<string, unknown>;
  for (const method of ['synth', 'synthYaml']) {
    const original = app[method];
    if (typeof original !== 'function') continue;
    app[method] = (...args: unknown[]) => {
      if (memories.has(root)) return original.apply(root, args);
      const forget: (() => void)[] = [];
      memories.set(root, { finalJson: new Map(), forget });
      try {
        return original.apply(root, args);
      } finally {
        memories.delete(root);
        for (const undo of forget) undo();
      }
    };
  }
}

/**
 * The object as it is emitted. During a synth it is rendered once, so that what was judged is what is written: cdk8s-plus
 * objects are known that change a little with every rendering (`spread: true`).
 */
export function rendered(object: ApiObject): JsonObject {
  const memory = memoryOf(object.node.root);
  if (!memory) return object.toJson();
  const known = memory.finalJson.get(object);
  if (known) return known;
  const json = object.toJson() as JsonObject;
  // Those that the library finalizes remember themselves.
  if (memory.finalJson.has(object)) return json;
  memory.finalJson.set(object, json);
  const own = Object.getOwnPropertyDescriptor(object, 'toJson');
  object.toJson = () => json;
  memory.forget.push(() => {
    if (own) Object.defineProperty(object, 'toJson', own);
    else delete (object as { toJson?: unknown }).toJson;
  });
  return json;
}
