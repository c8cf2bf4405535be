import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectsAt, textAt } from '../src/manifest/json';
import type { Kubectl } from '../src/rehearsal/kubectl';
import type { Versions } from './result';

export async function versionsOf(kubectl: Kubectl): Promise<Versions> {
  const version = JSON.parse(await kubectl.run(['version', '-o', 'json']));
  const nodes = objectsAt(await kubectl.json(['get', 'nodes']), 'items');
  const about = (field: string) => [...new Set(nodes.map((node) => textAt(node, 'status', 'nodeInfo', field) ?? '?'))];
  const runtimes = about('containerRuntimeVersion').map((each) => each.replace('://', ' '));
  return {
    cdk8sGraceful: ownVersion(),
    kubernetes: textAt(version, 'serverVersion', 'gitVersion') ?? '?',
    nodes: `${nodes.length} of ${about('osImage').join(', ')}, ${runtimes.join(', ')}, ${about('architecture').join(', ')}`,
  };
}

/** As OCI images call it. */
export async function architectureOf(kubectl: Kubectl): Promise<string> {
  const [node] = objectsAt(await kubectl.json(['get', 'nodes']), 'items');
  return textAt(node, 'status', 'nodeInfo', 'architecture') ?? 'amd64';
}

function ownVersion(): string {
  const root = join(__dirname, '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  try {
    const args = ['describe', '--always', '--abbrev=10', '--exclude=*'];
    return `${version} (${execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()})`;
  } catch {
    return version; // not in a clone
  }
}
