import type { ObjectRef } from './object-ref';
import type { Labels } from './selector';
import type { Workload } from './workload';

/** The workloads of one namespace. */
interface Place {
  readonly all: Workload[];
  /** By the key of a label, then by its value. */
  readonly byLabel: Map<string, Map<string, Workload[]>>;
  /** By kind, then by name. */
  readonly byName: Map<string, Map<string, Workload>>;
}

/** Finds the workloads that a selector may select without looking at all of them. */
export class WorkloadIndex {
  private readonly places = new Map<string, Place>();

  constructor(workloads: readonly Workload[]) {
    for (const workload of workloads) {
      const { all, byLabel, byName } = this.placeOf(namespaceOf(workload.ref));
      all.push(workload);
      const named = within(byName, workload.ref.kind);
      // Of several templates the first is that of the pods which serve.
      if (!named.has(workload.ref.name)) named.set(workload.ref.name, workload);
      const { labels } = workload.pod;
      for (const label in labels) {
        const byValue = within(byLabel, label);
        const value = labels[label] as string;
        const list = byValue.get(value);
        if (list) list.push(workload);
        else byValue.set(value, [workload]);
      }
    }
  }

  candidates(ref: ObjectRef, labels: Labels): readonly Workload[] {
    const place = this.places.get(namespaceOf(ref));
    if (!place) return [];
    let fewest: readonly Workload[] = place.all;
    for (const label in labels) {
      const found = place.byLabel.get(label)?.get(labels[label] as string) ?? [];
      if (found.length < fewest.length) fewest = found;
    }
    return fewest;
  }

  named(ref: ObjectRef, kind: string, name: string): Workload | undefined {
    return this.places.get(namespaceOf(ref))?.byName.get(kind)?.get(name);
  }

  private placeOf(namespace: string): Place {
    let place = this.places.get(namespace);
    if (!place) {
      place = { all: [], byLabel: new Map(), byName: new Map() };
      this.places.set(namespace, place);
    }
    return place;
  }
}

export function namespaceOf(ref: ObjectRef): string {
  return ref.namespace ?? 'default';
}

function within<T>(maps: Map<string, Map<string, T>>, key: string): Map<string, T> {
  let map = maps.get(key);
  if (!map) {
    map = new Map();
    maps.set(key, map);
  }
  return map;
}
