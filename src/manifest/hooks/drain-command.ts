import { checkSeconds } from './safe-values';

/** Tells a proxy to drain when no traffic source sends anything new any more. */
export interface DrainCommandHook {
  /** Slept first, until no traffic source sends anything new. */
  readonly delaySeconds: number;

  /** How long the command may take; it starts the drain and does not wait for its end. */
  readonly limitSeconds: number;

  readonly command: readonly string[];
}

/** `$0` of the script: how the hook is recognised in a manifest. */
const NAME = 'cdk8s-graceful-drain';

/**
 * The command arrives as arguments, so nothing in it reaches the shell. It is not started by `exec`, because `kill` is a
 * word of the shell in images that have no such program.
 */
const SCRIPT = `\
# arguments: delay, the longest that the command may take, the command
sleep "$1"
limit=$2
shift 2
"$@" &
command=$!
{ sleep "$limit"; kill "$command"; } >/dev/null 2>&1 &
wait "$command"
code=$?
kill $! 2>/dev/null
exit $code
`;

export function drainCommandPreStopCommand({ delaySeconds, limitSeconds, command }: DrainCommandHook): string[] {
  const delay = checkSeconds('The delay', delaySeconds, 0);
  const limit = checkSeconds('The limit', limitSeconds, 1);
  return ['/bin/sh', '-c', SCRIPT, NAME, String(delay), String(limit), ...command];
}

/** The hook as it stands in a manifest; undefined for any other command. */
export function readDrainCommand(command: readonly string[]): DrainCommandHook | undefined {
  const [, flag, script, name, delay = '', limit = '', ...own] = command;
  if (flag !== '-c' || script !== SCRIPT || name !== NAME || own.length === 0) return undefined;
  if (![delay, limit].every((text) => /^\d{1,15}$/.test(text))) return undefined;
  return { delaySeconds: Number(delay), limitSeconds: Number(limit), command: own };
}
