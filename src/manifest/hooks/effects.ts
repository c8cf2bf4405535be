import { remembered } from '../../remembered';
import { invocationOf, isShell, shellCall, toolsOf } from './programs';
import { parseScript } from './shell-syntax';
import { literalWord, ShellSyntaxError, type Word } from './shell-tokens';
import { childrenOf, type Node, type Redirect } from './shell-tree';

/** What a command may do on one of its ways, each part taken for itself. */
export interface Effects {
  readonly touches: readonly string[];
  readonly removes: readonly string[];
  readonly tests: readonly string[];
  readonly tools: readonly string[];
}

interface Found {
  readonly touches: Set<string>;
  readonly removes: Set<string>;
  readonly tests: Set<string>;
  readonly tools: Set<string>;
  readonly functions: Set<string>;
}

export const effectsOf = remembered(readEffects, JSON.stringify);

function readEffects(command: readonly string[]): Effects {
  const found: Found = {
    touches: new Set(),
    removes: new Set(),
    tests: new Set(),
    tools: new Set(),
    functions: new Set(),
  };
  ofWords(command.map(literalWord), false, found, 0);
  return {
    touches: [...found.touches],
    removes: [...found.removes],
    tests: [...found.tests],
    tools: [...found.tools].filter((tool) => !found.functions.has(tool)),
  };
}

function ofWords(words: readonly Word[], inShell: boolean, found: Found, depth: number): void {
  const invocation = invocationOf(words, inShell);
  const { program, args } = invocation;
  for (const tool of toolsOf(invocation, inShell)) found.tools.add(tool);
  if (program === 'touch') addAll(found.touches, operands(args, ['-r', '-d', '-t']));
  if (program === 'tee') addAll(found.touches, operands(args, []));
  if (program === 'rm' || program === 'unlink') addAll(found.removes, operands(args, []));
  if (program === 'cat' || program === 'ls' || program === 'stat') addAll(found.tests, operands(args, ['-c', '-f']));
  if (program === 'test' || program === '[' || program === '[[') addAll(found.tests, testedFiles(args));
  if (isShell(program)) ofScript(shellCall(args).script, found, depth + 1);
  if (program === 'eval' && inShell) ofScript(args.map((word) => word.text).join(' '), found, depth + 1);
}

function ofScript(script: string | undefined, found: Found, depth: number): void {
  if (script === undefined || depth > 10) return;
  try {
    ofNode(parseScript(script), found, depth);
  } catch (error) {
    // What cannot be read is reported with the timing.
    if (!(error instanceof ShellSyntaxError)) throw error;
  }
}

function ofNode(node: Node, found: Found, depth: number): void {
  if (node.kind === 'function') found.functions.add(node.name);
  if (node.kind === 'simple') {
    if (node.words.length > 0) ofWords(node.words, true, found, depth);
    ofSubstitutions([...node.assignments, ...node.words], found, depth);
  }
  if (node.kind === 'simple' || node.kind === 'group') ofRedirects(node.redirects, found);
  if (node.kind === 'for') ofSubstitutions(node.items ?? [], found, depth);
  if (node.kind === 'case') ofSubstitutions([node.subject], found, depth);
  for (const child of childrenOf(node)) ofNode(child, found, depth);
}

function ofSubstitutions(words: readonly Word[], found: Found, depth: number): void {
  for (const word of words) for (const script of word.substitutions) ofScript(script, found, depth + 1);
}

function ofRedirects(redirects: readonly Redirect[], found: Found): void {
  for (const { operator, target } of redirects) {
    if (/^\/(dev|proc)\//.test(target.text)) continue;
    if (/^(&?>>?|>\||<>)$/.test(operator)) found.touches.add(target.text);
    if (operator === '<') found.tests.add(target.text);
  }
}

/** The arguments that are no options, nor the values of these. */
function operands(args: readonly Word[], withValue: readonly string[]): string[] {
  return args
    .map((word) => word.text)
    .filter((text, index, all) => isFile(text) && !withValue.includes(all[index - 1]));
}

const isFile = (text: string | undefined): text is string => text !== undefined && /^[^-]/.test(text);

function testedFiles(args: readonly Word[]): string[] {
  const texts = args.map((word) => word.text);
  return texts.flatMap((text, index) => (/^-[efdrwxsLhpS]$/.test(text) ? [texts[index + 1]] : [])).filter(isFile);
}

function addAll(set: Set<string>, values: readonly string[]): void {
  for (const value of values) set.add(value);
}
