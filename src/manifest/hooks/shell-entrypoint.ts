import { BUILTINS, INIT_PROGRAMS, invocationOf, isShell, shellCall } from './programs';
import { parseScript } from './shell-syntax';
import { literalWord, ShellSyntaxError } from './shell-tokens';
import { childrenOf, type Node } from './shell-tree';

/** Whether a shell stands between SIGTERM and the server. */
export interface ShellEntrypoint {
  /**
   * - `no-shell`: as far as the manifest shows, the container starts its program itself
   * - `exec`: a shell, which is replaced by the program
   * - `swallows-sigterm`: a shell that stays: the program never gets to drain
   * - `may-exec`: depends on the shell, on its version, or on what the manifest does not show
   */
  readonly verdict: 'exec' | 'swallows-sigterm' | 'may-exec' | 'no-shell';
  /** Its base name. */
  readonly shell?: string;
  readonly why: string;
}

type Judged = Omit<ShellEntrypoint, 'shell'>;

/** @param script of a file that was read, in place of command and args */
export function shellEntrypoint(
  command: readonly string[] | undefined,
  args: readonly string[] | undefined,
  script?: readonly string[],
): ShellEntrypoint {
  const judged = ofCommand(script ?? [...(command ?? []), ...(args ?? [])], 0, script !== undefined);
  if ((command ?? []).length === 0 && judged.verdict === 'swallows-sigterm') {
    return { ...judged, verdict: 'may-exec', why: `${judged.why} (if the image's ENTRYPOINT only runs its arguments)` };
  }
  return judged;
}

/** @param fromFile the shell reads its script from a file, and so never replaces itself by its last command */
function ofCommand(command: readonly string[], depth: number, fromFile = false): ShellEntrypoint {
  const invocation = invocationOf(command.map(literalWord), false);
  const shell = invocation.program;
  if (!isShell(shell)) return { verdict: 'no-shell', why: 'the container starts its program without a shell' };

  const { script, file } = shellCall(invocation.args);
  if (script === undefined) {
    return file === undefined
      ? { verdict: 'swallows-sigterm', shell, why: `${shell} without a command ignores SIGTERM as PID 1` }
      : { verdict: 'may-exec', shell, why: `whether ${file} ends in exec is not in the manifest` };
  }
  const judged = { shell, ...ofScript(script, shell, depth, fromFile) };
  const init = invocation.wrappers.find((wrapper) => INIT_PROGRAMS.includes(wrapper));
  if (!init || judged.verdict !== 'swallows-sigterm') return judged;
  // Measured with tini 0.19 (with and without -g) and dumb-init 1.2.5 around dash: gone 0.1 s after SIGTERM, no drain.
  return {
    ...judged,
    why: `${judged.why}; ${init} ends as soon as SIGTERM has ended ${shell}, and the program is killed without a drain`,
  };
}

function ofScript(text: string, shell: string, depth: number, fromFile = false): Judged {
  let script: Node;
  try {
    script = parseScript(text);
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    return { verdict: 'may-exec', why: `its script is not understood: ${error.message}` };
  }
  const last = lastOf(script);
  const invocation = last?.kind === 'simple' ? invocationOf(last.words, true) : undefined;
  if (invocation?.program === 'eval' && depth < 10) {
    return ofScript(invocation.args.map((word) => word.text).join(' '), shell, depth + 1, fromFile);
  }
  if (!invocation?.replacesShell && runs(script, 'trap')) {
    return { verdict: 'may-exec', why: 'it sets a trap, which may pass SIGTERM on' };
  }
  const judged: Judged = everyWayEndsInExec(script)
    ? { verdict: 'exec', why: 'it ends in exec on every way' }
    : fromFile
      ? { verdict: 'swallows-sigterm', why: `${shell} stays PID 1 until the last command of its script has ended` }
      : ofShellItself(script, last, shell);
  if (judged.verdict === 'swallows-sigterm' || !isShell(invocation?.program) || depth >= 10) return judged;
  // `exec sh -c app`: another shell in the place of the first.
  const inner = ofCommand([invocation.program, ...invocation.args.map((word) => word.text)], depth + 1);
  return inner.verdict === 'exec' ? judged : { verdict: inner.verdict, why: inner.why };
}

/** What the shell does by itself with the last command of `-c`. Measured: bash 5.2, dash 0.5.12, busybox 1.35. */
function ofShellItself(script: Node, last: Node | undefined, shell: string): Judged {
  const program = last?.kind === 'simple' ? invocationOf(last.words, true).program : undefined;
  const plain = last?.kind === 'simple' && last.words.length > 0 && !(program && BUILTINS.has(program));
  if (shell === 'bash') {
    if (!plain || last.redirects.length > 0) {
      return {
        verdict: 'swallows-sigterm',
        why: 'bash stays PID 1 unless its last command is simple and without redirects',
      };
    }
    return last === onlyCommand(script)
      ? { verdict: 'exec', why: 'bash replaces itself by the only command of -c' }
      : {
          verdict: 'may-exec',
          why: 'bash 5.1 and later replace themselves by the last command of -c, older ones do not',
        };
  }
  if (!plain) return { verdict: 'swallows-sigterm', why: `${shell} stays PID 1, and its last command is not exec` };
  if (shell === 'dash') return { verdict: 'swallows-sigterm', why: 'dash stays PID 1 unless the command says exec' };
  if (shell === 'sh') {
    const why = 'sh stays PID 1 without exec where it is dash, as in Debian and Ubuntu images';
    return { verdict: 'swallows-sigterm', why };
  }
  return { verdict: 'may-exec', why: `${shell} mostly replaces itself by the last command of -c, without a promise` };
}

/** The command after which the script ends. */
function lastOf(node: Node | undefined): Node | undefined {
  if (node?.kind === 'list') {
    const item = node.items.find((each) => !each.background && isExec(each.node)) ?? node.items.at(-1);
    return item?.background ? undefined : lastOf(item?.node);
  }
  if (node?.kind !== 'and-or') return node;
  const nodes = [node.first, ...node.rest.map((each) => each.node)];
  let at = nodes.length - 1;
  // `exec app || exit 1`: what comes after `||` is there only for an exec that failed.
  while (at > 0 && node.rest[at - 1].operator === '||' && isExec(nodes[at - 1])) at--;
  return lastOf(nodes[at]);
}

function isExec(node: Node): boolean {
  if (node.kind !== 'simple') return false;
  const { replacesShell, program } = invocationOf(node.words, true);
  return replacesShell && program !== 'exec'; // `exec >file` only redirects
}

function onlyCommand(node: Node): Node | undefined {
  return node.kind === 'list' && node.items.length === 1 && !node.items[0].background ? node.items[0].node : undefined;
}

function everyWayEndsInExec(node: Node | undefined): boolean {
  const last = lastOf(node);
  if (last?.kind === 'simple') return isExec(last);
  if (last?.kind === 'group') return !last.subshell && everyWayEndsInExec(last.body);
  if (last?.kind === 'if') {
    return last.branches.every(({ body }) => everyWayEndsInExec(body)) && everyWayEndsInExec(last.otherwise);
  }
  return last?.kind === 'case' && last.bodies.length > 0 && last.bodies.every(everyWayEndsInExec);
}

function runs(node: Node, program: string): boolean {
  if (node.kind === 'simple') return invocationOf(node.words, true).program === program;
  return childrenOf(node).some((child) => runs(child, program));
}
