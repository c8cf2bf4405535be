import { baseName, isShell } from './programs';

/** Numbers and lengths such as 15 or 1m: put into a script, they change nothing but themselves. */
const LENGTH = /^\d{1,9}(?:\.\d+)?[smhd]?$/;

/**
 * The command with the variables of the container put in where a shell reads them and their text is a length: only a
 * shell does that, and not between single quotes, nor where the script sets the variable itself.
 */
export function withLengths(
  command: readonly string[],
  variables: () => ReadonlyMap<string, string | undefined>,
): readonly string[] {
  if (!command.some((word) => word.includes('$')) || !isShell(baseName(command[0] ?? ''))) return command;
  const env = variables();
  const script = command.join('\n');
  if (script.includes("'")) return command;
  return command.map((word) =>
    word.replace(/(?<!\\)\$(?:\{(\w+)\}|(\w+))/g, (reference, braced?: string, bare?: string) => {
      const name = braced ?? bare ?? '';
      const value = env.get(name);
      const isSet = new RegExp(`(?:^|[^\\w$])(?:${name}=|(?:read|for|unset|export|local) [^;&|]*\\b${name}\\b)`).test(
        script,
      );
      return value !== undefined && LENGTH.test(value) && !isSet ? value : reference;
    }),
  );
}
