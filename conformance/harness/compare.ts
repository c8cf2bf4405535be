import { type Settings, type Sigterm, sigtermOf } from '../../src/manifest/runtime-view';
import { runtime } from '../../src/runtimes';
import { DEFAULT_MARGIN_SECONDS } from '../../src/termination/budget';
import type { ServerUnderTest, Variant } from './server';
import type { Observation } from './trial';
import { type Verdict, verdictOf } from './verdict';

/** One sentence of the facts that a real server contradicts. */
export interface Disagreement {
  readonly fact: string;
  readonly stated: string;
  readonly seen: string;
}

/** What the library says that this variant does. */
export function statedFor(server: ServerUnderTest, variant: Variant): Sigterm {
  const facts = runtime(server.runtime);
  if (!facts) throw new Error(`${server.runtime} is not among the runtimes`);
  const view = {
    id: facts.id,
    title: facts.title,
    facts,
    version: server.version,
    checked: true,
    knownBy: 'installed',
    ownImage: true,
  };
  const stated = sigtermOf(view, settingsOf(variant), {
    sigterm: variant.application,
    uvicornVersion: server.uvicornVersion,
  });
  if (!stated) throw new Error(`nothing is stated of ${server.runtime}`);
  return { ...stated, ...variant.noted };
}

function settingsOf({ env = {}, args = [] }: Variant): Settings {
  return {
    env: (name) => env[name],
    flag: (name) => {
      const at = args.findIndex((word) => word === name || word.startsWith(`${name}=`));
      return at < 0
        ? undefined
        : args[at]?.startsWith(`${name}=`)
          ? args[at].slice(name.length + 1)
          : (args[at + 1] ?? '');
    },
  };
}

export function disagreements(
  server: ServerUnderTest,
  variant: Variant,
  observation: Observation,
): readonly Disagreement[] {
  const seen = verdictOf(observation);
  if (variant.underShell) return underShell(seen);
  if (variant.losesNothing) return losesNothing(seen);
  const stated = statedFor(server, variant);
  const found: Disagreement[] = [];
  const expect = (fact: string, wanted: string, got: string) => {
    if (wanted !== got && wanted !== 'unknown' && got !== 'none seen') found.push({ fact, stated: wanted, seen: got });
  };
  if (variant.boundSeconds !== undefined) return bounded(variant.boundSeconds * (variant.phases ?? 1), seen, found);
  expect('inFlight', stated.inFlight, seen.inFlight);
  if (seen.inFlight !== 'drains') return found;
  expect('newRequests', stated.newRequests, seen.newRequests);
  expect('readiness', stated.readiness, seen.readiness);
  expect('cutsStreams', stated.cutsStreams ? 'cut' : 'whole', seen.streams);
  const quiet = Math.max(0, stated.quietSeconds - seen.lastRequestSeconds);
  const most = quiet + stated.exitSeconds + DEFAULT_MARGIN_SECONDS;
  if (seen.exitSeconds === undefined || seen.exitSeconds > most) {
    found.push({ fact: 'exitSeconds', stated: `at most ${most} s`, seen: ended(seen) });
  }
  return found;
}

/** The bound has to cut what is longer, and not before its time. */
function bounded(boundSeconds: number, seen: Verdict, found: Disagreement[]): readonly Disagreement[] {
  const { lastRequestSeconds } = seen;
  if (seen.inFlight === 'drains')
    found.push({ fact: 'bound', stated: `${boundSeconds} s`, seen: 'requests outlived it' });
  else if (Math.abs(lastRequestSeconds - boundSeconds) > 2)
    found.push({ fact: 'bound', stated: `${boundSeconds} s`, seen: `cut after ${lastRequestSeconds} s` });
  return found;
}

/** A shell that is PID 1 has no handler, so the kernel drops SIGTERM, and SIGKILL ends everything at the grace. */
function underShell(seen: Verdict): readonly Disagreement[] {
  return seen.killed ? [] : [{ fact: 'shell as PID 1', stated: 'SIGTERM is lost', seen: ended(seen) }];
}

function losesNothing(seen: Verdict): readonly Disagreement[] {
  const { inFlight, streams } = seen;
  const lost = [
    ...(inFlight === 'drains' ? [] : [`requests: ${inFlight}`]),
    ...(streams === 'cut' ? ['the stream: cut'] : []),
    ...(seen.killed ? ['SIGKILL ended it'] : []),
  ];
  return lost.length === 0 ? [] : [{ fact: 'drain strategy', stated: 'nothing is lost', seen: lost.join(', ') }];
}

function ended({ exitSeconds }: Verdict): string {
  return exitSeconds === undefined ? 'SIGKILL ended it' : `${exitSeconds} s`;
}
