import { isObject, type JsonObject } from '../json';
import type { SourceObject } from '../source-object';
import { LocatedObject, type ReadDocument } from './located-object';

/** Finds the objects of one document in its text, one after the other. */
export class Places {
  private next: number;
  private mark: { readonly line: number; readonly offset: number };
  /** Made only where an object is not behind the one before it: an alias leads back to it. */
  private indexes?: ReadonlyMap<JsonObject, number>;
  /** Made only for a List. */
  private taken?: Set<unknown>;

  /** @param first the first mapping of the document among those of the file */
  constructor(
    private readonly document: ReadDocument,
    private readonly first: number,
  ) {
    this.next = first;
    this.mark = { line: document.line, offset: 0 };
  }

  /** False for what an alias has brought before: a few lines of aliases can stand for billions of objects. */
  isNew(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return true;
    this.taken ??= new Set();
    return this.taken.size < this.taken.add(value).size;
  }

  locate(json: JsonObject): SourceObject {
    const last = this.indexAhead(json);
    if (last === undefined) {
      const index = this.indexOf(json);
      return new LocatedObject(json, this.document, index, index, { line: this.document.line, offset: 0 });
    }
    const object = new LocatedObject(json, this.document, this.next, last, this.mark);
    this.next = last + 1;
    this.mark = object.mark;
    return object;
  }

  /** The line of something that is no object. */
  lineOf(value: unknown): number {
    if (!isObject(value)) return this.mark.line;
    return this.locate(value).line ?? this.mark.line;
  }

  private indexAhead(json: JsonObject): number | undefined {
    if (this.indexes) {
      const index = this.indexes.get(json);
      return index === undefined || index < this.next ? undefined : index;
    }
    const { nodes } = this.document.mappings;
    for (let index = this.next; index < nodes.length; index++) if (nodes[index] === json) return index;
    return undefined;
  }

  private indexOf(json: JsonObject): number {
    if (!this.indexes) {
      const indexes = new Map<JsonObject, number>();
      const { nodes } = this.document.mappings;
      for (let index = this.first; index < nodes.length; index++) indexes.set(nodes[index] as JsonObject, index);
      this.indexes = indexes;
    }
    return this.indexes.get(json) ?? this.document.mappings.length - 1;
  }
}
