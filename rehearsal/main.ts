/** Rehearses the cases one after the other: the naive manifest, and then ours. `--help` says how. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { writeProof } from '../docs/generate-proof';
import { Problem } from '../src/problem';
import { Kubectl } from '../src/rehearsal/kubectl';
import { type ProofCase, REQUESTS_PER_SECOND, type Side } from './case';
import { cases } from './cases';
import { HELP, type Options, parseOptions } from './options';
import { type Performance, perform } from './perform';
import { type CaseResult, type SideResult, unexplained, type Versions, verdictOf } from './result';
import { writeResult } from './results';
import { Stage } from './stage';
import { versionsOf } from './versions';

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(
    args,
    cases.map(({ name }) => name),
  );
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const context = await contextOf(options);
  const flags = [`--context=${context}`];
  const kubectl = new Kubectl(flags);
  const interrupted = new AbortController();
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => interrupted.abort(new Problem(`${signal}: what was made is removed`)));
  }

  await Stage.removeAbandoned(kubectl, cases);
  const run = {
    id: randomBytes(4).toString('hex'),
    command: ['npm run rehearse', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
    versions: await versionsOf(kubectl),
  };
  const chosen = cases.filter(({ name, short }) =>
    options.cases.length > 0 ? options.cases.includes(name) : short === true || !options.short,
  );
  const keep = options.keep || (!options.short && options.cases.length === 0);
  const results: CaseResult[] = [];
  for (const proof of chosen) {
    const result = await rehearsed(proof, run, { kubectl, flags, context, options, signal: interrupted.signal });
    interrupted.signal.throwIfAborted();
    if (keep) writeResult(result);
    results.push(result);
    process.stdout.write(`${line(result)}\n`);
  }
  if (keep) writeProof();
  process.stdout.write(`${results.map(line).join('\n')}\n`);
  // The short form looks for losses; on a machine without time it says nothing, and says that.
  if (options.short) return results.some(({ sides }) => (sides?.ours.lost ?? 0) > 0) ? 1 : 0;
  return results.every((result) => holdsOrSkipped(result) && unexplained(result).length === 0) ? 0 : 1;
}

interface Run {
  readonly id: string;
  readonly command: string;
  readonly versions: Versions;
}

interface Means {
  readonly kubectl: Kubectl;
  readonly flags: readonly string[];
  readonly context: string;
  readonly options: Options;
  readonly signal: AbortSignal;
}

async function rehearsed(proof: ProofCase, run: Run, means: Means): Promise<CaseResult> {
  const { number, name, title, about, naive: naiveLacks, requests, explanations = {} } = proof;
  const { requestsPerSecond = REQUESTS_PER_SECOND } = proof;
  const { id, command, versions } = run;
  const date = `${new Date().toISOString().slice(0, 19)}Z`;
  const described = {
    number,
    name,
    title,
    about,
    naiveLacks,
    run: id,
    command,
    date,
    requests,
    requestsPerSecond,
    explanations,
  };
  const skipped = proof.missing?.();
  if (skipped !== undefined) return { ...described, versions, skipped };

  process.stderr.write(`== ${number} ${title}\n`);
  const { kubectl, flags, context, options, signal } = means;
  const folder = join(__dirname, 'cases', name);
  const stage = await Stage.open(kubectl, flags, proof, folder);
  try {
    await stage.applyFiles('app', join(folder, 'app'));
    await proof.prepare?.(stage);
    const server = await proof.server(stage);
    const performance = { context, short: options.short, signal };
    const naive = await conclusive(proof, 'naive', stage, performance);
    const ours = await conclusive(proof, 'ours', stage, performance);
    return { ...described, versions: { ...versions, server }, sides: { naive, ours } };
  } finally {
    // The namespace comes last: as long as it is there, a next run knows what there is to undo.
    await proof.restore?.(kubectl);
    await stage.close();
  }
}

/** Once more where it says nothing, on a machine that was too busy for example. What was lost is never lost sight of. */
async function conclusive(proof: ProofCase, side: Side, stage: Stage, performance: Performance): Promise<SideResult> {
  const first = await perform(proof, side, stage, performance);
  if (first.outcome !== 'inconclusive') return first;
  process.stderr.write(`once more: ${first.why.join('; ')}\n`);
  return { ...(await perform(proof, side, stage, performance)), earlier: first.why };
}

function holdsOrSkipped(result: CaseResult): boolean {
  const verdict = verdictOf(result);
  return verdict.holds || verdict.word === 'skipped';
}

function line(result: CaseResult): string {
  const { number, title, sides } = result;
  const verdict = verdictOf(result);
  const lost = sides
    ? `naive lost ${sides.naive.lost} of ${sides.naive.sent}, ours ${sides.ours.lost} of ${sides.ours.sent}`
    : '';
  const open = unexplained(result).map(
    ({ event, differsBySeconds, note }) => `; ${event} differs: ${note ?? differsBySeconds}`,
  );
  return `${number} ${title}: ${verdict.holds ? lost : `${verdict.word}: ${verdict.why} ${lost && `(${lost})`}`}${open.join('')}`;
}

async function contextOf({ context }: Options): Promise<string> {
  const named = context ?? process.env.CDK8S_GRACEFUL_TEST_CONTEXT;
  if (named) return named;
  if (!process.env.KUBECONFIG) {
    throw new Problem('name the context with --context, or the kubeconfig in KUBECONFIG: nodes will be drained there');
  }
  return (await new Kubectl([]).run(['config', 'current-context'])).trim();
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`npm run rehearse: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 2;
  },
);
