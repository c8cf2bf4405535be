import type { Workload } from '../manifest/workload';
import type { ReplacedBy } from '../manifest/workload-kinds';
import { notApplicable, type Verdict } from './rule';

const WHY: Readonly<Partial<Record<ReplacedBy, string>>> = {
  'daemon-set': 'a DaemonSet runs one pod on each node, and a node drain leaves it there',
  job: 'the pods of a Job end by themselves',
  nothing: 'a pod that stands alone is not replaced, and no budget can count it',
};

/** Why a traffic source or a node lifecycle is taken to be there, where nobody stated it: ` (class nginx of Ingress web)`. */
export function shownBy({ knownBy }: { readonly knownBy?: string }): string {
  return knownBy === undefined ? '' : ` (${knownBy})`;
}

/** Rules about numbers of pods say nothing of a workload whose number nobody sets. */
export function notCounted({ kind, place }: Workload): Verdict {
  if (place.role === 'worker') return notApplicable('the workers of a group come and go with their leader');
  return notApplicable(WHY[kind.replacedBy] ?? `${kind.name} sets the number of its pods by itself`);
}
