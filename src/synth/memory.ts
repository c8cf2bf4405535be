import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { JsonObject } from '../manifest/json';
import type { Finding } from '../rules/finding';

/** What is known within one call of `App.synth()` or `App.synthYaml()`, in which nothing can change. */
export interface SynthMemory {
  readonly finalJson: Map<ApiObject, JsonObject>;
  findings?: readonly Finding[];
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
      memories.set(root, { finalJson: new Map() });
      try {
        return original.apply(root, args);
      } finally {
        memories.delete(root);
      }
    };
  }
}
