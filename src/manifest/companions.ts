import { countAt, type JsonObject, objectAt, objectsAt, textAt, textMapAt, textsAt } from './json';
import { type ObjectRef, objectRefOf } from './object-ref';
import type { Labels } from './selector';
import type { SourceObject } from './source-object';
import type { Workload } from './workload';

/** An object that is read because of the workloads beside it. */
class Companion {
  readonly ref: ObjectRef;

  constructor(readonly source: SourceObject) {
    this.ref = objectRefOf(source.json);
  }

  get annotations(): Labels {
    return textMapAt(this.source.json, 'metadata', 'annotations');
  }

  get spec(): JsonObject | undefined {
    return objectAt(this.source.json, 'spec');
  }
}

/** An object that a rule judges on its own. */
export class Setting extends Companion {}

export class DisruptionBudget extends Companion {
  readonly minAvailable: unknown;
  readonly maxUnavailable: unknown;
  readonly unhealthyPodEvictionPolicy?: string;
  readonly workloads: Workload[] = [];

  constructor(source: SourceObject) {
    super(source);
    const { spec } = this;
    this.minAvailable = spec?.minAvailable;
    this.maxUnavailable = spec?.maxUnavailable;
    this.unhealthyPodEvictionPolicy = textAt(spec, 'unhealthyPodEvictionPolicy');
  }

  get selector(): JsonObject | undefined {
    return objectAt(this.source.json, 'spec', 'selector');
  }
}

export class Service extends Companion {
  readonly selector: Labels;
  readonly workloads: Workload[] = [];
  readonly ingresses: Ingress[] = [];
  readonly routes: Route[] = [];

  constructor(source: SourceObject) {
    super(source);
    this.selector = textMapAt(source.json, 'spec', 'selector');
  }

  /** ClusterIP where nothing is written. */
  get type(): string {
    return textAt(this.spec, 'type') ?? 'ClusterIP';
  }

  /** `None`: its name resolves to the addresses of the pods themselves. */
  get isHeadless(): boolean {
    return textAt(this.spec, 'clusterIP') === 'None';
  }

  get publishNotReadyAddresses(): boolean {
    return this.spec?.publishNotReadyAddresses === true;
  }

  get sessionAffinity(): string {
    return textAt(this.spec, 'sessionAffinity') ?? 'None';
  }

  get externalTrafficPolicy(): string {
    return textAt(this.spec, 'externalTrafficPolicy') ?? 'Cluster';
  }

  get ports(): readonly JsonObject[] {
    return objectsAt(this.spec, 'ports');
  }
}

/** An Ingress, with the Services of the same input that it sends requests to. */
export class Ingress extends Companion {
  readonly services: Service[] = [];

  get className(): string | undefined {
    return textAt(this.spec, 'ingressClassName') ?? this.annotations['kubernetes.io/ingress.class'];
  }

  get backendNames(): readonly string[] {
    const { spec } = this;
    const names = new Set<string>();
    const add = (backend: unknown) => {
      const name = textAt(backend, 'service', 'name') ?? textAt(backend, 'serviceName');
      if (name !== undefined) names.add(name);
    };
    add(spec?.defaultBackend ?? spec?.backend);
    for (const rule of objectsAt(spec, 'rules')) {
      for (const path of objectsAt(rule, 'http', 'paths')) add(path.backend);
    }
    return [...names];
  }
}

/** An InferencePool of the Gateway API inference extension: its endpoint picker sends requests to the pods themselves. */
export class InferencePool extends Companion {
  /** A map of labels before v1, a LabelSelector with `matchLabels` alone since. */
  get selector(): Labels {
    const { spec } = this;
    return textMapAt(spec, 'selector', ...(objectAt(spec, 'selector', 'matchLabels') ? ['matchLabels'] : []));
  }

  get ports(): readonly number[] {
    const ports = objectsAt(this.spec, 'targetPorts').map((port) => countAt(port, 'number'));
    return [countAt(this.spec, 'targetPortNumber'), ...ports].filter((port) => port !== undefined);
  }
}

/** A route of the Gateway API (HTTPRoute, GRPCRoute and their like), with the Services that it sends requests to. */
export class Route extends Companion {
  readonly services: Service[] = [];

  /** Services by name, in the namespace of the route unless they name another. */
  get backends(): readonly { readonly name: string; readonly namespace?: string }[] {
    const backends: { name: string; namespace?: string }[] = [];
    for (const rule of objectsAt(this.spec, 'rules')) {
      for (const backend of objectsAt(rule, 'backendRefs')) {
        const name = textAt(backend, 'name');
        if (name === undefined || (textAt(backend, 'kind') ?? 'Service') !== 'Service') continue;
        backends.push({ name, namespace: textAt(backend, 'namespace') ?? this.ref.namespace });
      }
    }
    return backends;
  }
}

/** kedacore/keda apis/keda/v1alpha1/scaledobject_types.go v2.17: defaultHPAMaxReplicas; minReplicaCount 0. */
const KEDA_MOST_REPLICAS = 100;

/** A HorizontalPodAutoscaler, or a ScaledObject of KEDA, which makes one. */
export class Autoscaler extends Companion {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly behavior?: JsonObject;

  constructor(source: SourceObject) {
    super(source);
    const { spec } = this;
    const keda = this.ref.kind === 'ScaledObject';
    this.minReplicas = countAt(spec, keda ? 'minReplicaCount' : 'minReplicas') ?? (keda ? 0 : 1);
    const most = countAt(spec, keda ? 'maxReplicaCount' : 'maxReplicas');
    this.maxReplicas = Math.max(this.minReplicas, most ?? (keda ? KEDA_MOST_REPLICAS : this.minReplicas));
    this.behavior = objectAt(keda ? objectAt(spec, 'advanced', 'horizontalPodAutoscalerConfig') : spec, 'behavior');
  }

  get target(): { readonly kind: string; readonly name: string } {
    const target = objectAt(this.spec, 'scaleTargetRef');
    const kind = textAt(target, 'kind') ?? (this.ref.kind === 'ScaledObject' ? 'Deployment' : '');
    return { kind, name: textAt(target, 'name') ?? '' };
  }
}

export class PersistentVolumeClaim extends Companion {
  get accessModes(): readonly string[] {
    return textsAt(this.spec, 'accessModes') ?? [];
  }

  get storageClassName(): string | undefined {
    return textAt(this.spec, 'storageClassName');
  }
}

/** Read for the variables and the scripts that containers take from it. */
export class ConfigMap extends Companion {}

/** A NodePool of Karpenter. */
export class NodePool extends Companion {
  /** As written, for example `48h`; absent: no limit. */
  get terminationGracePeriod(): string | undefined {
    return textAt(this.spec, 'template', 'spec', 'terminationGracePeriod');
  }

  get expireAfter(): string | undefined {
    return textAt(this.spec, 'template', 'spec', 'expireAfter');
  }
}

export class Namespace extends Companion {
  get labels(): Labels {
    return textMapAt(this.source.json, 'metadata', 'labels');
  }
}
