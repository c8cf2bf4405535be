import { hostname } from 'node:os';
import { type JsonObject, objectsAt, textAt } from '../manifest/json';
import { Problem } from '../problem';
import type { Kubectl } from './kubectl';
import { labelsOf, MANAGED_BY, MANAGED_BY_LABEL, PART_LABEL, RUN_LABEL } from './labels';

/**
 * What has to be undone, kept in the cluster and written there before it is done: whoever finds it can leave the cluster
 * as the rehearsal found it, even when its process was killed.
 */
export interface Entries {
  readonly run: string;
  readonly host: string;
  readonly pid: number;
  readonly deployment: string;
  /** Milliseconds since 1970; nothing of the rehearsal goes on after this. */
  readonly endsBy: number;
  /** Kinds of the objects that were made from files, as `kubectl delete` takes them. */
  readonly kinds?: readonly string[];
  readonly cordoned?: string;
  readonly scaled?: { readonly from: number; readonly to: number };
}

export function journalName(run: string): string {
  return `rehearsal-journal-${run}`;
}

export class Journal {
  private written = false;

  constructor(
    private readonly kubectl: Kubectl,
    readonly namespace: string,
    private entries: Entries,
  ) {}

  async open(): Promise<void> {
    this.written = true;
    const { run } = this.entries;
    const metadata = { name: journalName(run), labels: labelsOf(run, 'journal') };
    const data = { entries: JSON.stringify(this.entries) };
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
    await this.kubectl.run(['create', '-n', this.namespace, '-f', '-'], { input: JSON.stringify(configMap) });
  }

  /** Returns when it is written: only then may the thing be done. */
  async note(entries: Pick<Entries, 'cordoned' | 'scaled' | 'kinds'>): Promise<void> {
    this.entries = { ...this.entries, ...entries };
    const patch = JSON.stringify({ data: { entries: JSON.stringify(this.entries) } });
    const name = journalName(this.entries.run);
    await this.kubectl.run(['patch', 'configmap', name, '-n', this.namespace, '--type', 'merge', '-p', patch]);
  }

  async undo(): Promise<void> {
    if (this.written) await undo(this.kubectl, this.namespace, this.entries);
  }
}

export interface Leftover {
  readonly namespace: string;
  readonly entries: Entries;
}

/** The rehearsals that a namespace, or the whole cluster, has something of. */
export async function leftoversIn(kubectl: Kubectl, namespace?: string): Promise<readonly Leftover[]> {
  const where = namespace === undefined ? ['--all-namespaces'] : ['-n', namespace];
  const selector = `${MANAGED_BY_LABEL}=${MANAGED_BY},${PART_LABEL}=journal`;
  const list = await kubectl.json(['get', 'configmaps', ...where, '-l', selector]);
  return objectsAt(list, 'items').map(leftoverOf);
}

function leftoverOf(configMap: JsonObject): Leftover {
  const text = textAt(configMap, 'data', 'entries') ?? '';
  const namespace = textAt(configMap, 'metadata', 'namespace') ?? '';
  try {
    return { namespace, entries: JSON.parse(text) };
  } catch {
    const run = textAt(configMap, 'metadata', 'labels', RUN_LABEL) ?? '';
    throw new Problem(`the journal of rehearsal ${run} in namespace ${namespace} cannot be read: ${text}`);
  }
}

/** `under-way`: its process lives; `abandoned`: it does not; `elsewhere`: it runs, or ran, on another machine. */
export function stateOf(entries: Entries, now = Date.now()): 'under-way' | 'abandoned' | 'elsewhere' {
  if (now > entries.endsBy) return 'abandoned';
  if (entries.host !== hostname()) return 'elsewhere';
  try {
    process.kill(entries.pid, 0);
    return 'under-way';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'under-way' : 'abandoned';
  }
}

/**
 * Undoes everything, whatever of it fails, and forgets the journal only when nothing did.
 *
 * Pods of Deployments that the rehearsal made itself go at once: nobody uses them.
 */
export async function undo(kubectl: Kubectl, namespace: string, entries: Entries): Promise<void> {
  const failures: string[] = [];
  const attempt = async (args: readonly string[], harmless?: RegExp) => {
    try {
      await kubectl.run(args);
    } catch (error) {
      const { message } = error as Error;
      if (!harmless?.test(message)) failures.push(message);
    }
  };
  const { run, cordoned, scaled, deployment, kinds } = entries;
  const remove = (what: string, selector: string) => [
    ...['delete', what, '-n', namespace, '-l', selector, '--ignore-not-found', '--grace-period=1', '--timeout=120s'],
  ];
  if (cordoned) await attempt(['uncordon', cordoned], /NotFound/);
  if (scaled && !kinds) {
    const counts = [`--current-replicas=${scaled.to}`, `--replicas=${scaled.from}`];
    // Somebody else has scaled it meanwhile, or it was not scaled yet: as it is, it is right.
    await attempt(['scale', `deployment/${deployment}`, '-n', namespace, ...counts], /Expected replicas|NotFound/);
  }
  const own = `${RUN_LABEL}=${run},${PART_LABEL}!=journal`;
  if (kinds?.length) {
    await attempt(remove(kinds.join(','), own));
    // Else they make new pods until the garbage collector comes.
    await attempt(remove('replicasets.apps', own));
  }
  await attempt(remove('pods,configmaps', own));
  if (failures.length > 0) {
    throw new Problem(
      `the rehearsal could not tidy up (try: cdk8s-graceful rehearse --clean)\n  ${failures.join('\n  ')}`,
    );
  }
  await kubectl.run(remove('configmaps', `${RUN_LABEL}=${run},${PART_LABEL}=journal`));
}
