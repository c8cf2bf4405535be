import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import type { Terminal } from '../../src/cli/terminal';
import type { JsonObject } from '../../src/manifest/json';
import { companions, deployment } from '../rules/cases/manifests';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  readonly stdin?: string | Buffer;
  /** Whether a person reads it. */
  readonly isTTY?: boolean;
  readonly env?: Record<string, string>;
  readonly cwd?: string;
}

type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** A folder of its own with these files, which `remove` takes away. */
export function folderOf(files: Readonly<Record<string, string | Buffer>> = {}) {
  const path = mkdtempSync(join(tmpdir(), 'cdk8s-graceful-lint-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs a command within this process. */
export async function run(
  command: Command,
  args: readonly string[],
  circumstances: Circumstances = {},
): Promise<Ended> {
  const { stdin = '', isTTY = false, env = {}, cwd = tmpdir() } = circumstances;
  const [stdout, stderr] = [collecting(isTTY), collecting(isTTY)];
  const terminal = {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
    cwd,
  };
  const code = await command(args, terminal);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collecting(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY });
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  return { stream, text: () => text };
}

export const yamlOf = (...objects: readonly JsonObject[]) =>
  objects.map((object) => JSON.stringify(object)).join('\n---\n');

/** A workload with its Service and budget, in which no rule finds anything. */
export const clean = yamlOf(deployment(), ...companions());

/** As `clean`, with a grace that is 25 s short. */
export const short = yamlOf(
  deployment({
    spec: { template: { spec: { ...(deployment() as any).spec.template.spec, terminationGracePeriodSeconds: 20 } } },
  }),
  ...companions(),
);
