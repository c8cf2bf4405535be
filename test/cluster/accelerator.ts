import { type Json, kubectl, kubectlJson, until } from './kubectl';

/**
 * Has one node advertise an extended resource that it does not have, and returns the node's name. The scheduler counts it
 * as it counts real devices.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/extended-resource-node/
 */
export async function advertise(resource: string, count: number): Promise<string> {
  const { items } = await kubectlJson('get', 'nodes');
  const usable = items.find((node: Json) => isReady(node) && !node.spec.unschedulable && !node.spec.taints?.length);
  if (!usable) throw new Error('no node without taints is ready');
  const node = usable.metadata.name;
  await patchStatus(node, [{ op: 'add', path: pathOf('capacity', resource), value: String(count) }]);
  try {
    await until(`${node} lets ${resource} be allocated`, 60, async () => (await statusOf(node)).allocatable[resource]);
  } catch (error) {
    await withdraw(node, resource);
    throw error;
  }
  return node;
}

/** The kubelet forgets what was allocatable a moment after its capacity is gone. */
export async function withdraw(node: string, resource: string): Promise<void> {
  await until(`${node} no longer has ${resource}`, 60, async () => {
    const status = await statusOf(node);
    const left = ['capacity', 'allocatable'].filter((field) => status[field][resource] !== undefined);
    if (left.length === 0) return true;
    await patchStatus(
      node,
      left.map((field) => ({ op: 'remove', path: pathOf(field, resource) })),
    );
    return undefined;
  });
}

async function statusOf(node: string): Promise<Json> {
  return (await kubectlJson('get', 'node', node)).status;
}

function isReady(node: Json): boolean {
  return node.status.conditions.some((each: Json) => each.type === 'Ready' && each.status === 'True');
}

function pathOf(field: string, resource: string): string {
  return `/status/${field}/${resource.replace('/', '~1')}`;
}

async function patchStatus(node: string, patch: Json[]): Promise<void> {
  await kubectl(['patch', 'node', node, '--subresource=status', '--type=json', '-p', JSON.stringify(patch)]);
}
