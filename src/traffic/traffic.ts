import type { Fact } from '../fact';

/** What sends requests to a pod, and how long it goes on after the pod is deleted. */
export interface TrafficSourceFacts {
  /** As in the intent annotation, for example `kube-proxy`. */
  readonly id: string;
  readonly title: string;

  /** From the event it follows until it sends nothing new to the pod. */
  readonly propagationSeconds: Fact<number>;

  /** What it learns from: the pod's deletion, or its readiness turning false. */
  readonly follows: Fact<'deletion' | 'readiness'>;

  /** The proxy that it puts into the pod, and that no manifest shows before the injection. */
  readonly proxy?: MeshProxy;

  /** What a reader of the docs should know and no rule can judge. */
  readonly notes: readonly Fact<string>[];
}

export interface MeshProxy {
  readonly container: string;

  /** A native sidecar, which ends after the application; otherwise it gets SIGTERM with it. */
  readonly native: boolean;

  /** From its own SIGTERM to its end. */
  readonly drainSeconds: Fact<number>;

  /** The annotation of the pod that lets it stay longer: in its preStop hook, or in its drain. */
  readonly staysBy?: Fact<{
    readonly annotation: string;
    /** Where the value is YAML and this is its key, with a duration; otherwise the value is a number of seconds. */
    readonly key?: string;
    readonly counts: 'pre-stop' | 'drain';
  }>;

  /** The annotation of the pod, and the key in it, that lets it stay until no connection is open. */
  readonly waitsBy?: Fact<{ readonly annotation: string; readonly key: string }>;

  /** The annotations of the pod that make it a native sidecar, and the version of the mesh from which on it is one by default. */
  readonly nativeBy?: Fact<{ readonly annotations: readonly string[]; readonly byDefaultFrom: string }>;
}
