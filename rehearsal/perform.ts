import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../src/problem';
import { DISTURBANCES, type DisturbanceName } from '../src/rehearsal/options';
import type { RehearsalResult } from '../src/rehearsal/result';
import { BASE_IMAGE, baseImage, type ProofCase, REQUESTS_PER_SECOND, type Side } from './case';
import { type SideResult, sideResult } from './result';
import type { Stage } from './stage';
import { synthesize } from './synthesize';

/** Coprime to the number of requests that go in turn: so every client sends each of them. */
const KEEP_ALIVE_CLIENTS = 11;
const SHORT: readonly DisturbanceName[] = ['rollout', 'delete'];
const OUT = join(__dirname, '../dist/rehearsal');
const MAIN = join(__dirname, '../lib/cli/main.js');

export interface Performance {
  readonly context: string;
  readonly short: boolean;
  readonly signal: AbortSignal;
}

/** Rehearses one side of a case, by the command that users have where the case does not say otherwise. */
export async function perform(
  proof: ProofCase,
  side: Side,
  stage: Stage,
  performance: Performance,
): Promise<SideResult> {
  const { context, short, signal } = performance;
  const out = join(OUT, proof.name);
  mkdirSync(out, { recursive: true });
  const file = join(out, `${side}.yaml`);
  const folders = Object.entries(proof.nodeFolders?.() ?? {});
  const onThisCluster = [[BASE_IMAGE, baseImage()] as const, ...folders];
  const text = manifestOf(proof, side, stage.folder);
  writeFileSync(
    file,
    onThisCluster.reduce((before, [word, here]) => before.replaceAll(word, here), text),
  );
  if (proof.perform) return proof.perform(stage, file, performance);
  const { requestsPerSecond = REQUESTS_PER_SECOND, flags = [], requests, deployment } = proof;
  const disturbances = (proof.disturbances ?? DISTURBANCES).filter((name) => !short || SHORT.includes(name));
  const args = [
    ...['rehearse', '--context', context, '-n', stage.namespace, '--format', 'json', '--image', baseImage()],
    ...['--rate', String(requestsPerSecond), '--clients', String(KEEP_ALIVE_CLIENTS), ...flags],
    ...requests.flatMap((request) => ['--request', request]),
    ...disturbances.flatMap((name) => ['--disturbance', name]),
    ...[file, `deployment/${deployment}`],
  ];
  const report = await printed(args, signal);
  writeFileSync(join(out, `${side}.json`), report);
  const result = JSON.parse(report) as RehearsalResult;
  return sideResult(result, await proof.count?.(stage, result.startedAt + result.seconds * 1000));
}

/** As it stands, or as the app synthesizes it. */
export function manifestOf({ name }: ProofCase, side: Side, folder: string): string {
  if (side === 'naive') return readFileSync(join(folder, 'naive.yaml'), 'utf8');
  const out = join(OUT, name, 'synth');
  rmSync(out, { recursive: true, force: true });
  synthesize(join(folder, 'ours'), out);
  return readdirSync(out)
    .sort()
    .map((file) => readFileSync(join(out, file), 'utf8'))
    .join('---\n');
}

/** The command line as users have it, with its progress on stderr. */
function printed(args: readonly string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    // In a process group of its own: Ctrl-C reaches it once, from here.
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    const interrupt = () => child.kill('SIGINT');
    signal.addEventListener('abort', interrupt);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      signal.removeEventListener('abort', interrupt);
      if (signal.aborted) reject(signal.reason);
      else if (code === 0 || code === 1) resolve(stdout);
      else reject(new Problem(`cdk8s-graceful ${args.join(' ')}: exit code ${code}`));
    });
  });
}
