import { countAt, type JsonObject, listAt, objectAt, textAt, valueAlong } from './json';
import type { ObjectRef } from './object-ref';
import type { Labels } from './selector';

/**
 * What takes old pods away and brings new ones when the pod template changes:
 * - `deployment`: a rolling update with maxSurge and maxUnavailable, or Recreate
 * - `stateful-set`: one pod after the other, the old one first
 * - `daemon-set`: node by node
 * - `leader-worker-set`: group by group
 * - `other-controller`: a controller with rules of its own (Argo Rollouts, Knative, KServe)
 * - `deletion`: new pods come only when somebody deletes old ones (ReplicaSet)
 * - `job`: nothing, the pods end by themselves
 * - `nothing`: a pod that stands alone is not replaced
 */
export type ReplacedBy =
  | 'deployment'
  | 'stateful-set'
  | 'daemon-set'
  | 'leader-worker-set'
  | 'other-controller'
  | 'deletion'
  | 'job'
  | 'nothing';

/** Where a kind keeps a pod template. */
export interface PodTemplatePlace {
  /** From the object's root; empty: the object is itself a pod. */
  readonly path: readonly string[];
  /** The path leads to a PodSpec, without metadata of its own. */
  readonly isSpec?: boolean;
  /** `worker`: it computes for a leader, and no request comes to it from outside. */
  readonly role?: 'leader' | 'worker';
  /** Where the number of pods is written; with `most`, up to how many the kind scales by itself. */
  readonly replicas?: readonly string[];
  readonly most?: readonly string[];
}

export interface WorkloadKind {
  readonly name: string;
  readonly apiVersions: readonly string[];
  readonly templates: readonly PodTemplatePlace[];
  readonly replacedBy: ReplacedBy;
  /** Somebody sets how many pods there are, and a PodDisruptionBudget can count them by the scale subresource. */
  readonly scales: boolean;
  /** The API server refuses an object without spec.selector. */
  readonly needsSelector?: boolean;
  /** A label that the controller puts on the pods, with the name of the object as its value. */
  readonly nameLabel?: string;
  /** Knative runs the pods, always or where this annotation of the object says so, and takes their grace from `timeout`. */
  readonly knative?: { readonly timeout: string; readonly annotation?: string; readonly values?: readonly string[] };
}

/** Where nearly every kind has it. */
export const TEMPLATE = ['spec', 'template'];
const REPLICAS = ['spec', 'replicas'];
const LWS_LABEL = 'leaderworkerset.sigs.k8s.io';

const component = (name: string): PodTemplatePlace => ({
  path: ['spec', name],
  isSpec: true,
  replicas: ['spec', name, 'minReplicas'],
  most: ['spec', name, 'maxReplicas'],
});

/**
 * The kinds that have pod templates.
 *
 * @see kubernetes-sigs/lws api/leaderworkerset/v1/leaderworkerset_types.go v0.7.0
 * @see argoproj/argo-rollouts pkg/apis/rollouts/v1alpha1/types.go v1.8.3
 * @see knative/serving pkg/apis/serving/v1/revision_types.go v1.19.0
 * @see kserve/kserve pkg/apis/serving/v1beta1/component.go and v1alpha1/llm_inference_service_types.go v0.16.0
 */
export const workloadKinds: readonly WorkloadKind[] = [
  {
    name: 'Deployment',
    apiVersions: ['apps/v1'],
    templates: [{ path: TEMPLATE, replicas: REPLICAS }],
    replacedBy: 'deployment',
    scales: true,
    needsSelector: true,
  },
  {
    name: 'StatefulSet',
    apiVersions: ['apps/v1'],
    templates: [{ path: TEMPLATE, replicas: REPLICAS }],
    replacedBy: 'stateful-set',
    scales: true,
    needsSelector: true,
  },
  {
    name: 'DaemonSet',
    apiVersions: ['apps/v1'],
    templates: [{ path: TEMPLATE }],
    replacedBy: 'daemon-set',
    scales: false,
    needsSelector: true,
  },
  {
    name: 'ReplicaSet',
    apiVersions: ['apps/v1'],
    templates: [{ path: TEMPLATE, replicas: REPLICAS }],
    replacedBy: 'deletion',
    scales: true,
    needsSelector: true,
  },
  { name: 'Pod', apiVersions: ['v1'], templates: [{ path: [] }], replacedBy: 'nothing', scales: false },
  {
    name: 'Job',
    apiVersions: ['batch/v1'],
    templates: [{ path: TEMPLATE }],
    replacedBy: 'job',
    scales: false,
    nameLabel: 'batch.kubernetes.io/job-name',
  },
  {
    name: 'CronJob',
    apiVersions: ['batch/v1', 'batch/v1beta1'],
    templates: [{ path: ['spec', 'jobTemplate', 'spec', 'template'] }],
    replacedBy: 'job',
    scales: false,
  },
  {
    name: 'LeaderWorkerSet',
    apiVersions: ['leaderworkerset.x-k8s.io/v1'],
    templates: [
      { path: ['spec', 'leaderWorkerTemplate', 'leaderTemplate'], role: 'leader', replicas: REPLICAS },
      { path: ['spec', 'leaderWorkerTemplate', 'workerTemplate'], role: 'worker', replicas: REPLICAS },
    ],
    replacedBy: 'leader-worker-set',
    scales: true,
    nameLabel: `${LWS_LABEL}/name`,
  },
  {
    name: 'Rollout',
    apiVersions: ['argoproj.io/v1alpha1'],
    templates: [{ path: TEMPLATE, replicas: REPLICAS }],
    replacedBy: 'other-controller',
    scales: true,
  },
  {
    name: 'Service',
    apiVersions: ['serving.knative.dev/v1'],
    templates: [{ path: TEMPLATE }],
    replacedBy: 'other-controller',
    scales: false,
    nameLabel: 'serving.knative.dev/service',
    knative: { timeout: 'timeoutSeconds' },
  },
  {
    name: 'InferenceService',
    apiVersions: ['serving.kserve.io/v1beta1'],
    templates: [component('predictor'), component('transformer'), component('explainer')],
    replacedBy: 'other-controller',
    scales: true,
    nameLabel: 'serving.kserve.io/inferenceservice',
    knative: {
      timeout: 'timeout',
      annotation: 'serving.kserve.io/deploymentMode',
      values: ['Serverless', 'Knative'],
    },
  },
  {
    name: 'LLMInferenceService',
    apiVersions: ['serving.kserve.io/v1alpha1', 'serving.kserve.io/v1alpha2'],
    templates: [
      { path: ['spec', 'template'], isSpec: true, role: 'leader', replicas: REPLICAS },
      { path: ['spec', 'worker'], isSpec: true, role: 'worker', replicas: REPLICAS },
      { path: ['spec', 'prefill', 'template'], isSpec: true, replicas: ['spec', 'prefill', 'replicas'] },
      { path: ['spec', 'prefill', 'worker'], isSpec: true, role: 'worker', replicas: ['spec', 'prefill', 'replicas'] },
    ],
    replacedBy: 'other-controller',
    scales: true,
  },
];

const BY_KIND: ReadonlyMap<string, WorkloadKind> = new Map(
  workloadKinds.flatMap((kind) => kind.apiVersions.map((version) => [`${version} ${kind.name}`, kind] as const)),
);

/** @param kind as in `apps/v1 Deployment` */
export function workloadKind(kind: string): WorkloadKind | undefined {
  return BY_KIND.get(kind);
}

/**
 * The field of the pod template that Knative takes the grace period from; undefined: Knative does not run these pods. Its queue-proxy
 * stands in front of the server, holds SIGTERM back by a preStop hook until requests are done, and gives up after that time.
 *
 * @see knative/serving pkg/reconciler/revision/resources/deploy.go@0217cb33: TerminationGracePeriodSeconds is TimeoutSeconds
 */
export function knativeTimeoutOf({ knative }: WorkloadKind, json: JsonObject): string | undefined {
  if (!knative?.annotation) return knative?.timeout;
  const mode = textAt(json, 'metadata', 'annotations', knative.annotation);
  return mode !== undefined && knative.values?.includes(mode) ? knative.timeout : undefined;
}

/** The kind of an object as it is looked up: `apps/v1 Deployment`. */
export function kindText(json: unknown): string {
  return `${textAt(json, 'apiVersion')} ${textAt(json, 'kind')}`;
}

/** The templates that an object of this kind has. One place is always there, so that nothing is left unjudged. */
export function templatesOf(kind: WorkloadKind, json: JsonObject): readonly PodTemplatePlace[] {
  if (kind.templates.length === 1) return kind.templates;
  const there = kind.templates.filter(({ path, isSpec }) => {
    const template = objectAt(valueAlong(json, path));
    return listAt(isSpec ? template : template?.spec, 'containers').length > 0;
  });
  const [only] = there;
  // Without a template for the leader its pod is made from that of the workers.
  if (there.length === 1 && only?.role === 'worker') return [{ ...only, role: 'leader' }];
  return there;
}

/** Labels that the controller puts on the pods of one object. */
export function labelsAdded(kind: WorkloadKind, ref: ObjectRef, role: PodTemplatePlace['role']): Labels | undefined {
  if (!kind.nameLabel) return undefined;
  const labels = { [kind.nameLabel]: ref.name };
  if (kind.replacedBy === 'leader-worker-set' && role === 'leader') labels[`${LWS_LABEL}/worker-index`] = '0';
  return labels;
}

/** Pods of this template for each replica of the object: a group has one leader and `size` pods in all. */
export function podsPerReplica(kind: WorkloadKind, place: PodTemplatePlace, json: JsonObject): number {
  if (kind.replacedBy !== 'leader-worker-set') return 1;
  const size = Math.max(1, countAt(json, 'spec', 'leaderWorkerTemplate', 'size') ?? 1);
  return place.role === 'worker' ? size - 1 : 1;
}
