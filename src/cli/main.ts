#!/usr/bin/env node
import { Problem } from '../problem';
import { nearestOf } from '../rules/nearest';
import type { Terminal } from './terminal';
import { packageVersion } from './version';

type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** Each is loaded when it is asked for: a linter that runs in every commit must start at once. */
const COMMANDS: ReadonlyMap<string, () => Command> = new Map([
  ['lint', () => (require('./lint') as typeof import('./lint')).lint],
  ['explain', () => (require('./explain') as typeof import('./explain')).explain],
  ['rules', () => (require('./rules') as typeof import('./rules')).rules],
  ['rehearse', () => (require('./rehearse') as typeof import('./rehearse')).rehearse],
]);

const HELP = `Usage: cdk8s-graceful COMMAND [options]

Commands:
  lint       judge manifests: what loses requests when a pod goes away, and the sum that shows it
  explain    what happens at which second when a pod of each workload goes away, in a rollout and in evictions
  rules      list the rules, or explain one
  rehearse   put load on a Deployment of a cluster, send its pods away, and report what was lost

  --version  print the version
  -h, --help

'cdk8s-graceful COMMAND --help' says more of each.

Examples:
  cdk8s-graceful lint k8s/
  helm template shop charts/shop | cdk8s-graceful lint -
  cdk8s-graceful explain --longest-request 30s k8s/orders.yaml
  cdk8s-graceful rules prestop-missing
  cdk8s-graceful rehearse --context kind-kind -n shop deployment/orders
`;

const PUT_RIGHT_FIRST = 2;

async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const [word, ...rest] = args;
  if (word === undefined || word === '--help' || word === '-h' || word === 'help') {
    terminal.stdout.write(HELP);
    return word === undefined ? PUT_RIGHT_FIRST : 0;
  }
  if (word === '--version') {
    terminal.stdout.write(`${packageVersion()}\n`);
    return 0;
  }
  const command = COMMANDS.get(word)?.();
  if (!command) {
    const nearest = nearestOf(word, COMMANDS.keys());
    throw new Problem(
      `there is no command ${word}; ${nearest ? `did you mean ${nearest}?` : 'see cdk8s-graceful --help'}`,
    );
  }
  return command(rest, terminal);
}

for (const output of [process.stdout, process.stderr]) output.on('error', () => {}); // nobody reads any more
const { stdin, stdout, stderr, env } = process;
main(process.argv.slice(2), { stdin, stdout, stderr, env, cwd: process.cwd() }).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    // No stack trace: whatever it is, a person reads it.
    process.stderr.write(`cdk8s-graceful: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = PUT_RIGHT_FIRST;
  },
);
