import { pythonFetchLimit } from './fetch';
import { INSTANT, SUCCEEDS, sleepSeconds } from './programs';
import type { Word } from './shell-tokens';

/** 0: goes on; 1: may leave; 2: leaves for certain. */
export type Leaves = 0 | 1 | 2;

/** How long a command takes and how it goes on after it. */
export interface Timing {
  readonly least: number;
  /** Absent: not known, and `why` says so. */
  readonly most?: number;
  readonly why?: string;
  readonly status: 'succeeds' | 'fails' | 'either';
  /** The shell ends here: exit, exec, a failure under `set -e`. */
  readonly shell: Leaves;
  /** break and continue. */
  readonly loop: Leaves;
  readonly function: Leaves;
}

const GOES_ON = { shell: 0, loop: 0, function: 0 } as const;

export const NO_TIME: Timing = { least: 0, most: 0, status: 'succeeds', ...GOES_ON };

export function takes(seconds: number, status: Timing['status'] = 'succeeds'): Timing {
  return { least: seconds, most: seconds, status, ...GOES_ON };
}

export function unknown(why: string, least = 0): Timing {
  return { least, why, status: 'either', ...GOES_ON };
}

export function leaves(timing: Timing): boolean {
  return timing.shell + timing.loop + timing.function > 0;
}

/** One after the other. */
export function then(first: Timing, second: Timing): Timing {
  if (first.shell === 2 || first.loop === 2 || first.function === 2) return first;
  const certain = !leaves(first);
  const leave = (kind: keyof typeof GOES_ON) =>
    certain ? second[kind] : (Math.max(first[kind], Math.min(second[kind], 1)) as Leaves);
  return {
    least: first.least + (certain ? second.least : 0),
    most: first.most === undefined || second.most === undefined ? undefined : first.most + second.most,
    why: first.why ?? second.why,
    status: second.status,
    shell: leave('shell'),
    loop: leave('loop'),
    function: leave('function'),
  };
}

/** One or the other. */
export function either(one: Timing, other: Timing): Timing {
  const leave = (kind: keyof typeof GOES_ON) =>
    (one[kind] === 2 && other[kind] === 2 ? 2 : Math.min(1, one[kind] + other[kind])) as Leaves;
  return {
    least: Math.min(one.least, other.least),
    most: one.most === undefined || other.most === undefined ? undefined : Math.max(one.most, other.most),
    why: one.why ?? other.why,
    status: one.status === other.status ? one.status : 'either',
    shell: leave('shell'),
    loop: leave('loop'),
    function: leave('function'),
  };
}

/** A process of its own: what it leaves is only itself. */
export function ownProcess(timing: Timing): Timing {
  return { ...timing, status: leaves(timing) ? 'either' : timing.status, ...GOES_ON };
}

/** How long a program takes that is no shell. */
export function programTiming(program: string, args: readonly Word[]): Timing {
  const texts = args.map((word) => word.text);
  if (program === 'sleep') return sleepTiming(args);
  if (program === 'usleep' && args[0]?.literal && /^\d{1,12}$/.test(texts[0])) return takes(Number(texts[0]) / 1e6);
  if (program === 'curl') return curlTiming(texts);
  if (program === 'tail' && !texts.some((text) => /^(-\w*[fF]|--follow|--retry)/.test(text))) return takes(0, 'either');
  if (program === 'false') return takes(0, 'fails');
  if (INSTANT.has(program)) return takes(0, SUCCEEDS.has(program) ? 'succeeds' : 'either');
  return oneLiner(program, args) ?? unknown(`how long ${program.slice(0, 60)} takes is not known`);
}

function sleepTiming(args: readonly Word[]): Timing {
  const unread = args.find((word) => !word.literal);
  if (unread) return unknown(`sleep ${unread.text.slice(0, 60)}: its value is known only in the container`);
  const seconds = args.filter((word) => word.text !== '--').map((word) => sleepSeconds(word.text));
  const sum = seconds.reduce<number>((total, each) => total + (each ?? Number.NaN), 0);
  if (seconds.length === 0 || Number.isNaN(sum)) return takes(0, 'fails'); // a usage error, at once
  return sum === Number.POSITIVE_INFINITY ? unknown('it sleeps for ever', sum) : takes(sum);
}

function curlTiming(args: readonly string[]): Timing {
  const notKnown = unknown('how long curl takes is not known without --max-time');
  const at = args.findIndex((arg) => arg === '--max-time' || /^-[fsSLkgivN]*m[\d.]*$/.test(arg));
  const limit = Number(args[at]?.replace(/^-\w*m(?=[\d.])/, '') ?? Number.NaN);
  const most = Number.isNaN(limit) ? Number(args[at + 1] ?? '') : limit;
  const transfers = args.filter((arg) => /^https?:/.test(arg)).length;
  if (at < 0 || !(most > 0) || transfers > 1 || args.some((arg) => arg.startsWith('--retry'))) return notKnown;
  return { ...takes(0, 'either'), most };
}

const NUMBER = '(\\d{1,12}(?:\\.\\d+)?)';
const PYTHON_SLEEP = new RegExp(
  `^\\s*(?:import time\\s*[;\\n]\\s*time\\.|from time import sleep\\s*[;\\n]\\s*)sleep\\(\\s*${NUMBER}\\s*\\)[\\s;]*$`,
);
const NODE_TIMEOUT = new RegExp(
  `^\\s*setTimeout\\(\\s*(?:function\\s*\\(\\)|\\(\\)\\s*=>)\\s*(?:\\{\\s*\\}|process\\.exit\\(0?\\))\\s*,\\s*${NUMBER}\\s*\\)[\\s;]*$`,
);
const PERL_SLEEP = /^\s*sleep[\s(]+(\d{1,12})\s*\)?[\s;]*$/;

/** `python3 -c "import time; time.sleep(15)"` and its like, where the whole code is that one wait. */
function oneLiner(program: string, args: readonly Word[]): Timing | undefined {
  const [flag, code] = args;
  if (!code?.literal) return undefined;
  if (/^python[\d.]*$/.test(program) && flag.text === '-c') {
    const most = pythonFetchLimit(code.text);
    if (most !== undefined) return { ...takes(0, 'either'), most };
    return waits(PYTHON_SLEEP.exec(code.text), 1);
  }
  if (/^node(js)?$/.test(program) && /^(-e|--eval)$/.test(flag.text)) return waits(NODE_TIMEOUT.exec(code.text), 1000);
  if (/^(perl|ruby)$/.test(program) && flag.text === '-e') return waits(PERL_SLEEP.exec(code.text), 1);
  return undefined;
}

function waits(match: RegExpExecArray | null, perSecond: number): Timing | undefined {
  return match ? takes(Number(match[1]) / perSecond) : undefined;
}
