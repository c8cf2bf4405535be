import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBackend } from './backend';
import { disagreements } from './compare';
import { has } from './install';
import { namespaceCommand } from './namespace';
import type { Result, VariantResult } from './results';
import { nameOf, type ServerUnderTest } from './server';
import { runTrial } from './trial';
import { verdictOf } from './verdict';

/** Why this machine cannot run a server; undefined where it can. */
export function missingFor({ needs }: ServerUnderTest): string | undefined {
  if (!namespaceCommand()) return 'no PID namespace can be made here';
  const missing = needs.filter((program) => !has(program));
  return missing.length === 0 ? undefined : `no ${missing.join(', ')}`;
}

/** The server as it was installed, and where; or why it could not be. */
export async function installed(server: ServerUnderTest): Promise<Installed | string> {
  const folder = join(tmpdir(), 'cdk8s-graceful-conformance', nameOf(server));
  try {
    mkdirSync(folder, { recursive: true });
    await server.install(folder);
    const version = server.installedVersion?.();
    return {
      folder,
      server: version === undefined ? server : { ...server, version, title: `${server.title} ${version}` },
    };
  } catch (error) {
    return `it cannot be installed: ${(error as Error).message}`;
  }
}

export interface Installed {
  readonly server: ServerUnderTest;
  readonly folder: string;
}

/** Sends a server through all of its variants. */
export async function conform({ server, folder }: Installed, date: string): Promise<Result> {
  const backend = server.backendPort === undefined ? undefined : await startBackend(server.backendPort);
  try {
    const variants: VariantResult[] = [];
    for (const variant of server.variants) {
      let observation = await runTrial(server, variant, folder);
      // A machine that is short of time is not a wrong fact: once more before it counts.
      if (disagreements(server, variant, observation).length > 0) observation = await runTrial(server, variant, folder);
      variants.push({
        name: variant.name,
        requestSeconds: observation.requestSeconds,
        ...verdictOf(observation),
        disagreements: disagreements(server, variant, observation),
      });
    }
    const { runtime, title, version, uvicornVersion } = server;
    return { runtime, title, version, uvicornVersion, date, variants };
  } finally {
    backend?.closeAllConnections();
    backend?.close();
  }
}
