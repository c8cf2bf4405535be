import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** The context of the cluster to test on. Without it nothing is touched: the current context may be anybody's. */
const CONTEXT = process.env.CDK8S_GRACEFUL_TEST_CONTEXT;
const KUBECTL = process.env.KUBECTL ?? 'kubectl';

/** An image with sh, node, python3 with FastAPI and uvicorn, curl, a Java 17 runtime and nginx, that every node can get. */
export const IMAGE = process.env.CDK8S_GRACEFUL_TEST_IMAGE ?? 'localhost/servers:1';

/** Finds the namespaces of a run that was killed before it could remove them. */
const LABELS = { 'app.kubernetes.io/managed-by': 'cdk8s-graceful-test' };

export type Json = any;

/** A `describe` whose tests run where a cluster is named, and are skipped with a word where none is. */
export function describeOnCluster(name: string, body: () => void): void {
  if (!CONTEXT) process.stderr.write(`skipped: ${name}: CDK8S_GRACEFUL_TEST_CONTEXT names no cluster\n`);
  (CONTEXT ? describe : describe.skip)(name, body);
}

/** Runs kubectl and returns what it prints; its complaint is the error. */
export function kubectl(args: readonly string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 64 << 20, timeout: 120_000 };
    const child = execFile(KUBECTL, ['--context', CONTEXT ?? '', ...args], options, (error, stdout, stderr) =>
      error ? reject(new Error(`kubectl ${args.join(' ')}: ${stderr.trim() || error.message}`)) : resolve(stdout),
    );
    child.stdin?.end(input);
  });
}

export async function kubectlJson(...args: string[]): Promise<Json> {
  return JSON.parse(await kubectl([...args, '-o', 'json']));
}

/** Asks until there is an answer. Never a fixed pause: machines differ. */
export async function until<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T | undefined | false>,
  onTimeout: () => Promise<unknown> = async () => '',
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}\n${await onTimeout()}`);
    await sleep(500);
  }
}

/** A namespace of the test's own. Everything in it goes with it. */
export class Namespace {
  static async create(labels: Record<string, string> = {}): Promise<Namespace> {
    const namespace = new Namespace(`cdk8s-graceful-${randomBytes(4).toString('hex')}`);
    const metadata = { name: namespace.name, labels: { ...LABELS, ...labels } };
    await kubectl(['create', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata }));
    return namespace;
  }

  private readonly watches: ChildProcess[] = [];

  private constructor(readonly name: string) {}

  /** Manifests as `Testing.synth` returns them. What the cluster only warns of fails the test as well. */
  async apply(manifests: readonly Json[]): Promise<void> {
    const list = { apiVersion: 'v1', kind: 'List', items: manifests };
    await kubectl(['-n', this.name, '--warnings-as-errors', 'apply', '-f', '-'], JSON.stringify(list));
  }

  kubectl(...args: string[]): Promise<string> {
    return kubectl(['-n', this.name, ...args]);
  }

  /** The pods of a Deployment, those that are leaving included. */
  async pods(deployment: string): Promise<Json[]> {
    const { spec } = await kubectlJson('-n', this.name, 'get', 'deployment', deployment);
    const selector = Object.entries(spec.selector.matchLabels).map(([key, value]) => `${key}=${value}`);
    return (await kubectlJson('-n', this.name, 'get', 'pods', '-l', selector.join(','))).items;
  }

  /** One pod of the Deployment, as soon as it is ready. */
  readyPod(deployment: string, seconds = 90): Promise<Json> {
    return until(
      `a pod of ${deployment} is ready`,
      seconds,
      async () => (await this.pods(deployment)).find((pod) => isReady(pod) && !pod.metadata.deletionTimestamp),
      () => this.story(),
    );
  }

  /** Calls back for every line of a kubectl command that goes on by itself, until the namespace is removed. */
  follow(args: readonly string[], line: (text: string) => void): void {
    const child = spawn(KUBECTL, ['--context', CONTEXT ?? '', '-n', this.name, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.watches.push(child);
    let rest = '';
    child.stdout.on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) line(text);
    });
  }

  /** Removes the namespace, and returns when it is gone. Nobody waits for a graceful end here. */
  async remove(): Promise<void> {
    for (const child of this.watches) child.kill();
    await this.kubectl('delete', 'pods', '--all', '--grace-period=1', '--wait=false');
    await kubectl(['delete', 'namespace', this.name, '--timeout=100s']);
  }

  /** What a reader of a failed test needs. */
  private async story(): Promise<string> {
    const columns = 'custom-columns=WHO:.involvedObject.name,WHY:.reason,WHAT:.message';
    return `${await this.kubectl('get', 'pods')}${await this.kubectl('get', 'events', '-o', columns)}`;
  }
}

export function isReady(pod: Json): boolean {
  return pod.status.conditions?.some((each: Json) => each.type === 'Ready' && each.status === 'True') ?? false;
}
