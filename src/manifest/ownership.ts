import { objectsAt, textAt } from './json';
import type { SourceObject } from './source-object';
import { kindText, workloadKind } from './workload-kinds';

/** Those workloads that no other workload of the same input owns: a pod is judged through its Deployment. */
export function withoutOwned(objects: readonly SourceObject[]): readonly SourceObject[] {
  if (!objects.some(({ json }) => objectsAt(json, 'metadata', 'ownerReferences').length > 0)) return objects;
  const names = new Set<string>();
  for (const { json } of objects) {
    if (workloadKind(kindText(json))) names.add(keyOf(json, textAt(json, 'kind'), textAt(json, 'metadata', 'name')));
  }
  return objects.filter(
    ({ json }) => !workloadKind(kindText(json)) || !ownersOf(json).some((owner) => names.has(owner)),
  );
}

function ownersOf(json: unknown): readonly string[] {
  const owners: string[] = [];
  const hash = textAt(json, 'metadata', 'labels', 'pod-template-hash');
  for (const reference of objectsAt(json, 'metadata', 'ownerReferences')) {
    const [kind, name] = [textAt(reference, 'kind'), textAt(reference, 'name')];
    owners.push(keyOf(json, kind, name));
    // The ReplicaSet between a pod and its Deployment need not be in the input.
    if (kind === 'ReplicaSet' && hash && name?.endsWith(`-${hash}`)) {
      owners.push(keyOf(json, 'Deployment', name.slice(0, -hash.length - 1)));
    }
  }
  return owners;
}

function keyOf(json: unknown, kind: string | undefined, name: string | undefined): string {
  return `${textAt(json, 'metadata', 'namespace') ?? 'default'}/${kind}/${name}`;
}
