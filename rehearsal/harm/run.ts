/**
 * Applies manifests that rules refuse to a real cluster, and watches what comes of them; the corrected twin of each stands
 * beside it. `--help` says how.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Kubectl } from '../../src/rehearsal/kubectl';
import { kubectlOf } from '../../src/rehearsal/rehearsal';
import { advertise, openNodes, withdraw } from '../nodes';
import { clean, createNamespace, removeNamespace, serverVersion } from './cluster';
import { type Demonstration, type Manifest, misjudged, type Seen } from './demonstration';
import { demonstrations } from './demonstrations';
import { addRows, type HarmRow } from './results';
import { Stage } from './stage';

const HELP = `npx projen rehearse:harm --context CONTEXT [RULE...]

Shows what the manifests do that rules refuse, all of them or those named, and writes rehearsal/results/harm.json.

  --context CONTEXT     of the kubeconfig
  --kubeconfig FILE
  --parallel N          so many demonstrations at a time (2)
  --limit-seconds N     for each (240)
  --clean               remove what runs left behind that were killed; also what runs made that still go on
  --list                the rules
`;
const RESULTS = join(__dirname, '../results/harm.json');

class NotShown extends Error {}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      context: { type: 'string' },
      kubeconfig: { type: 'string' },
      parallel: { type: 'string', default: '2' },
      'limit-seconds': { type: 'string', default: '240' },
      clean: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return say(HELP);
  if (values.list) return say(`${demonstrations.map(({ rule }) => rule).join('\n')}\n`);
  const unknown = positionals.filter((name) => !demonstrations.some(({ rule }) => rule === name));
  if (unknown.length > 0) return complain(`nothing is shown for ${unknown.join(', ')}: --list names the rules`);
  const { context, kubeconfig } = values;
  if (context === undefined) return complain('name the cluster with --context');
  const [parallel, limitSeconds] = [Number(values.parallel), Number(values['limit-seconds'])];
  if (!(parallel >= 1) || !(limitSeconds >= 1))
    return complain('--parallel and --limit-seconds take a number from 1 on');

  const kubectl = kubectlOf({ context, kubeconfig });
  if (values.clean) {
    const resources = demonstrations.flatMap(({ accelerators }) => Object.keys(accelerators ?? {}));
    const names = await clean(kubectl, resources);
    return say(names.length > 0 ? `removed: ${names.join(', ')}\n` : 'nothing was left\n');
  }
  const chosen = demonstrations.filter(({ rule }) => positionals.length === 0 || positionals.includes(rule));
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!interrupted.signal.aborted) process.stderr.write(`${signal}: removing what was made\n`);
      interrupted.abort();
    });
  }
  const failed = await showAll(kubectl, chosen, parallel, limitSeconds, interrupted.signal);
  if (interrupted.signal.aborted) return 130;
  process.stderr.write(`${chosen.length - failed} of ${chosen.length} shown\n`);
  return failed > 0 ? 1 : 0;
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain(text: string): number {
  process.stderr.write(`${text}\n`);
  return 2;
}

/** How many were not shown. */
async function showAll(
  kubectl: Kubectl,
  chosen: readonly Demonstration[],
  parallel: number,
  limitSeconds: number,
  interrupted: AbortSignal,
): Promise<number> {
  const kubernetes = await serverVersion(kubectl);
  const waiting = [...chosen];
  let failed = 0;
  const worker = async () => {
    for (let next = waiting.shift(); next && !interrupted.aborted; next = waiting.shift()) {
      const signal = AbortSignal.any([interrupted, AbortSignal.timeout(limitSeconds * 1000)]);
      try {
        const row = await show(kubectl, next, kubernetes, signal);
        addRows(RESULTS, [row]);
        const twin = row.twin ? `\n  instead: ${row.twin.what}: ${row.twin.seen}` : '';
        process.stderr.write(`${row.rule}\n  ${row.what}: ${row.harm}${twin}\n`);
      } catch (error) {
        failed++;
        const { name, message } = error as Error;
        const cut = name === 'AbortError' || name === 'TimeoutError';
        // What could not be removed is told also of a run that was interrupted.
        if (interrupted.aborted && cut) continue;
        process.stderr.write(`${next.rule}\n  NOT SHOWN: ${cut ? `not within ${limitSeconds} s` : message}\n`);
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return failed;
}

async function show(kubectl: Kubectl, what: Demonstration, kubernetes: string, signal: AbortSignal): Promise<HarmRow> {
  const { rule, accelerators = {} } = what;
  const wrong = misjudged(what);
  if (wrong.length > 0) throw new NotShown(wrong.join('; '));
  const unaffected = what.unaffected?.holds(kubernetes) ? what.unaffected : undefined;
  const first = unaffected ?? what.refused;
  const twin = unaffected ? undefined : what.twin;
  const play = (manifest: Manifest) => playOne(kubectl, what, manifest, signal);

  let seen: Seen;
  let twinSeen: Seen | undefined;
  const resources = Object.entries(accelerators);
  if (resources.length === 0) {
    // Both come to their end, so that both are removed.
    const ended = await Promise.allSettled([play(first), ...(twin ? [play(twin)] : [])]);
    const all = ended.map((each) => {
      if (each.status === 'rejected') throw each.reason;
      return each.value;
    });
    [seen, twinSeen] = [all[0] as Seen, all[1]];
  } else {
    const [node] = await openNodes(kubectl);
    try {
      for (const [resource, count] of resources) await advertise(kubectl, node, resource, count);
      seen = await play(first);
      twinSeen = twin && (await play(twin));
    } finally {
      for (const [resource] of resources) await withdraw(kubectl, node, resource);
    }
  }
  const harmed = unaffected === undefined;
  if (seen.harmed !== harmed) throw new NotShown(`${first.what}: ${seen.text}`);
  if (twinSeen?.harmed) throw new NotShown(`its twin does harm as well: ${twin?.what}: ${twinSeen.text}`);
  return {
    rule,
    what: first.what,
    harmed,
    harm: seen.text,
    evidence: seen.numbers,
    ...(twin && twinSeen && { twin: { what: twin.what, seen: twinSeen.text, evidence: twinSeen.numbers } }),
    kubernetes,
    date: new Date().toISOString().slice(0, 10),
  };
}

async function playOne(kubectl: Kubectl, { rule, watch }: Demonstration, manifest: Manifest, signal: AbortSignal) {
  signal.throwIfAborted();
  const namespace = await createNamespace(kubectl, rule);
  const stage = new Stage(kubectl, namespace, manifest.objects, signal);
  try {
    return await watch(stage);
  } finally {
    stage.close();
    await removeNamespace(kubectl, namespace);
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  },
);
