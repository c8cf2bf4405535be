import type { ConfigMaps } from './config-maps';
import { type ConfigSources, Container } from './container';
import { type JsonObject, numberAt, objectsAt, textMapAt } from './json';
import type { Labels } from './selector';

/** kubernetes/kubernetes pkg/apis/core/v1/defaults.go, v1.36.2. */
export const DEFAULT_GRACE_SECONDS = 30;

/** knative/serving pkg/apis/config/defaults.go@0efd5a70: DefaultRevisionTimeoutSeconds. */
export const KNATIVE_TIMEOUT_SECONDS = 300;

/** A pod template, defaults filled in; its containers are read when asked for. */
export class Pod {
  readonly labels: Labels;
  readonly graceSeconds: number;
  readonly graceIsDefault: boolean;
  /** Those of the namespace, where any were read. */
  configMaps?: ConfigMaps;
  /** Of the namespace, where it was read. */
  namespaceAnnotations?: Labels;
  private read?: { readonly containers: readonly Container[]; readonly sidecars: readonly Container[] };

  /**
   * @param added labels that the controller of the workload puts on its pods
   * @param knativeTimeout the field that Knative takes the grace from, where it runs the pods
   */
  constructor(
    readonly template: JsonObject,
    added?: Labels,
    knativeTimeout?: string,
  ) {
    const labels = textMapAt(template, 'metadata', 'labels');
    this.labels = added ? { ...added, ...labels } : labels;
    const grace = numberAt(template, 'spec', knativeTimeout ?? 'terminationGracePeriodSeconds');
    this.graceIsDefault = grace === undefined;
    this.graceSeconds = grace ?? (knativeTimeout === undefined ? DEFAULT_GRACE_SECONDS : KNATIVE_TIMEOUT_SECONDS);
  }

  get annotations(): Labels {
    return textMapAt(this.template, 'metadata', 'annotations');
  }

  /**
   * An annotation that tells an injector what to do with the pod. Linkerd reads its own from the namespace where the pod has none.
   *
   * @see https://linkerd.io/2/reference/proxy-configuration/
   */
  annotationFor(name: string): string | undefined {
    return this.annotations[name] ?? (name.includes('linkerd.io/') ? this.namespaceAnnotations?.[name] : undefined);
  }

  get containers(): readonly Container[] {
    return this.once().containers;
  }

  get sidecars(): readonly Container[] {
    return this.once().sidecars;
  }

  /** Every container that runs until the pod ends: all but the init containers that come before them. */
  get all(): readonly Container[] {
    const { containers, sidecars } = this.once();
    return sidecars.length === 0 ? containers : [...containers, ...sidecars];
  }

  /** Thousands of pods are judged one after the other: what was read of one need not stay, and is read again if asked. */
  forget(): void {
    this.read = undefined;
  }

  private once() {
    if (this.read) return this.read;
    const sources: ConfigSources | undefined = this.configMaps && {
      configMaps: this.configMaps,
      volumes: this.volumes,
    };
    this.read = {
      containers: each(objectsAt(this.template, 'spec', 'containers')).map(
        (json) => new Container(json, false, sources),
      ),
      sidecars: each(objectsAt(this.template, 'spec', 'initContainers'))
        .filter((json) => json.restartPolicy === 'Always')
        .map((json) => new Container(json, true, sources)),
    };
    return this.read;
  }

  /** The container of that name as it is written, init containers among them. */
  containerJson(name: string): JsonObject | undefined {
    const found = this.all.find((container) => container.name === name)?.json;
    return found ?? objectsAt(this.template, 'spec', 'initContainers').find((json) => json.name === name);
  }

  get volumes(): readonly JsonObject[] {
    return objectsAt(this.template, 'spec', 'volumes');
  }

  /** What one pod takes of each extended resource; containers and sidecars run at once, so they add up. */
  get accelerators(): ReadonlyMap<string, number> {
    const [first] = this.containers;
    if (first && this.all.length === 1) return first.accelerators;
    const sum = new Map<string, number>();
    for (const container of this.all) {
      for (const [name, count] of container.accelerators) sum.set(name, (sum.get(name) ?? 0) + count);
    }
    return sum;
  }
}

/** Each once: aliases of YAML can put the same container into a list thousands of times. */
function each(list: readonly JsonObject[]): readonly JsonObject[] {
  return list.length < 2 ? list : [...new Set(list)];
}
