import { randomBytes } from 'node:crypto';
import { objectsAt, textAt } from '../../src/manifest/json';
import type { Kubectl } from '../../src/rehearsal/kubectl';
import { allNodes, withdraw } from '../nodes';

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
  const nodes = await allNodes(kubectl);
  for (const resource of resources) for (const node of nodes) await withdraw(kubectl, node, resource);
  return names;
}
