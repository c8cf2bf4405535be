import type { ApiObjectMetadata, Duration } from 'cdk8s';
import type {
  ContainerResources,
  ContainerSecurityContextProps,
  EnvValue,
  IServiceAccount,
  Metric,
  PercentOrAbsolute,
  VolumeMount,
} from 'cdk8s-plus-27';
import type { DrainGate } from './drain-gate';
import type { DrainStrategy } from './drain-strategy';
import type { ImageTool } from './image-tool';
import type { NodeLifecycle } from './node-lifecycle';
import type { Sidecar } from './sidecar';
import type { TrafficSource } from './traffic-source';

/** How often and how strictly a probe asks. */
export interface ProbeOptions {
  /**
   * The path that is asked.
   *
   * @default - the runtime's own, where it has one.
   */
  readonly path?: string;

  /**
   * Time between two questions, in whole seconds.
   *
   * @default - readiness 5 s, liveness 10 s, startup 5 s.
   */
  readonly period?: Duration;

  /**
   * How long an answer may take, in whole seconds.
   *
   * @default - readiness 1 s (inference 5 s), liveness 5 s, startup 5 s.
   */
  readonly timeout?: Duration;

  /**
   * Bad answers in a row until the kubelet acts.
   *
   * @default - readiness 3, liveness 6, startup as many as cover the cold start.
   */
  readonly failureThreshold?: number;
}

/** A HorizontalPodAutoscaler instead of a fixed number of replicas. */
export interface AutoscalingOptions {
  /** The fewest replicas. Headroom, evictions and rollouts are judged at this count. */
  readonly minReplicas: number;

  /** The most replicas. */
  readonly maxReplicas: number;

  /**
   * What it scales on.
   *
   * @default - for a web service 70 % of the requested CPU, which `resources` must then request. An inference deployment must
   * state its metrics: the CPU says nothing of a GPU.
   */
  readonly metrics?: Metric[];

  /**
   * How long the load must have been lower before it scales down.
   *
   * @default - 5 min, or the time of one termination where that is longer, at most 1 h.
   */
  readonly scaleDownStabilization?: Duration;
}

/** What evictions may take away at once. Give one of the two. */
export interface DisruptionBudgetOptions {
  /**
   * The most pods that may be missing.
   *
   * @default - the headroom: replicas - requiredReplicas.
   */
  readonly maxUnavailable?: PercentOrAbsolute;

  /**
   * The fewest pods that must be left.
   *
   * @default - `maxUnavailable` is used.
   */
  readonly minAvailable?: PercentOrAbsolute;
}

/** What both constructs take. Everything that is optional is computed when it is absent. */
export interface GracefulWorkloadProps {
  /** The image, with a tag other than `latest`, or a digest. */
  readonly image: string;

  /**
   * The longest time from a request's arrival to the last byte of its response, background work that it starts included.
   * The drain is as long as this.
   */
  readonly longestRequest: Duration;

  /**
   * The port that the server listens on.
   *
   * @default - the runtime's own; required where it has none.
   */
  readonly port?: number;

  /**
   * The Service's port.
   *
   * @default - the same as `port`, or as the port of the sidecar in front of the server.
   */
  readonly servicePort?: number;

  /**
   * A fixed number of replicas.
   *
   * @default 2 - or what `autoscaling` decides.
   */
  readonly replicas?: number;

  /**
   * An autoscaler instead of `replicas`.
   *
   * @default - no autoscaler.
   */
  readonly autoscaling?: AutoscalingOptions;

  /**
   * Replicas needed at peak load. What is above them is the headroom, which rollouts and evictions may use.
   *
   * @default - one fewer than `replicas` or `minReplicas`.
   */
  readonly requiredReplicas?: number;

  /**
   * From the container's start until it serves: image pulled, program or model loaded.
   *
   * @default - 10 min is assumed for the startup probe and the progress deadline, where too long does no harm.
   */
  readonly coldStart?: Duration;

  /**
   * What sends requests to the pod.
   *
   * @default - kube-proxy.
   */
  readonly trafficSources?: TrafficSource[];

  /**
   * How the nodes go away.
   *
   * @default - on demand: by drains that wait for the pod.
   */
  readonly nodeLifecycles?: NodeLifecycle[];

  /**
   * The version of the cluster, as a minor (`1.34`) or a patch (`1.36.3`). A minor counts as affected by its defects.
   *
   * @default - only what works in 1.30 and every later version is used.
   */
  readonly kubernetesVersion?: string;

  /**
   * Programs that the image has, for hooks and probes to use.
   *
   * @default - known for the runtime's own images; of any other image nothing is known, and nothing in it is used.
   */
  readonly imageTools?: ImageTool[];

  /**
   * What turns readiness false when the drain starts.
   *
   * @default - a marker file where preStop runs a script in an image that has what it needs, otherwise the server itself.
   */
  readonly drainGate?: DrainGate;

  /**
   * How requests in flight are let finish.
   *
   * @default - by the server after SIGTERM, where it does that; otherwise preStop waits until its gauges are zero, where it has
   * any; otherwise preStop holds for the longest request.
   */
  readonly drainStrategy?: DrainStrategy;

  /**
   * How long preStop waits, at least, before SIGTERM or before it looks at the gauges, in whole seconds.
   * Shorter than the propagation of the slowest traffic source is refused with `prestop-shorter-than-propagation`.
   *
   * @default - the propagation of the slowest traffic source.
   */
  readonly preStopDelay?: Duration;

  /**
   * Native sidecars, in the order in which they start.
   *
   * @default - none
   */
  readonly sidecars?: Sidecar[];

  /**
   * The server holds connections without an end: WebSockets, endless streams. They are cut at the end of the drain, and a
   * warning says when.
   *
   * @default false
   */
  readonly longLivedConnections?: boolean;

  /**
   * The pod's grace period, in whole seconds. Shorter than the shutdown is refused with `grace-shorter-than-shutdown`.
   *
   * @default - what the shutdown needs.
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * What is kept for the exit of an idle process, and for rounding: at least 3 s.
   *
   * @default Duration.seconds(5)
   */
  readonly margin?: Duration;

  /**
   * Pods that a rollout may have above `replicas`.
   *
   * @default - 25 %; with accelerators, as many as the spare ones allow.
   */
  readonly maxSurge?: PercentOrAbsolute;

  /**
   * Pods that a rollout may have below `replicas`.
   *
   * @default - 0; 1 with accelerators of which none is spare.
   */
  readonly maxUnavailable?: PercentOrAbsolute;

  /**
   * How long a new pod must be ready before it counts as available, in whole seconds.
   *
   * @default Duration.seconds(0)
   */
  readonly minReady?: Duration;

  /**
   * How long one step of a rollout may take, in whole seconds.
   *
   * @default - what the old pod's drain, the cold start and `minReady` take, at least 10 min.
   */
  readonly progressDeadline?: Duration;

  /**
   * The PodDisruptionBudget's numbers.
   *
   * @default - `maxUnavailable` is the headroom. A single replica gets no budget, since it would block every drain.
   */
  readonly disruptionBudget?: DisruptionBudgetOptions;

  /**
   * The readiness probe.
   *
   * @default - every 5 s, 3 failures.
   */
  readonly readiness?: ProbeOptions;

  /**
   * The liveness probe. It must not look at the drain or at the load.
   *
   * @default - every 10 s, 6 failures, where the runtime has a path for it; otherwise none.
   */
  readonly liveness?: ProbeOptions;

  /**
   * The startup probe.
   *
   * @default - every 5 s for the whole cold start.
   */
  readonly startup?: ProbeOptions;

  /**
   * CPU, memory and storage.
   *
   * @default - none: nothing is requested, nothing limited.
   */
  readonly resources?: ContainerResources;

  /**
   * The entrypoint. Never a shell without `exec`: SIGTERM would not reach the server.
   *
   * @default - the runtime's command, or the image's own.
   */
  readonly command?: string[];

  /**
   * Arguments, after those that the library sets.
   *
   * @default - none
   */
  readonly args?: string[];

  /**
   * Environment variables, which win over those that the library sets.
   *
   * @default - none
   */
  readonly envVariables?: { readonly [name: string]: EnvValue };

  /**
   * Volumes, each with the path where it is mounted.
   *
   * @default - those that the library needs.
   */
  readonly volumeMounts?: VolumeMount[];

  /**
   * The container's security context.
   *
   * @default - web: as Pod Security `restricted` asks, user 10001, read-only root file system. Inference: as `baseline` asks.
   */
  readonly securityContext?: ContainerSecurityContextProps;

  /**
   * The pods' service account.
   *
   * @default - the namespace's default one, without its token.
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * Mount the service account's token.
   *
   * @default false
   */
  readonly automountServiceAccountToken?: boolean;

  /**
   * Labels that a node must have.
   *
   * @default - any node. More is reachable by `deployment.scheduling`.
   */
  readonly nodeSelector?: { readonly [label: string]: string };

  /**
   * Name, labels and annotations of the Deployment.
   *
   * @default - a name generated from the construct's path.
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Labels and annotations of the pods.
   *
   * @default - the label that the selector uses.
   */
  readonly podMetadata?: ApiObjectMetadata;
}
