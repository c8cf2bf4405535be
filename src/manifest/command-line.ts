import { hasReference, withVariables } from './config-maps';
import { baseName, INIT_PROGRAMS, isShell } from './hooks/programs';
import { startedBy } from './hooks/started-by';
import { withLengths } from './hooks/variables';

/** The words that the programs of a container get, those within a shell's script too. */
export interface CommandLine {
  readonly words: readonly string[];
  /** Why a flag that is not among them may be there all the same. */
  readonly unknown?: string;
}

/** A word, or a part of it, that is known only in the container. */
export function isKnownOnlyInside(word: string): boolean {
  return word.includes('$') && (word === '$' || hasReference(word));
}

/** @param command command and args, with the text of scripts in place of their files where those were read */
export function commandLineOf(
  command: readonly string[],
  variables: () => ReadonlyMap<string, string | undefined>,
): CommandLine {
  if (command.length === 0) return { words: command };
  const whole = command.some((word) => word.includes('$('))
    ? command.map((word) => withVariables(word, variables()))
    : command;
  const program = baseName(whole[0] as string);
  if (!isShell(program) && !INIT_PROGRAMS.includes(program)) {
    const open = whole.find(isKnownOnlyInside) ?? (isScript(program) ? program : undefined);
    return { words: whole, unknown: open === undefined ? undefined : notRead(open) };
  }
  const started = startedBy(withLengths(whole, variables));
  const words = started.flat();
  if (started.length === 0) return { words: whole, unknown: notRead('its script') };
  const open = words.find(isKnownOnlyInside);
  const script = started.find(
    ([name = '', first = '']) => isScript(name) || ((name === '.' || name === 'source') && first),
  );
  if (open !== undefined) return { words, unknown: 'a variable of its script may hold it' };
  return { words, unknown: script && notRead(script.join(' ')) };
}

function isScript(program: string): boolean {
  return program.endsWith('.sh');
}

function notRead(what: string): string {
  return `what ${what.slice(0, 60)} adds to the command line was not read`;
}
