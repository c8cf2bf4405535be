import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBackend } from './backend';
import { disagreements } from './compare';
import { has } from './install';
import { namespaceCommand } from './namespace';
import type { Result, VariantResult } from './results';
import type { ServerUnderTest } from './server';
import { runTrial } from './trial';
import { verdictOf } from './verdict';

/** Why this machine cannot run a server; undefined where it can. */
export function missingFor({ needs }: ServerUnderTest): string | undefined {
  if (!namespaceCommand()) return 'no PID namespace can be made here';
  const missing = needs.filter((program) => !has(program));
  return missing.length === 0 ? undefined : `no ${missing.join(', ')}`;
}

/** Installs a server, and sends it through all of its variants. */
export async function conform(wanted: ServerUnderTest, date: string): Promise<Result> {
  const folder = join(tmpdir(), 'cdk8s-graceful-conformance', `${wanted.runtime}-${wanted.version}`);
  mkdirSync(folder, { recursive: true });
  await wanted.install(folder);
  const server = installed(wanted);
  const backend = server.backendPort === undefined ? undefined : await startBackend(server.backendPort);
  try {
    const variants: VariantResult[] = [];
    for (const variant of server.variants) {
      const observation = await runTrial(server, variant, folder);
      variants.push({
        name: variant.name,
        requestSeconds: observation.requestSeconds,
        ...verdictOf(observation),
        disagreements: disagreements(server, variant, observation),
      });
    }
    const { runtime, title, version } = server;
    return { runtime, title, version, date, variants };
  } finally {
    backend?.closeAllConnections();
    backend?.close();
  }
}

function installed(server: ServerUnderTest): ServerUnderTest {
  const version = server.installedVersion?.();
  return version === undefined ? server : { ...server, version, title: `${server.title} ${version}` };
}
