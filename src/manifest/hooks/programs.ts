import type { Word } from './shell-tokens';

/** A command with what stands before the program taken off: `exec env X=1 timeout 5 /bin/sleep 3` runs sleep. */
export interface Invocation {
  /** Base name; undefined when it is known only in the container. */
  readonly program?: string;
  readonly args: readonly Word[];
  /** Programs in front that end in running it, outermost first. */
  readonly wrappers: readonly string[];
  /** The shell is replaced: nothing after it runs. */
  readonly replacesShell: boolean;
  /** `timeout` ends it after so many seconds. */
  readonly limitSeconds?: number;
}

/** How many words a wrapper and its own options take up. */
const WRAPPERS: Readonly<Record<string, (args: readonly string[]) => number>> = {
  exec: (args) => options(args, ['-a']),
  command: (args) => options(args, []),
  builtin: (args) => options(args, []),
  time: (args) => options(args, []),
  busybox: () => 0,
  env: (args) => {
    const from = options(args, ['-u', '-C', '-S']);
    const assigned = args.slice(from).findIndex((arg) => !/^\w+=/.test(arg));
    return assigned < 0 ? args.length : from + assigned;
  },
  nohup: (args) => options(args, []),
  setsid: (args) => options(args, []),
  nice: (args) => options(args, ['-n']),
  ionice: (args) => options(args, ['-c', '-n']),
  stdbuf: (args) => options(args, ['-i', '-o', '-e']),
  timeout: (args) => (args[0] === '-t' ? 2 : options(args, ['-k', '-s']) + 1),
  gosu: () => 1,
  'su-exec': () => 1,
  tini: (args) => options(args, ['-p', '-e']),
  'tini-static': (args) => options(args, ['-p', '-e']),
  'docker-init': (args) => options(args, ['-p', '-e']),
  'dumb-init': (args) => options(args, ['-r', '--rewrite']),
  catatonit: (args) => options(args, []),
};

/** Wrappers that stay PID 1 and run the program as their child. */
export const INIT_PROGRAMS = ['tini', 'tini-static', 'docker-init', 'dumb-init', 'catatonit'];

/** Wrappers that are words of the shell, or of bash, and no programs. */
const SHELL_WORDS = new Set(['exec', 'command', 'builtin', 'time']);

function options(args: readonly string[], withValue: readonly string[]): number {
  let at = 0;
  while (at < args.length && /^-./.test(args[at])) {
    if (args[at] === '--') return at + 1;
    at += withValue.includes(args[at]) ? 2 : 1;
  }
  return at;
}

export function invocationOf(words: readonly Word[], inShell: boolean): Invocation {
  const wrappers: string[] = [];
  let rest = words;
  let replacesShell = false;
  let limitSeconds: number | undefined;
  for (;;) {
    const [first, ...args] = rest;
    if (!first?.literal) return { args, wrappers, replacesShell, limitSeconds };
    const program = baseName(first.text);
    const skip = Object.hasOwn(WRAPPERS, program) && (inShell || !SHELL_WORDS.has(program)) && WRAPPERS[program];
    if (!skip) return { program, args, wrappers, replacesShell, limitSeconds };
    const texts = args.map((word) => word.text);
    const count = skip(texts);
    if (program === 'exec') replacesShell = true;
    if (program === 'timeout' && args[count - 1]?.literal) {
      const seconds = sleepSeconds(texts[count - 1]);
      if (seconds) limitSeconds = Math.min(seconds, limitSeconds ?? seconds);
    }
    if (args.length <= count) return { program, args: [], wrappers, replacesShell, limitSeconds };
    wrappers.push(program);
    rest = args.slice(count);
  }
}

/** Programs that the image must have for it; the shell's own words are none. */
export function toolsOf({ program, wrappers }: Invocation, inShell: boolean): string[] {
  const named = [...wrappers, ...(program ? [program] : [])];
  return named.filter((name) => !(inShell && (SHELL_WORDS.has(name) || BUILTINS.has(name))));
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'mksh', 'zsh']);

export function isShell(program: string | undefined): program is string {
  return program !== undefined && SHELLS.has(program);
}

/** What a shell was told to run. */
export interface ShellCall {
  readonly script?: string;
  readonly file?: string;
  /** `-e`: the first command that fails ends the script. */
  readonly exitsOnFailure: boolean;
}

export function shellCall(args: readonly Word[]): ShellCall {
  let hasScript = false;
  let exitsOnFailure = false;
  for (let at = 0; at < args.length; at++) {
    const text = args[at].text;
    if (text === '--' || text === '-') {
      const next = args[at + 1]?.text;
      return { ...(hasScript ? { script: next } : { file: next }), exitsOnFailure };
    }
    if (!/^[-+]./.test(text)) return { ...(hasScript ? { script: text } : { file: text }), exitsOnFailure };
    if (text.startsWith('--')) {
      if (/^--(rcfile|init-file)$/.test(text)) at++;
      continue;
    }
    if (text[0] === '-' && text.includes('c')) hasScript = true;
    if (setsErrexit(text, args[at + 1]?.text) !== undefined) exitsOnFailure = text[0] === '-';
    if (/[oO]$/.test(text)) at++;
  }
  return { exitsOnFailure };
}

/** Whether an option of the shell or of `set` turns "end at the first failure" on or off. */
export function setsErrexit(option: string, next: string | undefined): boolean | undefined {
  if (/^[-+][A-Za-z]*e/.test(option) || (/^[-+][A-Za-z]*o$/.test(option) && next === 'errexit')) {
    return option[0] === '-';
  }
  return undefined;
}

/** Seconds of one argument of `sleep`; undefined for what no sleep takes. */
export function sleepSeconds(text: string): number | undefined {
  if (/^inf(inity)?$/i.test(text)) return Number.POSITIVE_INFINITY;
  const parts = /^(\d{1,12}(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(text);
  return parts ? Number(parts[1]) * { s: 1, m: 60, h: 3600, d: 86400, '': 1 }[parts[2] as ''] : undefined;
}

/** Words that every shell has within itself. */
export const BUILTINS = new Set(
  `: . [ [[ alias bg break cd continue declare echo eval exit export false fg getopts hash jobs kill let local printf
  pwd read readonly return set shift source test times trap true type typeset ulimit umask unset wait`.split(/\s+/),
);

/** Programs that end as soon as they have done their work, or as their input ends. */
export const INSTANT = new Set(
  `: [ [[ alias basename bg break cat cd chgrp chmod chown continue cp cut date declare df dirname echo egrep env
  export expr false fg fgrep getopts grep hash head hostname id jobs kill let ln local ls mkdir mktemp mv nproc pgrep
  pidof pkill printenv printf ps pwd readlink readonly return rm rmdir sed seq set shift sort stat tee test times touch
  tr trap true type typeset ulimit umask uname uniq unlink unset wait wc which whoami`.split(/\s+/),
);

/** Of these, the ones that only a broken image or file system lets fail. */
export const SUCCEEDS = new Set(
  ': alias date declare echo export hash jobs local mkdir printf pwd readonly rm set shift touch trap true umask unset wait'.split(
    ' ',
  ),
);
