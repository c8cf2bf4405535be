import { baseName, isShell } from './programs';

/** A command line, with the text of a script in place of its file where that file was read. */
export interface ReadCommand {
  readonly command: readonly string[];
  /** The shell reads a file: it does not replace itself by the last command, as it may with `-c`. */
  readonly fromFile: boolean;
}

/** The text of a file by its absolute path; undefined: it was not read. */
export type ReadFile = (path: string) => string | undefined;

/** `sh /scripts/drain.sh`, `/scripts/drain.sh` with a shell in its first line, and `sh -c /scripts/drain.sh`. */
export function withScript(command: readonly string[], read: ReadFile): ReadCommand {
  const [program = '', ...rest] = command;
  if (isShell(baseName(program))) {
    const at = rest.findIndex((word) => !/^[-+]/.test(word));
    const options = rest.slice(0, at);
    const word = rest[at];
    if (at < 0 || word === undefined) return { command, fromFile: false };
    if (!options.some((option) => /^-[a-zA-Z]*c/.test(option)))
      return ofFile(command, program, options, rest.slice(at), read);
    const only = /^\s*(?:exec\s+)?(?:\S*\b(sh|bash|dash|ash)\s+)?(\/[\w./-]+)\s*$/.exec(word);
    if (!only) return { command, fromFile: false };
    const called = withScript(only[1] === undefined ? [only[2] as string] : [only[1], only[2] as string], read);
    return called.fromFile ? called : { command, fromFile: false };
  }
  if (!program.startsWith('/')) return { command, fromFile: false };
  const shell = /^#![ \t]*\S*\/(?:env[ \t]+)?(\w+)[ \t]*(-\w+)?[ \t]*\r?(?:\n|$)/.exec(read(program) ?? '');
  if (!shell || !isShell(shell[1])) return { command, fromFile: false };
  return ofFile(command, shell[1], shell[2] === undefined ? [] : [shell[2]], command, read);
}

function ofFile(
  command: readonly string[],
  shell: string,
  options: readonly string[],
  [file = '', ...args]: readonly string[],
  read: ReadFile,
): ReadCommand {
  const text = read(file);
  if (text === undefined) return { command, fromFile: false };
  return { command: [shell, ...options, '-c', text, file, ...args], fromFile: true };
}
