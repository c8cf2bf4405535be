/** One YAML document as text. */
export interface DocumentText {
  readonly text: string;
  /** The line of the file on which its text begins, from 1. */
  readonly line: number;
}

/** A rule `---` begins a document, `...` ends one: at the start of a line, where no scalar can go on. */
const RULE = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm;

/**
 * Splits a file at its document rules, as text: a document that cannot be parsed leaves the others alone, and anchors
 * hold within one document anyway. Documents without any content are left out.
 */
export function* documentsIn(file: string): Generator<DocumentText> {
  let start = 0;
  let line = 1;
  RULE.lastIndex = 0;
  while (start < file.length) {
    const end = endOf(file, start);
    const text = file.slice(start, end);
    if (hasContent(text)) yield { text, line };
    line += linesIn(text);
    start = end;
  }
}

function endOf(file: string, start: number): number {
  // The rule with which a document begins is its own.
  RULE.lastIndex = start;
  for (let rule = RULE.exec(file); rule; rule = RULE.exec(file)) {
    if (rule[0] === '...') return RULE.lastIndex;
    // What stands before the rule may be no more than the directives of the document that it begins.
    if (rule.index > start && !isPreamble(file.slice(start, rule.index))) return rule.index;
  }
  return file.length;
}

/** Directives (%YAML, %TAG), which belong to the document after them. */
function isPreamble(text: string): boolean {
  return text.startsWith('%') && /^(?:[ \t]*(?:[%#][^\r\n]*)?\r?\n)*$/.test(text);
}

function hasContent(text: string): boolean {
  const afterRule = text.startsWith('---') ? 3 : 0;
  for (let at = afterRule; at < text.length; ) {
    const char = text.charCodeAt(at);
    if (char === 0x23 /* # */) {
      const next = text.indexOf('\n', at);
      if (next < 0) return false;
      at = next + 1;
    } else if (char === 0x2e /* . */ && text.startsWith('...', at) && at + 3 >= text.length) {
      return false;
    } else if (char > 0x20 && char !== 0xfeff) {
      return true;
    } else {
      at++;
    }
  }
  return false;
}

export function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
