import { parseArgs } from 'node:util';
import { Problem } from '../src/problem';

export interface Options {
  readonly help: boolean;
  /** Two disturbances, and only the cases that are in the short form. */
  readonly short: boolean;
  /** The cases that were named. */
  readonly cases: readonly string[];
  readonly context?: string;
  /** Write results/ and docs/proof.md, although not every case was rehearsed. */
  readonly keep: boolean;
}

export const HELP = `Usage: npm run rehearse [-- options]

Rehearses workloads with the manifests that people write and with those of the constructs, on a real Kubernetes, and
writes rehearsal/results/*.json and docs/proof.md. rehearsal/README.md says what it needs. About an hour and a half.

      --short            a few minutes: two cases, two disturbances each; writes nothing
      --case NAME        only this case; several times; writes nothing
      --keep             write what was measured all the same
      --context CONTEXT  default: CDK8S_GRACEFUL_TEST_CONTEXT, or the current one where KUBECONFIG is set
  -h, --help

Exit code: 0 nothing was lost with the constructs, and something with every naive manifest (in the short form: nothing was
lost with the constructs); 1 otherwise; 2 the command or the cluster has to be put right first.
`;

export function parseOptions(args: readonly string[], names: readonly string[]): Options {
  const { values } = parsed(args);
  const cases = values.case ?? [];
  const unknown = cases.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Problem(`there is no case ${unknown}: it can be ${names.join(', ')}`);
  const { help = false, short = false, keep = false, context } = values;
  if (short && keep) throw new Problem('--short says too little to be kept');
  return { help, short, cases, context, keep };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        short: { type: 'boolean' },
        case: { type: 'string', multiple: true },
        context: { type: 'string' },
        keep: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new Problem((error as Error).message);
  }
}
