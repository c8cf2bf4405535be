import { CORE_SCHEMA, load, Type, YAMLException } from 'js-yaml';
import type { JsonObject } from '../json';

const text = (name: string) =>
  new Type(`tag:yaml.org,2002:${name}`, { kind: 'scalar', resolve: (data) => data !== null });

/** The values of JSON and the merge keys of YAML 1.1; a timestamp or binary data stays the text that it is. */
const SCHEMA = CORE_SCHEMA.extend({
  implicit: [new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (data) => data === '<<' })],
  explicit: [text('timestamp'), text('binary')],
});

/** Where the mappings of documents are in their texts: in the order in which they end, children before parents. */
export class Mappings {
  readonly nodes: JsonObject[] = [];
  /** Offsets in the text of the document: `starts` before the blanks in front of a mapping, `ends` after it. */
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  get length(): number {
    return this.nodes.length;
  }

  /** Forgets those of a document that nobody keeps. */
  truncate(length: number): void {
    this.nodes.length = length;
    this.starts.length = length;
    this.ends.length = length;
  }
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

/**
 * Parses one document, and adds its mappings to those of the file.
 *
 * @param lenient a key that stands twice counts as it stands last
 */
export function parseYaml(
  text: string,
  mappings: Mappings,
  lenient = false,
): { readonly value: unknown } | YamlProblem {
  const { nodes, starts, ends } = mappings;
  const listener = (event: string, state: State) => {
    if (event === 'open') {
      OPENED[state.depth] = state.position;
    } else if (state.kind === 'mapping' && state.result !== null) {
      nodes.push(state.result as JsonObject);
      starts.push(OPENED[state.depth] as number);
      ends.push(state.position);
    }
  };
  try {
    return { value: load(text, { schema: SCHEMA, json: lenient, listener: listener as never }) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { reason: error.reason, line: error.mark?.line ?? 0 };
  }
}

/** Where the nodes around the present one begin, by depth. */
const OPENED: number[] = [];
