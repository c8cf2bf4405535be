import { Problem } from '../problem';
import { clean } from '../rehearsal/clean';
import { kubectlOf, planOf, rehearse as rehearsalOf } from '../rehearsal/rehearsal';
import { reportText } from '../rehearsal/report-text';
import { REHEARSE_HELP } from './rehearse-help';
import { parseRehearse, type RehearseCommand } from './rehearse-options';

const NOTHING_LOST = 0;
const LOST = 1;
const PUT_RIGHT_FIRST = 2;

/** Interrupted once, a command tidies up; the second time it ends at once. */
const EXIT_CODES: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

export async function rehearse(args: readonly string[]): Promise<number> {
  const parsed = parseRehearse(args);
  if (parsed.help) {
    process.stdout.write(REHEARSE_HELP);
    return NOTHING_LOST;
  }
  return run(parsed);
}

async function run({ options, clean: onlyClean, dryRun, format }: RehearseCommand): Promise<number> {
  if (onlyClean) {
    if (options.context === undefined && !options.yes && !dryRun) {
      throw new Problem('name the context with --context, or confirm the current one with --yes');
    }
    process.stdout.write(`${(await clean(kubectlOf(options), options.namespace, dryRun)).join('\n')}\n`);
    return NOTHING_LOST;
  }
  if (dryRun) {
    process.stdout.write(await planOf(options));
    return NOTHING_LOST;
  }
  const interrupted = new AbortController();
  let signalled: NodeJS.Signals | undefined;
  for (const signal of Object.keys(EXIT_CODES) as NodeJS.Signals[]) {
    process.on(signal, () => {
      if (signalled) process.exit(EXIT_CODES[signal]);
      signalled = signal;
      process.stderr.write(`\n${signal}: removing what was made (once more: leave it to rehearse --clean)\n`);
      interrupted.abort();
    });
  }
  try {
    const result = await rehearsalOf(options, { stderr: process.stderr, signal: interrupted.signal });
    process.stdout.write(format === 'json' ? `${JSON.stringify(result, null, 2)}\n` : reportText(result));
    return result.outcome === 'nothing-lost' ? NOTHING_LOST : LOST;
  } catch (error) {
    if (!signalled || (error instanceof Problem && /tidy up/.test(error.message))) throw error;
    return EXIT_CODES[signalled] ?? PUT_RIGHT_FIRST;
  }
}
