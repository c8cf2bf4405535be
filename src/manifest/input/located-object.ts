import { isObject, type JsonObject } from '../json';
import type { SourceObject } from '../source-object';
import type { Mappings } from './yaml';

/** A document as it was read, shared by the objects in it. */
export interface ReadDocument {
  readonly file: string;
  readonly text: string;
  /** The line of the file on which its text begins. */
  readonly line: number;
  readonly mappings: Mappings;
}

/** An object of a file. Where its fields are is looked up only when a finding asks. */
export class LocatedObject implements SourceObject {
  readonly line: number;
  private readonly offset: number;

  /** @param first, last the object's mappings among those of the file, its own the last */
  constructor(
    readonly json: JsonObject,
    private readonly document: ReadDocument,
    private readonly first: number,
    private readonly last: number,
    after: { readonly line: number; readonly offset: number },
  ) {
    this.offset = this.contentAt(last);
    this.line = after.line + this.linesBetween(after.offset, this.offset);
  }

  get file(): string {
    return this.document.file;
  }

  /** A place in the document that what comes after the object can count its lines from. */
  get mark(): { readonly line: number; readonly offset: number } {
    return { line: this.line, offset: this.offset };
  }

  lineOf(path: readonly string[], from: JsonObject = this.json): number | undefined {
    let node: unknown = from;
    let index = this.indexOf(from);
    let offset = index === undefined ? this.offset : this.contentAt(index);
    for (const key of path) {
      if (Array.isArray(node)) node = node[Number(key)];
      else if (isObject(node)) {
        const found = index === undefined ? undefined : this.keyAt(index, key);
        if (found === undefined) break;
        offset = found;
        node = node[key];
      } else break;
      if (isObject(node)) {
        index = this.indexOf(node);
        if (index !== undefined && Number.isInteger(Number(key))) offset = this.contentAt(index);
      }
    }
    // An alias may lead to an anchor in front of the object.
    return offset < this.offset
      ? this.line - this.linesBetween(offset, this.offset)
      : this.line + this.linesBetween(this.offset, offset);
  }

  private indexOf(node: JsonObject): number | undefined {
    const { nodes } = this.document.mappings;
    for (let index = this.last; index >= this.first; index--) if (nodes[index] === node) return index;
    return undefined;
  }

  /** Where the first key of a mapping is, blanks, comments, anchors and tags in front of it left out. */
  private contentAt(index: number): number {
    BEFORE_CONTENT.lastIndex = this.document.mappings.starts[index] as number;
    BEFORE_CONTENT.test(this.document.text);
    return BEFORE_CONTENT.lastIndex;
  }

  /** Where a key of a mapping is: in block style at the column of its first key, in flow style in no mapping within. */
  private keyAt(index: number, key: string): number | undefined {
    const { text, mappings } = this.document;
    const begin = this.contentAt(index);
    const end = mappings.ends[index] as number;
    const isFlow = text[begin] === '{';
    const column = begin - (text.lastIndexOf('\n', begin - 1) + 1);
    for (let at = text.indexOf(key, begin); at >= 0 && at < end; at = text.indexOf(key, at + 1)) {
      const quote = text[at - 1] === '"' || text[at - 1] === "'" ? 1 : 0;
      const lineStart = text.lastIndexOf('\n', at) + 1;
      AFTER_KEY.lastIndex = at + key.length;
      if (!AFTER_KEY.test(text)) continue;
      if (
        isFlow
          ? this.isDirectlyIn(index, at)
          : at - quote - lineStart === column && isIndent(text, lineStart, at - quote, begin)
      )
        return at - quote;
    }
    return undefined;
  }

  private isDirectlyIn(index: number, offset: number): boolean {
    const { starts, ends } = this.document.mappings;
    for (let other = index - 1; other >= this.first; other--) {
      if ((ends[other] as number) <= (starts[index] as number)) break;
      if (offset >= (starts[other] as number) && offset < (ends[other] as number)) return false;
    }
    return true;
  }

  private linesBetween(from: number, to: number): number {
    const { text } = this.document;
    let count = 0;
    for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
    return count;
  }
}

const BEFORE_CONTENT = /(?:[ \t\r\n]+|#[^\n]*|---(?=\s)|[&!][^\s,[\]{}]*)*/y;
const AFTER_KEY = /["']?[ \t\r\n]*:/y;

/** Only blanks stand in front of a key in block style, and the dash of a list in front of the first. */
function isIndent(text: string, from: number, to: number, first: number): boolean {
  if (to === first) return true;
  for (let at = from; at < to; at++) if (text[at] !== ' ') return false;
  return true;
}
