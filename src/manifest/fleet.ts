import {
  Autoscaler,
  ConfigMap,
  DisruptionBudget,
  InferencePool,
  Ingress,
  Namespace,
  NodePool,
  PersistentVolumeClaim,
  Route,
  Service,
  Setting,
} from './companions';
import { configMapsByNamespace } from './config-maps';
import type { Intent } from './intent';
import { isObject, type JsonObject, objectsAt, textAt, textMapAt } from './json';
import { nodePoolName } from './node-inference';
import { withoutOwned } from './ownership';
import { selects, serviceSelects } from './selector';
import type { SourceObject } from './source-object';
import { Workload } from './workload';
import { namespaceOf, WorkloadIndex } from './workload-index';
import { kindText, templatesOf, workloadKind } from './workload-kinds';

export type { SourceObject } from './source-object';
export { Workload } from './workload';
export { Autoscaler, DisruptionBudget, Ingress, Namespace, NodePool, PersistentVolumeClaim, Route, Service, Setting };

export interface Fleet {
  readonly workloads: readonly Workload[];
  readonly disruptionBudgets: readonly DisruptionBudget[];
  readonly services: readonly Service[];
  readonly ingresses: readonly Ingress[];
  readonly routes: readonly Route[];
  readonly autoscalers: readonly Autoscaler[];
  readonly claims: readonly PersistentVolumeClaim[];
  readonly nodePools: readonly NodePool[];
  readonly namespaces: readonly Namespace[];
  readonly settings: readonly Setting[];
  readonly configMaps: readonly ConfigMap[];
  readonly inferencePools: readonly InferencePool[];
}

const COMPANIONS = {
  disruptionBudgets: DisruptionBudget,
  services: Service,
  ingresses: Ingress,
  routes: Route,
  autoscalers: Autoscaler,
  claims: PersistentVolumeClaim,
  nodePools: NodePool,
  namespaces: Namespace,
  settings: Setting,
  configMaps: ConfigMap,
  inferencePools: InferencePool,
} as const;

type CompanionName = keyof typeof COMPANIONS;

const versions = (group: string, kinds: readonly string[], ...each: readonly string[]) =>
  kinds.flatMap((kind) => each.map((version) => `${group}/${version} ${kind}`));

const NAME_BY_KIND: ReadonlyMap<string, CompanionName> = new Map(
  (
    [
      ['services', ['v1 Service']],
      ['claims', ['v1 PersistentVolumeClaim']],
      ['namespaces', ['v1 Namespace']],
      ['configMaps', ['v1 ConfigMap']],
      ['disruptionBudgets', versions('policy', ['PodDisruptionBudget'], 'v1', 'v1beta1')],
      ['autoscalers', versions('autoscaling', ['HorizontalPodAutoscaler'], 'v2', 'v1', 'v2beta2', 'v2beta1')],
      ['autoscalers', ['keda.sh/v1alpha1 ScaledObject']],
      ['ingresses', [...versions('networking.k8s.io', ['Ingress'], 'v1', 'v1beta1'), 'extensions/v1beta1 Ingress']],
      ['routes', versions('gateway.networking.k8s.io', ['HTTPRoute', 'GRPCRoute'], 'v1', 'v1beta1', 'v1alpha2')],
      [
        'routes',
        versions('gateway.networking.k8s.io', ['TLSRoute', 'TCPRoute', 'UDPRoute'], 'v1', 'v1alpha2', 'v1alpha3'),
      ],
      ['inferencePools', ['inference.networking.k8s.io/v1 InferencePool']],
      ['inferencePools', ['inference.networking.x-k8s.io/v1alpha2 InferencePool']],
      ['settings', ['kubelet.config.k8s.io/v1beta1 KubeletConfiguration']],
      ['nodePools', versions('karpenter.sh', ['NodePool'], 'v1', 'v1beta1')],
    ] as const
  ).flatMap(([name, kinds]) => kinds.map((kind) => [kind, name] as const)),
);

/** Kinds that are read besides workloads, as in `v1 Service`. */
export const COMPANION_KINDS: ReadonlySet<string> = new Set(NAME_BY_KIND.keys());

/** Matches workloads with what is beside them in the same input, by namespace, selector and name. */
export function fleetOf(objects: readonly SourceObject[], defaults?: Partial<Intent>): Fleet {
  const workloads: Workload[] = [];
  const fleet = {
    workloads,
    disruptionBudgets: [] as DisruptionBudget[],
    services: [] as Service[],
    ingresses: [] as Ingress[],
    routes: [] as Route[],
    autoscalers: [] as Autoscaler[],
    claims: [] as PersistentVolumeClaim[],
    nodePools: [] as NodePool[],
    namespaces: [] as Namespace[],
    settings: [] as Setting[],
    configMaps: [] as ConfigMap[],
    inferencePools: [] as InferencePool[],
  };
  for (const object of withoutOwned(objects)) {
    const text = kindText(object.json);
    const kind = workloadKind(text);
    if (kind) {
      for (const place of templatesOf(kind, object.json)) {
        workloads.push(new Workload(object, kind, place, object.stated ?? defaults));
      }
      continue;
    }
    const name = NAME_BY_KIND.get(text);
    if (name) (fleet[name] as unknown[]).push(new COMPANIONS[name](object));
  }
  matchSelectors(fleet);
  matchNames(fleet);
  return fleet;
}

function matchSelectors({ workloads, services, inferencePools, disruptionBudgets, autoscalers }: Fleet): void {
  const index = new WorkloadIndex(workloads);
  for (const service of services) {
    for (const workload of index.candidates(service.ref, service.selector)) {
      if (!serviceSelects(service.selector, workload.pod.labels) || workload.isHelmHook) continue;
      workload.services.push(service);
      service.workloads.push(workload);
    }
  }
  for (const pool of inferencePools) {
    const { selector } = pool;
    for (const workload of index.candidates(pool.ref, selector)) {
      if (serviceSelects(selector, workload.pod.labels)) workload.inferencePools.push(pool);
    }
  }
  for (const budget of disruptionBudgets) {
    const { selector } = budget;
    // An empty selector of policy/v1beta1 selects nothing, one of policy/v1 everything.
    if (selector && budget.ref.apiVersion === 'policy/v1beta1' && isEmpty(selector)) continue;
    for (const workload of index.candidates(budget.ref, textMapAt(selector, 'matchLabels'))) {
      if (!selects(selector, workload.pod.labels)) continue;
      workload.disruptionBudgets.push(budget);
      budget.workloads.push(workload);
    }
  }
  for (const autoscaler of autoscalers) {
    const { kind, name } = autoscaler.target;
    index.named(autoscaler.ref, kind, name)?.autoscalers.push(autoscaler);
  }
}

function isEmpty(selector: JsonObject): boolean {
  return (
    Object.keys(textMapAt(selector, 'matchLabels')).length === 0 && objectsAt(selector, 'matchExpressions').length === 0
  );
}

function matchNames({
  workloads,
  services,
  ingresses,
  routes,
  claims,
  namespaces,
  nodePools,
  configMaps,
}: Fleet): void {
  const named = ingresses.length + routes.length > 0 ? services : [];
  const byName = new Map(named.map((service) => [`${namespaceOf(service.ref)}/${service.ref.name}`, service]));
  for (const ingress of ingresses) {
    for (const name of ingress.backendNames) {
      const service = byName.get(`${namespaceOf(ingress.ref)}/${name}`);
      if (!service) continue;
      service.ingresses.push(ingress);
      ingress.services.push(service);
    }
  }
  for (const route of routes) {
    for (const { name, namespace } of route.backends) {
      const service = byName.get(`${namespace ?? 'default'}/${name}`);
      if (!service || route.services.includes(service)) continue;
      service.routes.push(route);
      route.services.push(service);
    }
  }
  const namespaceByName = new Map(namespaces.map((namespace) => [namespace.ref.name, namespace]));
  const claimByName = new Map(claims.map((claim) => [`${namespaceOf(claim.ref)}/${claim.ref.name}`, claim]));
  const texts = configMapsByNamespace(
    configMaps.map(({ source: { json }, ref }) => ({ json, namespace: namespaceOf(ref), name: ref.name })),
  );
  for (const workload of workloads) {
    if (texts.size > 0) workload.pod.configMaps = texts.get(namespaceOf(workload.ref));
    if (nodePools.length > 0) {
      const pool = nodePoolName(workload);
      if (pool !== undefined) workload.nodePool = nodePools.find(({ ref }) => ref.name === pool);
    }
    if (namespaceByName.size > 0) {
      workload.namespace = namespaceByName.get(namespaceOf(workload.ref));
      workload.pod.namespaceAnnotations = workload.namespace?.annotations;
    }
    for (const volume of workload.pod.volumes) {
      const name = textAt(volume, 'persistentVolumeClaim', 'claimName');
      const claim = name === undefined ? undefined : claimByName.get(`${namespaceOf(workload.ref)}/${name}`);
      if (claim) workload.claims.push(claim);
    }
    if (workload.kind.replacedBy !== 'stateful-set') continue;
    for (const json of objectsAt(workload.spec('volumeClaimTemplates'))) {
      workload.claims.push(new PersistentVolumeClaim({ ...workload.source, json }));
    }
  }
}

export function isKubernetesObject(value: unknown): value is JsonObject {
  return isObject(value) && typeof value.kind === 'string' && typeof value.apiVersion === 'string';
}
