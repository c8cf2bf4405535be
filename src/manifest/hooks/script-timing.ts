import { BUILTINS, type Invocation, invocationOf, isShell, setsErrexit, shellCall } from './programs';
import { parseScript } from './shell-syntax';
import { ShellSyntaxError, type Word } from './shell-tokens';
import type { Node } from './shell-tree';
import {
  either,
  type Leaves,
  leaves,
  NO_TIME,
  ownProcess,
  programTiming,
  type Timing,
  takes,
  then,
  unknown,
} from './timing';

/** What one shell knows while it runs. */
interface Shell {
  readonly functions: Map<string, Node>;
  /** The commands that stand for themselves: a function or `set -e` holds from there on whichever way is taken. */
  readonly onEveryWay: ReadonlySet<Node>;
  readonly isBash: boolean;
  /** Shared with functions and eval; a subshell has its own. */
  readonly options: { exitsOnFailure: boolean };
  /** Whether break and continue find a loop; across a function or a subshell the shells differ. */
  readonly loop: Leaves;
  /** Functions and scripts within each other, and all steps taken: both end somewhere, whatever the script. */
  readonly depth: number;
  readonly steps: { left: number };
}

/** How long a command of a manifest takes, which no shell reads unless it names one. */
export function commandTiming(words: readonly Word[]): Timing {
  return invocationTiming(invocationOf(words, false), { left: 20_000 }, 0);
}

function invocationTiming(invocation: Invocation, steps: Shell['steps'], depth: number): Timing {
  const { program, args, limitSeconds } = invocation;
  let timing: Timing;
  if (program === undefined) timing = unknown('its program is known only in the container');
  else if (isShell(program)) timing = shellTiming(program, args, steps, depth + 1);
  else timing = programTiming(program, args);
  if (limitSeconds === undefined) return timing;
  const most = Math.min(timing.most ?? limitSeconds, limitSeconds);
  return { ...timing, least: Math.min(timing.least, limitSeconds), most, why: undefined, status: 'either' };
}

function shellTiming(program: string, args: readonly Word[], steps: Shell['steps'], depth: number): Timing {
  const { script, file, exitsOnFailure } = shellCall(args);
  if (script === undefined) {
    return file === undefined ? takes(0) : unknown(`what the script ${file.slice(0, 80)} does is not in the manifest`);
  }
  if (depth > 10) throw new ShellSyntaxError('scripts within scripts, too deep to follow');
  const isBash = program === 'bash';
  const tree = parseScript(script);
  const onEveryWay = new Set(tree.kind === 'list' ? tree.items.map((item) => item.node) : []);
  return ownProcess(
    timingOf(
      tree,
      { functions: new Map(), onEveryWay, isBash, options: { exitsOnFailure }, loop: 0, depth, steps },
      false,
    ),
  );
}

/** `tested`: its failure is looked at, so that `set -e` lets it pass. */
function timingOf(node: Node, shell: Shell, tested: boolean): Timing {
  if (--shell.steps.left < 0) throw new ShellSyntaxError('a script too long to follow');
  switch (node.kind) {
    case 'simple':
      return failing(simpleTiming(node, shell, tested), shell, tested);
    case 'list':
      return node.items.reduce((before, { node: each, background }) => {
        if (!background) return then(before, timingOf(each, shell, tested));
        return then(before, { ...unknown('what runs in the background ends on its own time'), status: 'succeeds' });
      }, NO_TIME);
    case 'and-or':
      return andOrTiming(node, shell, tested);
    case 'pipeline':
      return pipelineTiming(node, shell, tested);
    case 'if':
      return ifTiming(node, shell, tested);
    case 'while':
      return whileTiming(node, shell, tested);
    case 'for':
      return forTiming(node, shell, tested);
    case 'case':
      return then(
        substitutionTiming([node.subject], shell),
        node.bodies.reduce((other, body) => either(timingOf(body, shell, tested), other), NO_TIME),
      );
    case 'group':
      if (!node.subshell) return timingOf(node.body, shell, tested);
      return failing(ownProcess(timingOf(node.body, subshell(shell), tested)), shell, tested);
    case 'function':
      if (!shell.onEveryWay.has(node) || shell.functions.has(node.name)) {
        throw new ShellSyntaxError(`the function ${node.name.slice(0, 40)} is not the same on every way`);
      }
      shell.functions.set(node.name, node.body);
      return NO_TIME;
  }
}

/** Under `set -e`, a failure that nobody looks at ends the shell. */
function failing(timing: Timing, shell: Shell, tested: boolean): Timing {
  if (!shell.options.exitsOnFailure || tested || timing.status === 'succeeds' || leaves(timing)) return timing;
  return { ...timing, shell: timing.status === 'fails' ? 2 : 1 };
}

function simpleTiming(node: Node & { kind: 'simple' }, shell: Shell, tested: boolean): Timing {
  const targets = node.redirects.map((redirect) => redirect.target);
  const before = substitutionTiming([...node.assignments, ...node.words, ...targets], shell);
  if (node.words.length === 0) return before;
  return then(before, wordsTiming(node.words, shell, tested, shell.onEveryWay.has(node)));
}

function substitutionTiming(words: readonly Word[], shell: Shell): Timing {
  return words
    .flatMap((word) => word.substitutions)
    .map((script) => ownProcess(timingOf(parseScript(script), deeper(subshell(shell)), true)))
    .reduce(then, NO_TIME);
}

function subshell(shell: Shell): Shell {
  return { ...shell, functions: new Map(shell.functions), options: { ...shell.options }, loop: min1(shell.loop) };
}

function deeper(shell: Shell): Shell {
  if (shell.depth > 20) throw new ShellSyntaxError('scripts or functions within each other, too deep to follow');
  return { ...shell, depth: shell.depth + 1 };
}

function wordsTiming(words: readonly Word[], shell: Shell, tested: boolean, onEveryWay: boolean): Timing {
  const invocation = invocationOf(words, true);
  const { program, args, wrappers } = invocation;
  if (program !== undefined && wrappers.length === 0) {
    const body = shell.functions.get(program);
    if (body) return { ...timingOf(body, { ...deeper(shell), loop: min1(shell.loop) }, tested), function: 0 };
    const own = BUILTINS.has(program) ? builtinTiming(program, args, shell, tested, onEveryWay) : undefined;
    if (own) return own;
  }
  if (program === 'exec') return NO_TIME; // `exec >file`: only redirects
  const timing = invocationTiming(invocation, shell.steps, shell.depth);
  return invocation.replacesShell ? { ...timing, shell: 2 } : timing;
}

function builtinTiming(
  program: string,
  args: readonly Word[],
  shell: Shell,
  tested: boolean,
  onEveryWay: boolean,
): Timing | undefined {
  const texts = args.map((word) => word.text);
  switch (program) {
    case 'exit':
      return { ...takes(0, 'either'), shell: 2 };
    case 'return':
      return { ...takes(0, 'either'), function: 2 };
    case 'break':
    case 'continue':
      return shell.loop === 0 ? NO_TIME : { ...takes(0, 'either'), loop: shell.loop };
    case 'kill':
      return { ...takes(0, 'either'), shell: texts.some((text) => /^(\$\$|0|-1)$/.test(text)) ? 1 : 0 };
    case 'trap':
      if (!texts.some((text) => text === 'EXIT' || text === '0')) return NO_TIME;
      return { ...unknown('what a trap does at the exit is not followed'), status: 'succeeds' };
    case '.':
    case 'source':
      return { ...unknown(`what the script ${texts[0]?.slice(0, 80) ?? ''} does is not in the manifest`), shell: 1 };
    case 'eval': {
      const timing = timingOf(parseScript(texts.join(' ')), deeper(shell), tested);
      return args.every((word) => word.literal) ? timing : { ...timing, shell: timing.shell || 1 };
    }
    case 'set':
      texts.forEach((text, index) => {
        const exitsOnFailure = setsErrexit(text, texts[index + 1]);
        if (exitsOnFailure === undefined) return;
        if (!onEveryWay) throw new ShellSyntaxError('set -e on some ways only');
        shell.options.exitsOnFailure = exitsOnFailure;
      });
      return NO_TIME;
    default:
      return undefined;
  }
}

function andOrTiming(node: Node & { kind: 'and-or' }, shell: Shell, tested: boolean): Timing {
  let timing = timingOf(node.first, shell, true);
  node.rest.forEach(({ operator, node: each }, index) => {
    const next = timingOf(each, shell, tested || index < node.rest.length - 1);
    const goesOn = operator === '&&' ? 'succeeds' : 'fails';
    if (timing.status === goesOn) timing = then(timing, next);
    else if (timing.status === 'either') timing = then(timing, either(next, { ...NO_TIME, status: other(goesOn) }));
  });
  return timing;
}

const other = (status: 'succeeds' | 'fails') => (status === 'fails' ? 'succeeds' : 'fails');

/** All parts run at the same time; a part before the last may be cut short when its reader ends. */
function pipelineTiming(node: Node & { kind: 'pipeline' }, shell: Shell, tested: boolean): Timing {
  if (node.parts.length === 1) {
    const timing = timingOf(node.parts[0], shell, true);
    return { ...timing, status: timing.status === 'either' ? 'either' : other(timing.status) };
  }
  const parts = node.parts.map((part) => ownProcess(timingOf(part, subshell(shell), true)));
  const last = parts[parts.length - 1];
  const status = parts.every((part) => part.status === 'succeeds') && !node.negated ? 'succeeds' : 'either';
  const most = parts.some((part) => part.most === undefined)
    ? undefined
    : Math.max(...parts.map((part) => part.most as number));
  const why = parts.find((part) => part.why)?.why;
  return failing({ ...last, most, why, status }, shell, tested || node.negated);
}

function ifTiming(node: Node & { kind: 'if' }, shell: Shell, tested: boolean): Timing {
  let otherwise = node.otherwise ? timingOf(node.otherwise, shell, tested) : NO_TIME;
  for (const { condition, body } of [...node.branches].reverse()) {
    const test = timingOf(condition, shell, true);
    const run = timingOf(body, shell, tested);
    const next = test.status === 'succeeds' ? run : test.status === 'fails' ? otherwise : either(run, otherwise);
    otherwise = then(test, next);
  }
  return otherwise;
}

function whileTiming(node: Node & { kind: 'while' }, shell: Shell, tested: boolean): Timing {
  const test = timingOf(node.condition, { ...shell, loop: 2 }, true);
  const body = timingOf(node.body, { ...shell, loop: 2 }, tested);
  const enters = node.until ? 'fails' : 'succeeds';
  if (test.status === other(enters)) return { ...test, status: 'succeeds' };
  const first = test.status === enters ? then(test, body) : then(test, either(body, NO_TIME));
  const why = `how often ${node.until ? 'an until' : 'a while'} loop runs is not known`;
  return { ...afterLoop(first), most: undefined, why, status: 'either' };
}

function forTiming(node: Node & { kind: 'for' }, shell: Shell, tested: boolean): Timing {
  const before = substitutionTiming(node.items ?? [], shell);
  const body = timingOf(node.body, { ...shell, loop: 2 }, tested);
  const { least, most } = repetitions(node.items, shell.isBash);
  return then(before, {
    ...afterLoop(least > 0 ? body : either(body, NO_TIME)),
    least: times(leaves(body) ? Math.min(1, least) : least, body.least),
    most: most === undefined || body.most === undefined ? undefined : times(most, body.most),
    why: body.why ?? (most === undefined ? 'how often a for loop runs is known only in the container' : undefined),
  });
}

const min1 = (leave: Leaves): Leaves => (leave === 0 ? 0 : 1);

const times = (count: number, seconds: number) => (count === 0 ? 0 : count * seconds);

function afterLoop(body: Timing): Timing {
  // A break may come before an exit that stands after it.
  const certain = body.loop === 0;
  return {
    ...body,
    loop: 0,
    shell: certain ? body.shell : min1(body.shell),
    function: certain ? body.function : min1(body.function),
  };
}

function repetitions(items: readonly Word[] | undefined, isBash: boolean): { least: number; most?: number } {
  if (!items) return { least: 0 };
  let least = 0;
  let most: number | undefined = 0;
  for (const word of items) {
    const sequence = /^\$\(\s*seq\s+(?:(\d{1,9})\s+)?(\d{1,9})\s*\)$/.exec(word.text);
    const braces = !word.quoted && /^\{(\d{1,9})\.\.(\d{1,9})\}$/.exec(word.text);
    if (sequence && !word.quoted) {
      const count = Math.max(0, Number(sequence[2]) - Number(sequence[1] ?? 1) + 1);
      least += count;
      if (most !== undefined) most += count;
    } else if (braces) {
      const count = Math.abs(Number(braces[2]) - Number(braces[1])) + 1;
      least += isBash ? count : 1; // only bash counts: for sh it is one word
      if (most !== undefined) most += count;
    } else if (word.literal) {
      least++;
      if (most !== undefined) most++;
    } else most = undefined;
  }
  return { least, ...(most !== undefined && { most }) };
}
