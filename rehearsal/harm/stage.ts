import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type JsonObject, numberAt, objectsAt, textAt } from '../../src/manifest/json';
import type { Followed, Kubectl } from '../../src/rehearsal/kubectl';
import { newRun } from '../../src/rehearsal/labels';
import type { LoadRequest } from '../../src/rehearsal/load/load';
import { LoadLog } from '../../src/rehearsal/load-log';
import { loadName, loadObjects } from '../../src/rehearsal/load-pod';
import { Observation, type PodRecord } from '../../src/rehearsal/observation';
import { byKind } from '../../src/rehearsal/result';
import { Watches } from '../../src/rehearsal/watches';
import { NAME } from './manifests';

const LOAD_SCRIPT = join(__dirname, '../../src/rehearsal/load/load.ts');
const LOAD_IMAGE = process.env.CDK8S_GRACEFUL_TEST_IMAGE ?? 'localhost/servers:1';
const READY_SECONDS = 90;

export interface Eviction {
  readonly granted: boolean;
  /** 201, or the status with which it was refused. */
  readonly status: number;
  readonly answer: string;
}

/** A namespace with one manifest in it, and what a demonstration does there. Everything ends early with the signal. */
export class Stage {
  readonly observation = new Observation(Date.now());
  readonly load = new LoadLog();
  private readonly watches: Watches;
  private readonly followed: Followed[] = [];

  constructor(
    readonly kubectl: Kubectl,
    readonly namespace: string,
    private readonly objects: readonly JsonObject[],
    private readonly signal: AbortSignal,
  ) {
    this.watches = new Watches(kubectl);
    this.watches.observe(this.observation, { namespace, selector: `app=${NAME}`, service: NAME, deployment: NAME });
  }

  close(): void {
    this.watches.stop();
    for (const followed of this.followed) followed.stop();
  }

  run(...args: string[]): Promise<string> {
    return this.kubectl.run(['-n', this.namespace, ...args]);
  }

  async apply(): Promise<void> {
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: this.objects });
    await this.kubectl.run(['apply', '-n', this.namespace, '-f', '-'], { input });
  }

  /** Applies the manifest and waits until as many of its pods are ready, and in the Service. */
  async up(replicas: number): Promise<void> {
    await this.apply();
    await this.ready(replicas);
  }

  async ready(replicas: number): Promise<void> {
    const { observation } = this;
    await this.until(`${replicas} pods are ready`, READY_SECONDS, () => {
      return observation.running.length === replicas && observation.readyEndpoints === replicas;
    });
    await this.budgetsKnow();
  }

  /** The disruption controller counts the ready pods a moment later; of several budgets for a pod it looks at one. */
  private async budgetsKnow(): Promise<void> {
    await this.until('the ready pods are counted', 20, async () => {
      const budgets = objectsAt(await this.json('get', 'poddisruptionbudgets'), 'items');
      const selecting = budgets.filter((budget) => numberAt(budget, 'status', 'expectedPods') !== 0);
      const ready = this.observation.running.length;
      return (
        selecting.length === 0 || selecting.some((budget) => numberAt(budget, 'status', 'currentHealthy') === ready)
      );
    });
  }

  async json(...args: string[]): Promise<unknown> {
    return this.kubectl.json(['-n', this.namespace, ...args]);
  }

  onePod(): PodRecord {
    const [pod] = this.observation.running;
    if (!pod) throw new Error('no pod is ready');
    return pod;
  }

  /** Deletes a pod, and returns when it is gone. */
  async remove(pod: PodRecord): Promise<PodRecord> {
    await this.run('delete', 'pod', pod.name, '--wait=false');
    await this.until(`${pod.name} is gone`, READY_SECONDS, () => pod.goneAt !== undefined);
    return pod;
  }

  /** `rollout restart`; returns when all pods are new and ready, and the old ones are gone. */
  async rollout(replicas: number, seconds = READY_SECONDS): Promise<void> {
    const old = new Set(this.observation.running.map(({ uid }) => uid));
    await this.run('rollout', 'restart', `deployment/${NAME}`);
    await this.until('the rollout is done', seconds, () => {
      const { present, running } = this.observation;
      return running.length === replicas && present.every(({ uid }) => !old.has(uid));
    });
  }

  async evict({ name }: PodRecord): Promise<Eviction> {
    const { namespace } = this;
    const input = JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } });
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
    try {
      await this.kubectl.run(['create', '--raw', path, '-f', '-'], { input });
      return { granted: true, status: 201, answer: 'granted' };
    } catch (error) {
      return refusalOf((error as Error).message);
    }
  }

  /** Asks for an eviction every second, for so long at most, and returns all answers. */
  async evictFor(pod: PodRecord, seconds: number): Promise<readonly Eviction[]> {
    const answers: Eviction[] = [];
    for (let second = 0; second < seconds && !answers.at(-1)?.granted; second++) {
      answers.push(await this.evict(pod));
      await this.pause(1);
    }
    return answers;
  }

  /** One request from within a pod to itself, whose answer nobody waits for. */
  async ask({ name }: PodRecord, path: string): Promise<void> {
    const program = `fetch('http://localhost:8080${path}').catch(() => {}); setTimeout(process.exit, 500)`;
    await this.run('exec', name, '--', 'node', '-e', program);
  }

  /** Puts load on the Service, and returns when it has begun. It goes on until the namespace is removed. */
  async putLoad(requestsPerSecond: number, path: string): Promise<void> {
    // Here, where it is needed, because it takes a second to load.
    const { ModuleKind, ScriptTarget, transpileModule } = await import('typescript');
    const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
    const script = transpileModule(readFileSync(LOAD_SCRIPT, 'utf8'), { compilerOptions }).outputText;
    const requests: LoadRequest[] = [{ method: 'GET', path, stream: false }];
    const host = `${NAME}.${this.namespace}.svc`;
    const options = { host, port: 80, requests, requestsPerSecond, keepAliveClients: 8, timeoutSeconds: 30 };
    const { namespace } = this;
    const run = newRun();
    const items = loadObjects({ run, namespace, image: LOAD_IMAGE, script, options, deadlineSeconds: 600 });
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    await this.kubectl.run(['create', '-n', namespace, '-f', '-'], { input });
    this.watches.readLoad(this.load, loadName(run), namespace);
    await this.until('the load has begun', READY_SECONDS, () => this.load.started);
    // So that what takes a while is in flight.
    await this.pause(3);
  }

  /** Waits until it is known what became of every request sent until now. */
  async settled(): Promise<void> {
    const now = Date.now();
    await this.until('all requests have ended', 45, () => this.load.settledUntil(now));
  }

  /** How many requests were lost, and how, as in `12 of 300 requests were lost (8 refused, 4 reset)`. */
  lost(): { readonly count: number; readonly text: string } {
    const failures = this.load.failures();
    const { sent } = this.load.sent();
    const kinds = Object.entries(byKind(failures)).map(([kind, count]) => `${count} ${kind.replace('-', ' ')}`);
    const text = `${failures.length || 'none'} of ${sent} requests were lost`;
    return { count: failures.length, text: kinds.length > 0 ? `${text} (${kinds.join(', ')})` : text };
  }

  /** The moment at which the server of a pod says that it got SIGTERM. */
  sigtermOf({ name }: PodRecord): { at?: number } {
    const seen: { at?: number } = {};
    const heard = () => {
      seen.at ??= Date.now();
    };
    this.followed.push(this.kubectl.follow(['logs', '-f', name, '-n', this.namespace], heard, () => {}));
    return seen;
  }

  /** Of the pod as it is now. */
  async restartsOf({ name }: PodRecord): Promise<number> {
    const [container] = objectsAt(await this.json('get', 'pod', name), 'status', 'containerStatuses');
    return numberAt(container, 'restartCount') ?? 0;
  }

  async condition(type: string): Promise<string | undefined> {
    const conditions = objectsAt(await this.json('get', 'deployment', NAME), 'status', 'conditions');
    return textAt(
      conditions.find((each) => each.type === type),
      'reason',
    );
  }

  /** For how many seconds no endpoint was ready; 0 where there was one at every moment of this time. */
  async secondsWithoutEndpoint(within: number): Promise<number> {
    const { observation } = this;
    if (!(await this.within(within, () => observation.readyEndpoints === 0))) return 0;
    const since = Date.now();
    await this.until('an endpoint is ready again', READY_SECONDS, () => observation.readyEndpoints > 0);
    return Math.round((Date.now() - since) / 100) / 10;
  }

  async until(what: string, seconds: number, ask: () => boolean | Promise<boolean>): Promise<void> {
    if (!(await this.within(seconds, ask))) throw new Error(`not within ${seconds} s: ${what}`);
  }

  /** Whether the answer was yes before the time was over. */
  async within(seconds: number, ask: () => boolean | Promise<boolean>): Promise<boolean> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await ask())) {
      if (Date.now() > deadline) return false;
      await this.pause(0.2);
    }
    return true;
  }

  async pause(seconds: number): Promise<void> {
    await pause(seconds * 1000, undefined, { signal: this.signal });
  }
}

/** `kubectl create --raw` gives the reason, not the number. */
export function refusalOf(message: string): Eviction {
  const answer = message.replace(/^.*?: (?=Error from server)/s, '');
  const status = /TooManyRequests/.test(answer) ? 429 : /InternalError|more than one/.test(answer) ? 500 : 0;
  if (status === 0) throw new Error(message);
  return { granted: false, status, answer };
}
