import { type Intent, type IntentProblem, readIntent } from './intent';
import { countAt, isObject, type JsonObject, objectAt, textAt, textMapAt, valueAt } from './json';
import { type ObjectRef, objectRefOf } from './object-ref';
import { Pod } from './pod';
import { type Labels, selects, serviceSelects } from './selector';

/** One Kubernetes object in its final form, and where it came from (a construct path, or a file and line). */
export interface SourceObject {
  readonly json: JsonObject;
  readonly origin?: string;
}

export class DisruptionBudget {
  readonly ref: ObjectRef;
  readonly minAvailable: unknown;
  readonly maxUnavailable: unknown;
  readonly unhealthyPodEvictionPolicy?: string;
  readonly workloads: Workload[] = [];

  constructor(readonly source: SourceObject) {
    const spec = objectAt(source.json, 'spec');
    this.ref = objectRefOf(source.json);
    this.minAvailable = spec?.minAvailable;
    this.maxUnavailable = spec?.maxUnavailable;
    this.unhealthyPodEvictionPolicy = textAt(spec, 'unhealthyPodEvictionPolicy');
  }

  get selector(): JsonObject | undefined {
    return objectAt(this.source.json, 'spec', 'selector');
  }
}

export class Service {
  readonly ref: ObjectRef;
  readonly selector: Labels;

  constructor(readonly source: SourceObject) {
    this.ref = objectRefOf(source.json);
    this.selector = textMapAt(source.json, 'spec', 'selector');
  }
}

export class Autoscaler {
  readonly ref: ObjectRef;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly behavior?: JsonObject;

  constructor(readonly source: SourceObject) {
    const spec = objectAt(source.json, 'spec');
    this.ref = objectRefOf(source.json);
    this.minReplicas = countAt(spec, 'minReplicas') ?? 1;
    this.maxReplicas = Math.max(this.minReplicas, countAt(spec, 'maxReplicas') ?? this.minReplicas);
    this.behavior = objectAt(spec, 'behavior');
  }
}

/** A workload with everything in the same input that bears on its termination. */
export class Workload {
  readonly ref: ObjectRef;
  readonly pod: Pod;
  readonly intent: Intent;
  readonly intentProblems: readonly IntentProblem[];
  readonly services: Service[] = [];
  readonly disruptionBudgets: DisruptionBudget[] = [];
  readonly autoscalers: Autoscaler[] = [];

  constructor(readonly source: SourceObject) {
    this.ref = objectRefOf(source.json);
    this.pod = new Pod(objectAt(source.json, 'spec', 'template') ?? {});
    const { intent, problems } = readIntent(textMapAt(source.json, 'metadata', 'annotations'));
    this.intent = intent;
    this.intentProblems = problems;
  }

  /** `spec.replicas` as written; absent means 1, or what the autoscaler says. */
  get replicas(): number | undefined {
    return countAt(this.source.json, 'spec', 'replicas');
  }

  /** The fewest replicas that it may run with in normal operation. */
  get leastReplicas(): number {
    return this.autoscalers.length > 0
      ? Math.min(...this.autoscalers.map((autoscaler) => autoscaler.minReplicas))
      : (this.replicas ?? 1);
  }

  get mostReplicas(): number {
    return this.autoscalers.length > 0
      ? Math.max(...this.autoscalers.map((autoscaler) => autoscaler.maxReplicas))
      : (this.replicas ?? 1);
  }

  spec(...path: string[]): unknown {
    return valueAt(this.source.json, 'spec', ...path);
  }
}

export interface Fleet {
  readonly workloads: readonly Workload[];
  readonly disruptionBudgets: readonly DisruptionBudget[];
}

/** Kinds whose `spec.template` is a pod template. */
const WORKLOAD_KINDS: ReadonlySet<string> = new Set(['apps/v1 Deployment']);

/** Kinds that are read besides workloads. */
export const COMPANION_KINDS: ReadonlySet<string> = new Set([
  'v1 Service',
  'policy/v1 PodDisruptionBudget',
  'autoscaling/v2 HorizontalPodAutoscaler',
  'autoscaling/v1 HorizontalPodAutoscaler',
]);

/** Matches workloads with the Services, PodDisruptionBudgets and autoscalers of the same input, by namespace and selector. */
export function fleetOf(objects: readonly SourceObject[]): Fleet {
  const workloads: Workload[] = [];
  const services: Service[] = [];
  const disruptionBudgets: DisruptionBudget[] = [];
  const autoscalers: Autoscaler[] = [];
  for (const object of objects) {
    const kind = `${textAt(object.json, 'apiVersion')} ${textAt(object.json, 'kind')}`;
    if (WORKLOAD_KINDS.has(kind)) workloads.push(new Workload(object));
    else if (kind === 'v1 Service') services.push(new Service(object));
    else if (kind === 'policy/v1 PodDisruptionBudget') disruptionBudgets.push(new DisruptionBudget(object));
    else if (kind.startsWith('autoscaling/')) autoscalers.push(new Autoscaler(object));
  }
  const index = new WorkloadIndex(workloads);
  for (const service of services) {
    for (const workload of index.candidates(service.ref, service.selector)) {
      if (serviceSelects(service.selector, workload.pod.labels)) workload.services.push(service);
    }
  }
  for (const budget of disruptionBudgets) {
    const selector = budget.selector;
    for (const workload of index.candidates(budget.ref, textMapAt(selector, 'matchLabels'))) {
      if (!selects(selector, workload.pod.labels)) continue;
      workload.disruptionBudgets.push(budget);
      budget.workloads.push(workload);
    }
  }
  for (const autoscaler of autoscalers) {
    const target = objectAt(autoscaler.source.json, 'spec', 'scaleTargetRef');
    index
      .named(autoscaler.ref, textAt(target, 'kind') ?? '', textAt(target, 'name') ?? '')
      ?.autoscalers.push(autoscaler);
  }
  return { workloads, disruptionBudgets };
}

/** Finds the workloads that a selector may select without looking at all of them. */
class WorkloadIndex {
  private readonly byLabel = new Map<string, Workload[]>();
  private readonly byNamespace = new Map<string, Workload[]>();
  private readonly byName = new Map<string, Workload>();

  constructor(workloads: readonly Workload[]) {
    for (const workload of workloads) {
      const namespace = namespaceOf(workload.ref);
      this.byName.set(`${namespace}/${workload.ref.kind}/${workload.ref.name}`, workload);
      add(this.byNamespace, namespace, workload);
      for (const label in workload.pod.labels)
        add(this.byLabel, `${namespace}/${label}=${workload.pod.labels[label]}`, workload);
    }
  }

  candidates(ref: ObjectRef, labels: Labels): readonly Workload[] {
    let fewest: readonly Workload[] = this.byNamespace.get(namespaceOf(ref)) ?? [];
    for (const label in labels) {
      const found = this.byLabel.get(`${namespaceOf(ref)}/${label}=${labels[label]}`) ?? [];
      if (found.length < fewest.length) fewest = found;
    }
    return fewest;
  }

  named(ref: ObjectRef, kind: string, name: string): Workload | undefined {
    return this.byName.get(`${namespaceOf(ref)}/${kind}/${name}`);
  }
}

function namespaceOf(ref: ObjectRef): string {
  return ref.namespace ?? 'default';
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

export function isKubernetesObject(value: unknown): value is JsonObject {
  return isObject(value) && typeof value.kind === 'string' && typeof value.apiVersion === 'string';
}
