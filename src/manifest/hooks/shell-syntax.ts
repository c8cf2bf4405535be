import { literalWord, ShellSyntaxError, type Token, tokenize, type Word } from './shell-tokens';
import type { Node, Redirect } from './shell-tree';

/** Throws a ShellSyntaxError for what is no shell script, and for the few constructs that it does not know. */
export function parseScript(script: string): Node {
  return new Parser(tokenize(script)).script();
}

const NAME = /^[A-Za-z_]\w*$/;
const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;
const CLOSING_WORDS = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}']);

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  script(): Node {
    const node = this.list();
    if (this.at < this.tokens.length) throw new ShellSyntaxError(`an unexpected ${this.shown()}`);
    return node;
  }

  private list(): Node {
    const items: { node: Node; background: boolean }[] = [];
    this.skip('\n', ';');
    while (this.startsCommand()) {
      const node = this.andOr();
      const background = this.accept('&');
      items.push({ node, background });
      if (!background && !this.isOperator('\n', ';')) break;
      this.skip('\n', ';');
    }
    return { kind: 'list', items };
  }

  private andOr(): Node {
    const first = this.pipeline();
    const rest: { operator: '&&' | '||'; node: Node }[] = [];
    while (this.isOperator('&&', '||')) {
      const operator = this.isOperator('&&') ? '&&' : '||';
      this.at++;
      this.skip('\n');
      rest.push({ operator, node: this.pipeline() });
    }
    return rest.length === 0 ? first : { kind: 'and-or', first, rest };
  }

  private pipeline(): Node {
    let negated = false;
    while (this.acceptKeyword('!')) negated = !negated;
    const parts = [this.command()];
    while (this.accept('|', '|&')) {
      this.skip('\n');
      parts.push(this.command());
    }
    return parts.length === 1 && !negated ? parts[0] : { kind: 'pipeline', negated, parts };
  }

  private command(): Node {
    if (++this.depth > 60) throw new ShellSyntaxError('commands within commands, too deep to follow');
    const node = this.anyCommand();
    this.depth--;
    return node;
  }

  private anyCommand(): Node {
    if (this.acceptKeyword('if')) return this.redirected(this.ifClause());
    if (this.acceptKeyword('while')) return this.redirected(this.whileClause(false));
    if (this.acceptKeyword('until')) return this.redirected(this.whileClause(true));
    if (this.acceptKeyword('for')) return this.redirected(this.forClause());
    if (this.acceptKeyword('case')) return this.redirected(this.caseClause());
    if (this.acceptKeyword('{')) return this.group(false, () => this.expectKeyword('}'));
    if (this.accept('(')) {
      if (this.isOperator('(')) throw new ShellSyntaxError('arithmetic in double brackets');
      return this.group(true, () => this.expect(')'));
    }
    if (this.acceptKeyword('function')) {
      const name = this.word();
      if (this.accept('(')) this.expect(')');
      return this.functionBody(name.text);
    }
    if (this.isKeyword('[[')) return this.doubleBrackets();
    return this.simple();
  }

  private group(subshell: boolean, close: () => void): Node {
    const body = this.list();
    close();
    return { kind: 'group', subshell, body, redirects: this.redirects() };
  }

  /** Redirects after a compound command belong to all of it. */
  private redirected(node: Node): Node {
    const redirects = this.redirects();
    return redirects.length === 0 ? node : { kind: 'group', subshell: false, body: node, redirects };
  }

  private ifClause(): Node {
    const branches: { condition: Node; body: Node }[] = [];
    do {
      const condition = this.list();
      this.expectKeyword('then');
      branches.push({ condition, body: this.list() });
    } while (this.acceptKeyword('elif'));
    const otherwise = this.acceptKeyword('else') ? this.list() : undefined;
    this.expectKeyword('fi');
    return { kind: 'if', branches, ...(otherwise && { otherwise }) };
  }

  private whileClause(until: boolean): Node {
    const condition = this.list();
    return { kind: 'while', until, condition, body: this.loopBody() };
  }

  private forClause(): Node {
    if (!NAME.test(this.word().text)) throw new ShellSyntaxError('a for loop without a variable');
    this.skip('\n');
    let items: Word[] | undefined;
    if (this.acceptKeyword('in')) {
      items = [];
      while (this.tokens[this.at]?.kind === 'word') items.push(this.word());
    }
    this.skip('\n', ';');
    const body = this.loopBody();
    return { kind: 'for', ...(items && { items }), body };
  }

  private loopBody(): Node {
    this.expectKeyword('do');
    const body = this.list();
    this.expectKeyword('done');
    return body;
  }

  private caseClause(): Node {
    const subject = this.word();
    this.skip('\n');
    this.expectKeyword('in');
    this.skip('\n');
    const bodies: Node[] = [];
    while (!this.acceptKeyword('esac')) {
      this.accept('(');
      do this.word();
      while (this.accept('|'));
      this.expect(')');
      bodies.push(this.list());
      if (!this.accept(';;', ';&', ';;&') && !this.isKeyword('esac')) {
        throw new ShellSyntaxError(`an unexpected ${this.shown()} in a case`);
      }
      this.skip('\n');
    }
    return { kind: 'case', subject, bodies };
  }

  private functionBody(name: string): Node {
    this.skip('\n');
    return { kind: 'function', name, body: this.command() };
  }

  /** bash's test: its operators are words of the one command. */
  private doubleBrackets(): Node {
    const words: Word[] = [];
    for (let open = true; open; ) {
      const token = this.tokens[this.at++];
      if (!token) throw new ShellSyntaxError('a [[ that is never closed');
      const word = token.kind === 'word' ? token.word : literalWord(token.text);
      words.push(word);
      open = word.text !== ']]';
    }
    return { kind: 'simple', assignments: [], words, redirects: this.redirects() };
  }

  private simple(): Node {
    const assignments: Word[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (let token = this.tokens[this.at]; token; token = this.tokens[this.at]) {
      if (token.kind === 'redirect') redirects.push(...this.redirects());
      else if (token.kind === 'word') {
        (words.length === 0 && ASSIGNMENT.test(token.word.text) ? assignments : words).push(this.word());
        if (words.length === 1 && NAME.test(words[0].text) && this.accept('(')) {
          this.expect(')');
          return this.functionBody(words[0].text);
        }
      } else break;
    }
    if (assignments.length + words.length + redirects.length === 0) {
      throw new ShellSyntaxError(`an unexpected ${this.shown()}`);
    }
    return { kind: 'simple', assignments, words, redirects };
  }

  private redirects(): Redirect[] {
    const redirects: Redirect[] = [];
    for (let token = this.tokens[this.at]; token?.kind === 'redirect'; token = this.tokens[this.at]) {
      this.at++;
      redirects.push({ operator: token.text, target: this.word() });
    }
    return redirects;
  }

  private startsCommand(): boolean {
    const token = this.tokens[this.at];
    if (!token || token.kind === 'redirect') return token !== undefined;
    if (token.kind === 'operator') return token.text === '(';
    return token.word.quoted || !CLOSING_WORDS.has(token.word.text);
  }

  private word(): Word {
    const token = this.tokens[this.at];
    if (token?.kind !== 'word') throw new ShellSyntaxError(`an unexpected ${this.shown()}`);
    this.at++;
    return token.word;
  }

  private isKeyword(text: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'word' && !token.word.quoted && token.word.text === text;
  }

  private acceptKeyword(text: string): boolean {
    const found = this.isKeyword(text);
    if (found) this.at++;
    return found;
  }

  private expectKeyword(text: string): void {
    if (!this.acceptKeyword(text)) throw new ShellSyntaxError(`an unexpected ${this.shown()} instead of ${text}`);
  }

  private isOperator(...texts: string[]): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'operator' && texts.includes(token.text);
  }

  private accept(...texts: string[]): boolean {
    const found = this.isOperator(...texts);
    if (found) this.at++;
    return found;
  }

  private expect(text: string): void {
    if (!this.accept(text)) throw new ShellSyntaxError(`an unexpected ${this.shown()} instead of ${text}`);
  }

  private skip(...texts: string[]): void {
    while (this.accept(...texts));
  }

  private shown(): string {
    const token = this.tokens[this.at];
    if (!token) return 'end';
    const text = token.kind === 'word' ? token.word.text : token.text;
    return text === '\n' ? 'end of line' : text.slice(0, 40);
  }
}
