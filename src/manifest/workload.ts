import type {
  Autoscaler,
  DisruptionBudget,
  InferencePool,
  Ingress,
  Namespace,
  NodePool,
  PersistentVolumeClaim,
  Route,
  Service,
} from './companions';
import { type Intent, type IntentProblem, readIntent } from './intent';
import { countAt, isObject, type JsonObject, objectAt, textMapAt, valueAlong, valueAt } from './json';
import { type ObjectRef, objectRefOf } from './object-ref';
import { Pod } from './pod';
import type { SourceObject } from './source-object';
import {
  kindText,
  knativeTimeoutOf,
  labelsAdded,
  type PodTemplatePlace,
  podsPerReplica,
  TEMPLATE,
  type WorkloadKind,
  workloadKind,
} from './workload-kinds';

/** One pod template of a workload, with everything in the same input that bears on the termination of its pods. */
export class Workload {
  readonly ref: ObjectRef;
  readonly pod: Pod;
  readonly intent: Intent;
  readonly intentProblems: readonly IntentProblem[];
  /** The number of pods as written; absent means 1, or what the autoscaler says. */
  readonly replicas: number | undefined;
  readonly services: Service[] = [];
  readonly inferencePools: InferencePool[] = [];
  readonly disruptionBudgets: DisruptionBudget[] = [];
  readonly autoscalers: Autoscaler[] = [];
  readonly claims: PersistentVolumeClaim[] = [];
  /** Knative runs the pods: the field that it takes their grace from. */
  readonly knativeTimeout?: string;
  namespace?: Namespace;
  /** The NodePool that the pods ask for by name. */
  nodePool?: NodePool;

  /** @param defaults what is stated for the whole run, where the object itself states nothing */
  constructor(
    readonly source: SourceObject,
    readonly kind: WorkloadKind = kindOf(source.json),
    readonly place: PodTemplatePlace = kind.templates[0] as PodTemplatePlace,
    readonly defaults: Partial<Intent> = NOTHING,
  ) {
    this.ref = objectRefOf(source.json);
    const template = objectAt(valueAlong(source.json, place.path)) ?? {};
    this.knativeTimeout = knativeTimeoutOf(kind, source.json);
    const added = labelsAdded(kind, this.ref, place.role);
    this.pod = new Pod(place.isSpec ? { spec: template } : template, added, this.knativeTimeout);
    const { intent, problems } = readIntent(textMapAt(source.json, 'metadata', 'annotations'));
    this.intent = defaults === NOTHING ? intent : withDefaults(intent, defaults);
    this.intentProblems = problems;
    this.replicas = this.written(place.replicas);
  }

  /** The fewest replicas that it may run with in normal operation. */
  get leastReplicas(): number {
    return this.autoscalers.length > 0
      ? Math.min(...this.autoscalers.map((autoscaler) => autoscaler.minReplicas))
      : (this.replicas ?? this.perReplica);
  }

  get mostReplicas(): number {
    if (this.autoscalers.length > 0) return Math.max(...this.autoscalers.map((autoscaler) => autoscaler.maxReplicas));
    const least = this.leastReplicas;
    return this.place.most ? Math.max(least, this.written(this.place.most) ?? least) : least;
  }

  /** Whether its number of pods is somebody's choice, which rules about replicas and budgets can judge. */
  get scales(): boolean {
    return this.kind.scales && this.place.role !== 'worker' && !this.replicasAreHidden;
  }

  /**
   * Whether requests may come to its server from outside: not to those that run to their end, nor to those that serve a leader, nor past
   * the queue-proxy of Knative.
   */
  get servesRequests(): boolean {
    return (
      this.kind.replacedBy !== 'job' &&
      this.place.role !== 'worker' &&
      this.knativeTimeout === undefined &&
      !this.isHelmHook
    );
  }

  /**
   * A Pod or Job that Helm runs to its end, a test of the chart for one. The chart's labels, which a Service selects, are on it too.
   *
   * @see https://helm.sh/docs/topics/charts_hooks/
   */
  get isHelmHook(): boolean {
    const { name } = this.kind;
    return (
      (name === 'Pod' || name === 'Job') && 'helm.sh/hook' in textMapAt(this.source.json, 'metadata', 'annotations')
    );
  }

  get ingresses(): readonly Ingress[] {
    return this.services.flatMap((service) => service.ingresses);
  }

  get routes(): readonly Route[] {
    return this.services.flatMap((service) => service.routes);
  }

  spec(first?: string, second?: string, third?: string): unknown {
    return valueAt(this.source.json.spec, first, second, third);
  }

  /** A field of the pod template as a path from the object's root: `spec.volumes` of a Deployment is `spec.template.spec.volumes`. */
  podField(field: string): string {
    const { path, isSpec } = this.place;
    if (path === TEMPLATE) return `spec.template.${field}`;
    const within = isSpec ? field.replace(/^spec\./, '') : field;
    return [...path, within].join('.');
  }

  /** A placeholder stands where the number belongs: any number may take its place. */
  private get replicasAreHidden(): boolean {
    const { replicas } = this.place;
    const text = replicas && this.autoscalers.length === 0 ? valueAlong(this.source.json, replicas) : undefined;
    return typeof text === 'string' || isObject(text);
  }

  private written(path: readonly string[] | undefined): number | undefined {
    const count = path && countAt(valueAlong(this.source.json, path));
    return count === undefined ? undefined : count * this.perReplica;
  }

  private get perReplica(): number {
    return podsPerReplica(this.kind, this.place, this.source.json);
  }
}

const NOTHING: Partial<Intent> = Object.freeze({});

/** What the object states counts; the server and its traffic are defaults of another kind: see {@link Assessment}. */
function withDefaults(intent: Intent, defaults: Partial<Intent>): Intent {
  const { runtime, runtimeVersion, trafficSources, ...others } = defaults;
  return { ...others, ...intent };
}

function kindOf(json: JsonObject): WorkloadKind {
  return workloadKind(kindText(json)) ?? (workloadKind('apps/v1 Deployment') as WorkloadKind);
}
