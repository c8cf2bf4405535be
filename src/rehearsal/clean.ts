import { leftoversIn, stateOf, undo } from './journal';
import type { Kubectl } from './kubectl';

/** Removes what rehearsals left, in a namespace or everywhere. Those whose process still lives on this machine are left alone. */
export async function clean(
  kubectl: Kubectl,
  namespace: string | undefined,
  dryRun: boolean,
): Promise<readonly string[]> {
  const said: string[] = [];
  for (const { namespace: where, entries } of await leftoversIn(kubectl, namespace)) {
    const what = `rehearsal ${entries.run} of deployment/${entries.deployment} in namespace ${where}`;
    if (stateOf(entries) === 'under-way') {
      said.push(`${what} is under way (process ${entries.pid}): left alone`);
      continue;
    }
    if (!dryRun) await undo(kubectl, where, entries);
    said.push(`${what}: ${dryRun ? 'would be removed' : 'removed'}`);
  }
  return said.length > 0 ? said : ['no rehearsal has left anything'];
}
