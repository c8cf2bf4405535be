import type { ObjectRef } from './object-ref';
import type { Labels } from './selector';
import type { Workload } from './workload';

/** Finds the workloads that a selector may select without looking at all of them. */
export class WorkloadIndex {
  private readonly byLabel = new Map<string, Workload[]>();
  private readonly byNamespace = new Map<string, Workload[]>();
  private readonly byName = new Map<string, Workload>();

  constructor(workloads: readonly Workload[]) {
    for (const workload of workloads) {
      const namespace = namespaceOf(workload.ref);
      const name = `${namespace}/${workload.ref.kind}/${workload.ref.name}`;
      // Of several templates the first is that of the pods which serve.
      if (!this.byName.has(name)) this.byName.set(name, workload);
      add(this.byNamespace, namespace, workload);
      for (const label in workload.pod.labels)
        add(this.byLabel, `${namespace}/${label}=${workload.pod.labels[label]}`, workload);
    }
  }

  candidates(ref: ObjectRef, labels: Labels): readonly Workload[] {
    const namespace = namespaceOf(ref);
    let fewest: readonly Workload[] = this.byNamespace.get(namespace) ?? [];
    for (const label in labels) {
      const found = this.byLabel.get(`${namespace}/${label}=${labels[label]}`) ?? [];
      if (found.length < fewest.length) fewest = found;
    }
    return fewest;
  }

  named(ref: ObjectRef, kind: string, name: string): Workload | undefined {
    return this.byName.get(`${namespaceOf(ref)}/${kind}/${name}`);
  }
}

export function namespaceOf(ref: ObjectRef): string {
  return ref.namespace ?? 'default';
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
