/** One word of a shell command line. */
export interface Word {
  /** The text with quotes taken off; `$x`, `$(...)` and backticks stay as they were written. */
  readonly text: string;

  /** The text is certain: nothing in it is expanded. */
  readonly literal: boolean;

  /** Any quoting: such a word is no keyword. */
  readonly quoted: boolean;

  /** The scripts of its command substitutions. */
  readonly substitutions: readonly string[];
}

export function literalWord(text: string): Word {
  return { text, literal: true, quoted: false, substitutions: [] };
}

export type Token =
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'operator'; readonly text: string }
  | { readonly kind: 'redirect'; readonly text: string };

/** Said of a script that this reader, or a shell, cannot make sense of. */
export class ShellSyntaxError extends Error {}

const OPERATORS = [';;&', ';;', ';&', '&&', '||', '|&', ';', '&', '|', '(', ')', '\n'];
const REDIRECT = /^\d*(&>>|&>|<<<|<<-|<<|<>|<&|>&|>>|>\||<|>)/;

/** Splits a script into tokens, without comments and without the bodies of here-documents. */
export function tokenize(script: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let hereDocuments: number[] = []; // indexes of the tokens that name the end of a body still to come

  while (at < script.length) {
    const rest = script.slice(at, at + 16);
    const blank = /^(?:[ \t\r]|\\\r?\n)+/.exec(rest);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    if (rest[0] === '#') {
      at = endOfLine(script, at);
      continue;
    }
    if (/^[<>]\(/.test(rest)) throw new ShellSyntaxError('a process substitution');
    const redirect = REDIRECT.exec(rest);
    if (redirect) {
      tokens.push({ kind: 'redirect', text: redirect[1] });
      at += redirect[0].length;
      if (redirect[1].startsWith('<<') && redirect[1] !== '<<<') hereDocuments.push(tokens.length);
      continue;
    }
    const operator = OPERATORS.find((text) => rest.startsWith(text));
    if (operator) {
      tokens.push({ kind: 'operator', text: operator });
      at += operator.length;
      if (operator === '\n' && hereDocuments.length > 0) {
        for (const index of hereDocuments) at = skipHereDocument(script, at, tokens[index]);
        hereDocuments = [];
      }
      continue;
    }
    const { word, end } = readWord(script, at);
    tokens.push({ kind: 'word', word });
    at = end;
  }
  return tokens;
}

function endOfLine(script: string, at: number): number {
  const end = script.indexOf('\n', at);
  return end < 0 ? script.length : end;
}

function skipHereDocument(script: string, from: number, delimiter: Token | undefined): number {
  if (delimiter?.kind !== 'word') throw new ShellSyntaxError('a here-document without a delimiter');
  let at = from;
  while (at < script.length) {
    const end = endOfLine(script, at);
    const line = script.slice(at, end);
    at = end + 1;
    if (line.replace(/^\t+/, '') === delimiter.word.text) break;
  }
  return Math.min(at, script.length);
}

function readWord(script: string, start: number): { word: Word; end: number } {
  let at = start;
  let text = '';
  let literal = true;
  let quoted = false;
  const substitutions: string[] = [];

  const expansion = (): void => {
    const end = endOfExpansion(script, at);
    const source = script.slice(at, end);
    if (source.startsWith('$(') && !source.startsWith('$((')) substitutions.push(source.slice(2, -1));
    else if (source.startsWith('`')) substitutions.push(source.slice(1, -1).replace(/\\([\\`$])/g, '$1'));
    literal = false;
    text += source.replace(/^\$\{(\w+)\}$/, '$$$1');
    at = end;
  };

  while (at < script.length) {
    const char = script[at];
    if (/[ \t\r\n;&|()<>]/.test(char)) break;
    if (char === "'") {
      const end = closing(script, at + 1, "'");
      text += script.slice(at + 1, end);
      quoted = true;
      at = end + 1;
    } else if (char === '"') {
      quoted = true;
      at++;
      while (script[at] !== '"') {
        if (at >= script.length) throw new ShellSyntaxError('a double quote that is never closed');
        if (script[at] === '\\' && /["\\$`\n]/.test(script[at + 1] ?? '')) {
          if (script[at + 1] !== '\n') text += script[at + 1];
          at += 2;
        } else if (startsExpansion(script, at)) expansion();
        else text += script[at++];
      }
      at++;
    } else if (char === '\\') {
      if (script[at + 1] !== '\n') {
        text += script[at + 1] ?? '\\';
        quoted = true;
      }
      at += 2;
    } else if (startsExpansion(script, at)) {
      expansion();
    } else {
      if (/[*?]/.test(char)) literal = false; // the shell may put file names here
      text += char;
      at++;
    }
  }
  return { word: { text, literal, quoted, substitutions }, end: Math.min(at, script.length) };
}

function startsExpansion(script: string, at: number): boolean {
  return script[at] === '`' || (script[at] === '$' && /[\w({*@#?$!'"-]/.test(script[at + 1] ?? ''));
}

function closing(script: string, from: number, quote: string): number {
  const end = script.indexOf(quote, from);
  if (end < 0) throw new ShellSyntaxError('a quote that is never closed');
  return end;
}

/** The index after the expansion that begins at `at`. */
function endOfExpansion(script: string, at: number, nesting = 0): number {
  if (nesting > 50) throw new ShellSyntaxError('expansions within expansions, too deep to follow');
  if (script[at] === '`') {
    for (let i = at + 1; i < script.length; i++) {
      if (script[i] === '\\') i++;
      else if (script[i] === '`') return i + 1;
    }
    throw new ShellSyntaxError('a backtick that is never closed');
  }
  const next = script[at + 1];
  if (next === '(' || next === '{') return endOfBrackets(script, at + 1, nesting + 1);
  if (next === "'" || next === '"') return at + 1; // $'...' and $"...": the quote is read next
  const name = /^\$(\d|\w+|.)/.exec(script.slice(at, at + 200));
  return at + (name ? name[0].length : 1);
}

/** Over matching brackets, passing by those that stand in quotes. */
function endOfBrackets(script: string, from: number, nesting: number): number {
  const open = script[from];
  const close = open === '(' ? ')' : '}';
  let depth = 0;
  for (let i = from; i < script.length; i++) {
    const char = script[i];
    if (char === '\\') i++;
    else if (char === "'") i = closing(script, i + 1, "'");
    else if (char === '"') i = endOfDoubleQuotes(script, i + 1, nesting);
    else if (char === open) depth++;
    else if (char === close && --depth === 0) return i + 1;
  }
  throw new ShellSyntaxError(`a ${open} that is never closed`);
}

function endOfDoubleQuotes(script: string, from: number, nesting: number): number {
  for (let i = from; i < script.length; i++) {
    if (script[i] === '\\') i++;
    else if (script[i] === '"') return i;
    else if (startsExpansion(script, i)) i = endOfExpansion(script, i, nesting + 1) - 1;
  }
  throw new ShellSyntaxError('a double quote that is never closed');
}
