import { remembered } from '../../remembered';
import { type Invocation, invocationOf, isShell, shellCall } from './programs';
import { parseScript } from './shell-syntax';
import { literalWord, ShellSyntaxError, type Word } from './shell-tokens';
import { childrenOf, type Node } from './shell-tree';

/**
 * The commands that a container's command line comes down to, words by words: folders, wrappers such as exec, env and tini,
 * and the version of an interpreter are taken off, scripts of a shell are looked into.
 */
export const startedBy = remembered(
  (command: readonly string[]): readonly (readonly string[])[] => {
    const found: string[][] = [];
    try {
      collect(invocationOf(command.map(literalWord), false), found, 0);
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
    }
    return found;
  },
  (command) => command.join('\0'),
);

function collect(invocation: Invocation, found: string[][], depth: number): void {
  const { args } = invocation;
  const program: string | undefined = invocation.program;
  if (program === undefined || depth > 5) return;
  if (isShell(program)) {
    const { script } = shellCall(args);
    if (script !== undefined) collectScript(script, found, depth + 1);
  } else if (program === 'eval') {
    collectScript(args.map((word) => word.text).join(' '), found, depth + 1);
  } else {
    found.push([plainName(program), ...args.map(textOf)]);
  }
}

function collectScript(script: string, found: string[][], depth: number): void {
  const walk = (node: Node): void => {
    if (node.kind === 'simple') collect(invocationOf(node.words, true), found, depth);
    for (const child of childrenOf(node)) walk(child);
  };
  walk(parseScript(script));
}

function plainName(program: string): string {
  return program.replace(/^(python|node|java)[\d.]+$/, '$1');
}

/** What is known only in the container is a word that nothing is equal to. */
function textOf(word: Word): string {
  return word.literal ? word.text : '$';
}
