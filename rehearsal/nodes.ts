import { setTimeout as pause } from 'node:timers/promises';
import { type JsonObject, objectAt, objectsAt, textAt, textMapAt } from '../src/manifest/json';
import type { Kubectl } from '../src/rehearsal/kubectl';

export async function allNodes(kubectl: Kubectl): Promise<readonly string[]> {
  return (await nodesOf(kubectl)).map(nameOf);
}

/** Nodes without taints that take pods. */
export async function openNodes(kubectl: Kubectl): Promise<readonly [string, ...string[]]> {
  const open = (await nodesOf(kubectl)).filter((node) => {
    const ready = objectsAt(node, 'status', 'conditions').some((it) => it.type === 'Ready' && it.status === 'True');
    return ready && objectAt(node, 'spec')?.unschedulable !== true && objectsAt(node, 'spec', 'taints').length === 0;
  });
  const [first, ...others] = open.map(nameOf);
  if (first === undefined) throw new Error('no node without taints is ready');
  return [first, ...others];
}

async function nodesOf(kubectl: Kubectl): Promise<readonly JsonObject[]> {
  return objectsAt(await kubectl.json(['get', 'nodes']), 'items');
}

function nameOf(node: JsonObject): string {
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
