import { DEFAULT_SCHEMA, load, Type, YAMLException } from 'js-yaml';
import type { JsonObject } from '../json';

/** What Kubernetes' own YAML readers take, merge keys included; but a timestamp stays the text that it is. */
const SCHEMA = DEFAULT_SCHEMA.extend({
  implicit: [new Type('tag:yaml.org,2002:timestamp', { kind: 'scalar', resolve: () => false })],
});

/** A parsed document, with where its mappings are in the text: in the order in which they end, children before parents. */
export interface Parsed {
  readonly value: unknown;
  readonly nodes: readonly JsonObject[];
  /** Offsets in the text: `starts` before the blanks in front of a mapping, `ends` after it. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

export interface YamlProblem {
  readonly reason: string;
  /** From 0. */
  readonly line: number;
}

/** The parts of js-yaml's state that its listener is given and the types do not all name. */
interface State {
  readonly kind: string | null;
  readonly result: unknown;
  readonly position: number;
  readonly depth: number;
}

/** @param lenient a key that stands twice counts as it stands last */
export function parseYaml(text: string, lenient = false): Parsed | YamlProblem {
  const nodes: JsonObject[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const opened: number[] = [];
  const listener = (event: string, state: State) => {
    if (event === 'open') {
      opened[state.depth] = state.position;
    } else if (state.kind === 'mapping' && state.result !== null) {
      nodes.push(state.result as JsonObject);
      starts.push(opened[state.depth] as number);
      ends.push(state.position);
    }
  };
  try {
    const value = load(text, { schema: SCHEMA, json: lenient, listener: listener as never });
    return { value, nodes, starts, ends };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { reason: error.reason, line: error.mark?.line ?? 0 };
  }
}
