import { remembered } from '../../remembered';
import { readDrainCommand } from './drain-command';
import { effectsOf } from './effects';
import { BUILTINS } from './programs';
import { commandTiming } from './script-timing';
import { literalWord, ShellSyntaxError } from './shell-tokens';
import { readWaitUntilIdle } from './wait-until-idle';

/** What an exec hook does, as far as its text tells for certain. */
export interface ParsedHook {
  /** It waits at least this long before it returns; Infinity where it sleeps for ever. */
  readonly delaySeconds: number;
  /** It returns after at most this long; absent: not known, and `unknown` says why. */
  readonly longestSeconds?: number;
  readonly waitUntilIdle?: { readonly deadlineSeconds: number; readonly gauges: readonly string[] };
  /** Files that it creates and removes. `$DIR/x` stands as it was written. */
  readonly touches: readonly string[];
  readonly removes: readonly string[];
  /** Programs that it needs in the image, by base name. */
  readonly tools: readonly string[];
  readonly unknown?: string;
}

/** Thousands of workloads share a handful of hooks. */
export const parseHook = remembered(readHook, (command: readonly string[]) => command.join('\0'));

function readHook(command: readonly string[]): ParsedHook {
  if (command.length === 0)
    return { delaySeconds: 0, touches: [], removes: [], tools: [], unknown: 'the command is empty' };
  const own = readWaitUntilIdle(command);
  if (own) {
    const { delaySeconds, deadlineSeconds, gauges, fetchWith, markerPath } = own;
    return {
      delaySeconds,
      longestSeconds: delaySeconds + deadlineSeconds,
      waitUntilIdle: { deadlineSeconds, gauges },
      touches: markerPath === undefined ? [] : [markerPath],
      removes: [],
      tools: ['sh', 'sleep', ...(markerPath === undefined ? [] : ['touch']), fetchWith],
    };
  }
  const drain = readDrainCommand(command);
  if (drain) {
    const { touches, removes, tools } = effectsOf(drain.command);
    return {
      delaySeconds: drain.delaySeconds,
      longestSeconds: drain.delaySeconds + drain.limitSeconds,
      touches,
      removes,
      tools: [...new Set(['sh', 'sleep', ...tools.filter((tool) => !BUILTINS.has(tool))])],
    };
  }
  if (/\s/.test(command[0])) {
    const unknown = `${JSON.stringify(command[0].slice(0, 60))} is taken as the name of one program: nothing splits it`;
    return { delaySeconds: 0, touches: [], removes: [], tools: [], unknown };
  }
  const { touches, removes, tools } = effectsOf(command);
  return { ...timeOf(command), touches, removes, tools };
}

/** Files whose presence or absence an exec probe tests. */
export function testedPaths(command: readonly string[]): readonly string[] {
  return effectsOf(command).tests;
}

function timeOf(command: readonly string[]): Pick<ParsedHook, 'delaySeconds' | 'longestSeconds' | 'unknown'> {
  try {
    const { least, most, why } = commandTiming(command.map(literalWord));
    const delaySeconds = rounded(least);
    if (most !== undefined && Number.isFinite(most)) return { delaySeconds, longestSeconds: rounded(most) };
    return { delaySeconds, unknown: why ?? 'its length has no bound' };
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    return { delaySeconds: 0, unknown: `its script is not understood: ${error.message}` };
  }
}

/** Without the dust of floating point: 0.1 + 0.2 is 0.3. */
function rounded(seconds: number): number {
  return Number(seconds.toPrecision(12));
}
