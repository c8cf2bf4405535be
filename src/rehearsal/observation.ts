import { isObject, type JsonObject, numberAt, objectAt, objectsAt, textAt } from '../manifest/json';

export interface ContainerEnd {
  readonly name: string;
  /** From the pod's deletion, by the cluster's clocks, which count whole seconds. */
  readonly second: number;
  readonly exitCode: number;
}

/** What happened to one pod. Moments are milliseconds of this machine's clock, when kubectl told of them. */
export interface PodRecord {
  readonly name: string;
  readonly uid: string;
  node?: string;
  ready: boolean;
  /** From its start on a node until it was ready, by the cluster's clocks. */
  startSeconds?: number;
  readonly createdAt: number;
  deletedAt?: number;
  /** Its deletion by the API server's clock, in seconds since 1970. */
  deletedAtSecond?: number;
  readyFalseAt?: number;
  endpointTerminatingAt?: number;
  endpointNotReadyAt?: number;
  goneAt?: number;
  readonly ends: Map<string, ContainerEnd>;
  /** When the kubelet began to stop each container, by the cluster's clocks: its preStop hook starts, or SIGTERM comes. */
  readonly stoppedAtSecond: Map<string, number>;
  /** When the preStop hook of each container failed, by the cluster's clocks: SIGTERM comes at once. */
  readonly hookFailedAtSecond: Map<string, number>;
  readonly warnings: string[];
}

interface WatchEvent {
  readonly type: string;
  readonly object: JsonObject;
}

function watchEventOf(value: unknown): WatchEvent | undefined {
  const object = objectAt(value, 'object');
  return object && { type: textAt(value, 'type') ?? '', object };
}

/** Keeps what the watches tell of the pods, endpoints and events of one workload. A watch may start again from the start. */
export class Observation {
  private readonly records = new Map<string, PodRecord>();
  private readonly slices = new Map<string, readonly JsonObject[]>();
  private readonly readyCounts: { readonly at: number; readonly ready: number }[] = [];
  /** The Deployment as it was last told. */
  deployment?: JsonObject;

  constructor(private readonly startedAt: number) {}

  get pods(): readonly PodRecord[] {
    return [...this.records.values()];
  }

  /** Pods that are there, those that terminate included. */
  get present(): readonly PodRecord[] {
    return this.pods.filter(({ goneAt }) => goneAt === undefined);
  }

  get running(): readonly PodRecord[] {
    return this.present.filter(({ deletedAt, ready }) => deletedAt === undefined && ready);
  }

  get readyEndpoints(): number {
    return this.readyCounts.at(-1)?.ready ?? 0;
  }

  /** The pods whose deletion fell into this time. */
  deletedBetween(from: number, to: number): readonly PodRecord[] {
    return this.pods.filter(({ deletedAt }) => deletedAt !== undefined && deletedAt >= from && deletedAt < to);
  }

  createdBetween(from: number, to: number): readonly PodRecord[] {
    return this.pods.filter(({ createdAt }) => createdAt >= from && createdAt < to);
  }

  /** The fewest ready endpoints at any moment of this time, and that moment. */
  lowestReady(from: number, to: number): { readonly ready: number; readonly at: number } | undefined {
    const before = this.readyCounts.filter(({ at }) => at <= from).at(-1);
    const within = this.readyCounts.filter(({ at }) => at > from && at < to);
    const all = before ? [{ ...before, at: from }, ...within] : within;
    return all.reduce<(typeof all)[number] | undefined>(
      (low, next) => (low && low.ready <= next.ready ? low : next),
      undefined,
    );
  }

  readyAt(at: number): number | undefined {
    return this.readyCounts.filter((count) => count.at <= at).at(-1)?.ready;
  }

  takeDeployment(value: unknown): void {
    this.deployment = watchEventOf(value)?.object ?? this.deployment;
  }

  takePod(value: unknown, now = Date.now()): void {
    const event = watchEventOf(value);
    const uid = textAt(event?.object, 'metadata', 'uid');
    if (!event || uid === undefined) return;
    const { type, object } = event;
    const record = this.records.get(uid) ?? newRecord(object, uid, this.startedAt, now);
    this.records.set(uid, record);
    record.node ??= textAt(object, 'spec', 'nodeName');
    if (type === 'DELETED') record.goneAt ??= now;
    if (textAt(object, 'metadata', 'deletionTimestamp') !== undefined) record.deletedAt ??= now;
    readiness(record, object, now);
    if (record.deletedAt !== undefined) ends(record, object);
  }

  /** After a watch broke off: a pod that is no longer there went meanwhile. */
  retain(uids: ReadonlySet<string>, now = Date.now()): void {
    for (const record of this.present) {
      if (uids.has(record.uid)) continue;
      record.deletedAt ??= now;
      record.goneAt = now;
    }
  }

  takeEndpointSlice(value: unknown, now = Date.now()): void {
    const event = watchEventOf(value);
    if (!event) return;
    const name = textAt(event.object, 'metadata', 'name') ?? '';
    if (event.type === 'DELETED') this.slices.delete(name);
    else this.slices.set(name, objectsAt(event.object, 'endpoints'));
    const endpoints = [...this.slices.values()].flat();
    const ready = new Set<string>();
    for (const endpoint of endpoints) {
      const uid = textAt(endpoint, 'targetRef', 'uid') ?? '';
      const conditions = objectAt(endpoint, 'conditions');
      if (conditions?.ready !== false) ready.add(uid);
      const record = this.records.get(uid);
      if (record && conditions?.terminating === true) record.endpointTerminatingAt ??= now;
    }
    for (const record of this.present) {
      const leaving = record.deletedAt !== undefined || record.endpointTerminatingAt !== undefined;
      if (leaving && !ready.has(record.uid)) record.endpointNotReadyAt ??= now;
    }
    if (ready.size !== this.readyCounts.at(-1)?.ready) this.readyCounts.push({ at: now, ready: ready.size });
  }

  takeEvent(value: unknown): void {
    const event = watchEventOf(value)?.object;
    const about = textAt(event, 'involvedObject', 'uid') ?? '';
    const reason = textAt(event, 'reason') ?? '';
    const record = this.records.get(about);
    if (!record) return;
    const second = Date.parse(textAt(event, 'lastTimestamp') ?? '') / 1000;
    const container = /\{(.+)\}$/.exec(textAt(event, 'involvedObject', 'fieldPath') ?? '')?.[1];
    if (container !== undefined && Number.isFinite(second)) {
      if (reason === 'Killing') record.stoppedAtSecond.set(container, second);
      if (reason === 'FailedPreStopHook') record.hookFailedAtSecond.set(container, second);
    }
    if (!TELLING.has(reason)) return;
    const text = `${reason}: ${textAt(event, 'message') ?? ''}`.trim();
    if (!record.warnings.includes(text)) record.warnings.push(text);
  }
}

/** Events that say that a termination, or a start, did not go as it should. */
const TELLING = new Set([
  'FailedPreStopHook',
  'ExceededGracePeriod',
  'FailedScheduling',
  'FailedPostStartHook',
  'OOMKilling',
]);

function newRecord(pod: JsonObject, uid: string, startedAt: number, now: number): PodRecord {
  const created = Date.parse(textAt(pod, 'metadata', 'creationTimestamp') ?? '');
  return {
    name: textAt(pod, 'metadata', 'name') ?? '',
    uid,
    ready: false,
    createdAt: created < startedAt - 1000 ? created : now,
    ends: new Map(),
    stoppedAtSecond: new Map(),
    hookFailedAtSecond: new Map(),
    warnings: [],
  };
}

function readiness(record: PodRecord, pod: JsonObject, now: number): void {
  const condition = objectsAt(pod, 'status', 'conditions').find((each) => each.type === 'Ready');
  const ready = condition?.status === 'True';
  if (ready && record.startSeconds === undefined) {
    const [from, to] = [textAt(pod, 'status', 'startTime'), textAt(condition, 'lastTransitionTime')];
    record.startSeconds = from && to ? (Date.parse(to) - Date.parse(from)) / 1000 : undefined;
  }
  if (record.ready && !ready && record.deletedAt !== undefined) record.readyFalseAt ??= now;
  record.ready = ready;
}

function ends(record: PodRecord, pod: JsonObject): void {
  const grace = numberAt(pod, 'metadata', 'deletionGracePeriodSeconds') ?? 0;
  const endOfGrace = Date.parse(textAt(pod, 'metadata', 'deletionTimestamp') ?? '') / 1000;
  if (grace > 0) record.deletedAtSecond ??= endOfGrace - grace; // at the very end the grace is set to zero
  const deleted = record.deletedAtSecond ?? endOfGrace;
  const statuses = ['containerStatuses', 'initContainerStatuses'].flatMap((field) => objectsAt(pod, 'status', field));
  for (const status of statuses.filter(isObject)) {
    const name = textAt(status, 'name') ?? '';
    const terminated = objectAt(status, 'state', 'terminated');
    const finished = Date.parse(textAt(terminated, 'finishedAt') ?? '') / 1000;
    // An init container that ended before is no part of the termination.
    if (!terminated || !(finished >= deleted - 1)) continue;
    record.ends.set(name, { name, second: finished - deleted, exitCode: numberAt(terminated, 'exitCode') ?? -1 });
  }
}
