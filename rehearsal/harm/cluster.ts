import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isObject, objectAt, objectsAt, textAt, textMapAt } from '../../src/manifest/json';
import type { Kubectl } from '../../src/rehearsal/kubectl';

/** By this label everything is found that a run made and could not remove. */
const LABEL = 'app.kubernetes.io/managed-by=cdk8s-graceful-harm';

export async function serverVersion(kubectl: Kubectl): Promise<string> {
  const version = textAt(await kubectl.json(['version']), 'serverVersion', 'gitVersion') ?? '';
  return version.replace(/^v/, '').replace(/[-+].*$/, '');
}

export async function createNamespace(kubectl: Kubectl, rule: string): Promise<string> {
  const name = `harm-${rule.slice(0, 45)}-${randomBytes(3).toString('hex')}`;
  const [key = '', value] = LABEL.split('=');
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [key]: value } } };
  await kubectl.run(['create', '-f', '-'], { input: JSON.stringify(namespace) });
  return name;
}

/** Nobody waits for a graceful end here. */
export async function removeNamespace(kubectl: Kubectl, name: string): Promise<void> {
  await kubectl.run(['delete', 'pods', '--all', '-n', name, '--grace-period=1', '--wait=false']);
  await kubectl.run(['delete', 'namespace', name, '--timeout=120s']);
}

/** Removes what runs left that were killed, or still go on. */
export async function clean(kubectl: Kubectl, resources: readonly string[]): Promise<readonly string[]> {
  const names = objectsAt(await kubectl.json(['get', 'namespaces', '-l', LABEL]), 'items').map(
    (namespace) => textAt(namespace, 'metadata', 'name') ?? '',
  );
  await Promise.all(names.map((name) => removeNamespace(kubectl, name)));
  const nodes = objectsAt(await kubectl.json(['get', 'nodes']), 'items').map(
    (node) => textAt(node, 'metadata', 'name') ?? '',
  );
  for (const resource of resources) for (const node of nodes) await withdraw(kubectl, node, resource);
  return names;
}

/** A node without taints that takes pods. */
export async function openNode(kubectl: Kubectl): Promise<string> {
  const node = objectsAt(await kubectl.json(['get', 'nodes']), 'items')
    .filter(isObject)
    .find((each) => {
      const ready = objectsAt(each, 'status', 'conditions').some((it) => it.type === 'Ready' && it.status === 'True');
      return ready && objectAt(each, 'spec')?.unschedulable !== true && objectsAt(each, 'spec', 'taints').length === 0;
    });
  if (!node) throw new Error('no node without taints is ready');
  return textAt(node, 'metadata', 'name') ?? '';
}

/**
 * Has a node advertise an extended resource that it does not have; the scheduler counts it as it counts real devices.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/extended-resource-node/
 */
export async function advertise(kubectl: Kubectl, node: string, resource: string, count: number): Promise<void> {
  await patchStatus(kubectl, node, [{ op: 'add', path: pathOf('capacity', resource), value: String(count) }]);
  for (let tries = 0; !(await statusOf(kubectl, node, 'allocatable'))[resource]; tries++) {
    if (tries > 60) throw new Error(`${node} does not let ${resource} be allocated`);
    await pause(1000);
  }
}

/** The kubelet forgets what was allocatable a moment after its capacity is gone. */
export async function withdraw(kubectl: Kubectl, node: string, resource: string): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    const fields: string[] = [];
    for (const field of ['capacity', 'allocatable']) {
      if ((await statusOf(kubectl, node, field))[resource] !== undefined) fields.push(field);
    }
    if (fields.length === 0) return;
    await patchStatus(
      kubectl,
      node,
      fields.map((field) => ({ op: 'remove', path: pathOf(field, resource) })),
    );
    await pause(500);
  }
  throw new Error(`${node} still has ${resource}`);
}

async function statusOf(kubectl: Kubectl, node: string, field: string): Promise<Readonly<Record<string, string>>> {
  return textMapAt(await kubectl.json(['get', 'node', node]), 'status', field);
}

async function patchStatus(kubectl: Kubectl, node: string, patch: readonly object[]): Promise<void> {
  await kubectl.run(['patch', 'node', node, '--subresource=status', '--type=json', '-p', JSON.stringify(patch)]);
}

function pathOf(field: string, resource: string): string {
  return `/status/${field}/${resource.replace('/', '~1')}`;
}
