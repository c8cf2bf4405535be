import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { objectsAt, textAt } from '../src/manifest/json';
import { Problem } from '../src/problem';
import type { Kubectl } from '../src/rehearsal/kubectl';
import { baseImage, type ProofCase } from './case';

const MANAGED_BY = { 'app.kubernetes.io/managed-by': 'cdk8s-graceful-proof' };
const PROCESS = 'cdk8s-graceful-proof/process';
const CASE = 'cdk8s-graceful-proof/case';
const WORKBENCH = 'workbench';

/** A namespace of a case's own, with a pod to look into the image of the servers. */
export class Stage {
  static async open(
    kubectl: Kubectl,
    kubectlFlags: readonly string[],
    { name, nodeFolders }: ProofCase,
    folder: string,
  ): Promise<Stage> {
    const namespace = `proof-${name}-${randomBytes(3).toString('hex')}`;
    const annotations = { [PROCESS]: `${hostname()} ${process.pid}`, [CASE]: name };
    const metadata = { name: namespace, labels: MANAGED_BY, annotations };
    await kubectl.run(['create', '-f', '-'], {
      input: JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata }),
    });
    return new Stage(kubectl, kubectlFlags, namespace, folder, Object.values(nodeFolders?.() ?? {}));
  }

  /** Removes what runs on this machine left that were killed. */
  static async removeAbandoned(kubectl: Kubectl, cases: readonly ProofCase[]): Promise<void> {
    const selector = Object.entries(MANAGED_BY).map(([key, value]) => `${key}=${value}`);
    for (const { metadata } of objectsAt(
      await kubectl.json(['get', 'namespaces', '-l', selector.join(',')]),
      'items',
    )) {
      const [host, pid] = (textAt(metadata, 'annotations', PROCESS) ?? '').split(' ');
      if (host !== hostname() || isAlive(Number(pid))) continue;
      const name = textAt(metadata, 'annotations', CASE);
      await cases.find((each) => each.name === name)?.restore?.(kubectl);
      await kubectl.run(['delete', 'namespace', textAt(metadata, 'name') ?? '', '--wait=false']);
    }
  }

  private workbench?: Promise<void>;

  private constructor(
    readonly kubectl: Kubectl,
    private readonly kubectlFlags: readonly string[],
    readonly namespace: string,
    /** The case's own. */
    readonly folder: string,
    /** Of the nodes. */
    private readonly nodeFolders: readonly string[],
  ) {}

  async apply(...objects: readonly object[]): Promise<void> {
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
    await this.kubectl.run(['apply', '-n', this.namespace, '-f', '-'], { input: list });
  }

  /** The files that lie in a folder, as a ConfigMap. */
  async applyFiles(name: string, folder: string): Promise<void> {
    if (!existsSync(folder)) return;
    const files = readdirSync(folder).filter((file) => statSync(join(folder, file)).isFile());
    const data = Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
    await this.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
  }

  /** What a command prints in the image of the servers, both streams; the folders of the nodes are there, as in the manifests. */
  async tell(...command: readonly string[]): Promise<string> {
    await this.openWorkbench();
    const both = ['sh', '-c', 'exec "$@" 2>&1', 'sh', ...command];
    return (await this.kubectl.run(['exec', WORKBENCH, '-n', this.namespace, '--', ...both])).trim();
  }

  /** Copies programs and folders of the image of the servers into a folder, each with the libraries that it loads. */
  async copyFromImage(paths: readonly string[], programs: readonly string[], to: string): Promise<void> {
    await this.openWorkbench();
    const script =
      'n=$1; shift; programs=$(echo "$@" | cut -d" " -f1-$n); libraries=$(ldd $programs | grep -o "/[^ :]*" | sort -u); ' +
      'exec tar -chf - --ignore-failed-read "$@" $libraries';
    const command = ['sh', '-c', script, 'sh', String(programs.length), ...programs, ...paths];
    const args = [...this.kubectlFlags, 'exec', WORKBENCH, '-n', this.namespace, '--', ...command];
    const source = spawn(process.env.KUBECTL || 'kubectl', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    const sink = spawn('tar', ['-xf', '-', '-C', to], { stdio: ['pipe', 'ignore', 'inherit'] });
    source.stdout.pipe(sink.stdin);
    await Promise.all([ended(source, 'tar in the image of the servers'), ended(sink, 'tar')]);
  }

  /** Removes everything, and returns when it is gone. Nobody waits for a graceful end here. */
  async close(): Promise<void> {
    await this.kubectl.run(['delete', 'pods', '--all', '--grace-period=1', '--wait=false', '-n', this.namespace]);
    await this.kubectl.run(['delete', 'namespace', this.namespace, '--timeout=120s']);
  }

  private openWorkbench(): Promise<void> {
    this.workbench ??= (async () => {
      const names = this.nodeFolders.map((path, index) => ({ name: `folder-${index}`, path }));
      const volumeMounts = names.map(({ name, path }) => ({ name, mountPath: path, readOnly: true }));
      const volumes = names.map(({ name, path }) => ({ name, hostPath: { path, type: 'Directory' } }));
      const container = { name: 'main', image: baseImage(), command: ['sleep', 'infinity'], volumeMounts };
      const containers = [container];
      const spec = { terminationGracePeriodSeconds: 0, automountServiceAccountToken: false, containers, volumes };
      await this.apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name: WORKBENCH }, spec });
      const ready = ['wait', `pod/${WORKBENCH}`, '--for=condition=Ready', '--timeout=120s'];
      await this.kubectl.run([...ready, '-n', this.namespace]);
    })();
    return this.workbench;
  }
}

export function ended(child: ChildProcess, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Problem(`${what}: ${error.message}`)));
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Problem(`${what} ended with exit code ${code}`))));
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
