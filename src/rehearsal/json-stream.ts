/**
 * Finds the JSON objects that kubectl writes one after another, wherever the pieces in which they come are cut. Between
 * them there may be anything but braces.
 */
export class JsonStream {
  private text = '';
  private scanned = 0;
  private start = -1;
  private depth = 0;
  private inString = false;
  private escaped = false;

  constructor(private readonly found: (value: unknown) => void) {}

  push(piece: string): void {
    this.text += piece;
    for (; this.scanned < this.text.length; this.scanned++) this.look(this.text.charAt(this.scanned));
    const kept = this.start < 0 ? this.scanned : this.start;
    this.text = this.text.slice(kept);
    this.scanned -= kept;
    if (this.start >= 0) this.start = 0;
  }

  private look(character: string): void {
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (character === '\\') this.escaped = true;
      else if (character === '"') this.inString = false;
    } else if (character === '"' && this.depth > 0) {
      this.inString = true;
    } else if (character === '{') {
      if (this.depth++ === 0) this.start = this.scanned;
    } else if (character === '}' && this.depth > 0 && --this.depth === 0) {
      const whole = this.text.slice(this.start, this.scanned + 1);
      this.start = -1;
      const value = parsed(whole);
      if (value !== undefined) this.found(value);
    }
  }
}

/** What is in braces and no JSON was not written by kubectl, but by a program whose log is read. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function jsonObjectsIn(text: string): readonly unknown[] {
  const found: unknown[] = [];
  new JsonStream((value) => found.push(value)).push(text);
  return found;
}
