/**
 * What linting costs: reading and judging, as a ratio to what js-yaml alone takes to parse the same text, the peak memory,
 * and whether the time is linear in the size. Counted is the CPU time of the main thread, which is the time that passes
 * where nothing else runs; each measurement has a process of its own, and each number is the median of the rounds. And what
 * `lint` of one small file takes from start to end beyond a node that does nothing, the CPU time of all its threads.
 *
 *     npm run bench:lint
 */
import { execFileSync, spawnSync } from 'node:child_process';
import * as path from 'node:path';

const SIZES = [1_000, 3_000, 10_000];
const ROUNDS = 5;
const MOST_RATIO = 2;
const MOST_MEGABYTES = 600;
/** From the smallest to the largest size the time for each set may grow by this factor. */
const MOST_GROWTH = 1.3;
const STARTS = 11;
const MOST_START_SECONDS = 0.15;

interface Measurement {
  readonly megabytes: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly found: number;
}

function measure(what: 'parse' | 'lint', sets: number): Measurement {
  const args = [path.join(__dirname, 'lint-once.js'), what, String(sets)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

/** Other processes slow both halves of a round down: the median of the rounds is left. */
function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** @param input on standard input */
function startSeconds(args: readonly string[], input: string): number {
  const preload = path.join(__dirname, 'time-at-exit.js');
  const { stderr } = spawnSync(process.execPath, ['-r', preload, ...args], { input, encoding: 'utf8' });
  return JSON.parse(stderr).cpuSeconds;
}

const faults: string[] = [];
const perSet: number[] = [];
process.stdout.write('   sets      MB   parse    lint  ratio  peak MB  findings\n');
for (const sets of SIZES) {
  const runs = Array.from({ length: ROUNDS }, () => ({ parse: measure('parse', sets), lint: measure('lint', sets) }));
  const parseSeconds = median(runs.map(({ parse }) => parse.cpuSeconds));
  const lintSeconds = median(runs.map(({ lint }) => lint.cpuSeconds));
  const ratio = median(runs.map(({ parse, lint }) => lint.cpuSeconds / parse.cpuSeconds));
  const peakMegabytes = Math.max(...runs.map(({ lint }) => lint.peakMegabytes));
  const { megabytes, found } = runs[0]?.lint ?? measure('lint', sets);
  perSet.push(lintSeconds / sets);
  const cells = [
    String(sets).padStart(7),
    megabytes.toFixed(1).padStart(7),
    `${parseSeconds.toFixed(2)} s`.padStart(7),
    `${lintSeconds.toFixed(2)} s`.padStart(7),
    ratio.toFixed(2).padStart(6),
    peakMegabytes.toFixed(0).padStart(8),
    String(found).padStart(9),
  ];
  process.stdout.write(`${cells.join(' ')}\n`);
  if (found < 2 * sets) faults.push(`${found} findings about ${sets} sets: some were not judged`);
  if (sets !== SIZES.at(-1)) continue;
  if (ratio > MOST_RATIO) faults.push(`lint takes ${ratio.toFixed(2)} times the parse, wanted is ${MOST_RATIO}`);
  if (peakMegabytes > MOST_MEGABYTES) faults.push(`lint takes more than ${MOST_MEGABYTES} MB`);
}
const growth = (perSet.at(-1) ?? 0) / (perSet[0] ?? 1);
process.stdout.write(`time for each set, from the least size to the most: x ${growth.toFixed(2)}\n`);
if (growth > MOST_GROWTH) faults.push(`the time for each set grows by ${growth.toFixed(2)}, wanted is ${MOST_GROWTH}`);
const one = execFileSync(process.execPath, [path.join(__dirname, 'lint-once.js'), 'write', '1'], { encoding: 'utf8' });
const main = path.join(__dirname, '../lib/cli/main.js');
const start = median(
  Array.from({ length: STARTS }, () => startSeconds([main, 'lint', '-'], one) - startSeconds(['-e', '0'], '')),
);
process.stdout.write(`lint of one set of objects, beyond node -e 0: ${(start * 1e3).toFixed(0)} ms\n`);
if (start > MOST_START_SECONDS)
  faults.push(`lint of one set takes more than ${MOST_START_SECONDS * 1e3} ms to start and end`);
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
