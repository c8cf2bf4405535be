import { parseArgs } from 'node:util';
import { conform, installed, missingFor } from './harness/conformance';
import { keep, type Result } from './harness/results';
import { nameOf, type ServerUnderTest } from './harness/server';
import { servers } from './servers';

/** They mostly wait; each has a port of its own. */
const AT_ONCE = 3;

const USAGE = `Runs real servers, sends them away as a kubelet does, and compares what they do with src/runtimes.

  npm run conformance                     every server that this machine can install in a few minutes
  npm run conformance -- --long           inference engines too, one after the other: gigabytes, and half an hour
  npm run conformance -- --only uvicorn   one runtime, or one version of it as uvicorn-0.54.0; may be given several times
  npm run conformance -- --keep           keep what was seen, for docs/runtimes.md
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      keep: { type: 'boolean' },
      long: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const named = (server: ServerUnderTest, id: string) => server.runtime === id || nameOf(server) === id;
  const unknown = (values.only ?? []).filter((id) => !servers.some((server) => named(server, id)));
  if (unknown.length > 0) throw new Error(`there is no case for ${unknown.join(', ')}`);
  const wanted = servers.filter(
    (server) => values.only?.some((id) => named(server, id)) ?? (values.long || !server.long),
  );
  const waiting = [...wanted];
  let wrong = 0;
  const worker = async () => {
    for (let server = waiting.shift(); server; server = waiting.shift()) {
      const ready = missingFor(server) ?? (await installed(server));
      if (typeof ready === 'string') {
        process.stdout.write(`skipped: ${server.title}: ${ready}\n`);
        continue;
      }
      try {
        const result = await conform(ready, new Date().toISOString().slice(0, 10));
        process.stdout.write(text(result));
        wrong += result.variants.reduce((sum, { disagreements }) => sum + disagreements.length, 0);
        if (values.keep) keep(result);
      } catch (error) {
        // One that does not start says nothing of the others.
        process.stdout.write(`${server.title}: ${(error as Error).message}\n`);
        process.exitCode = 2;
      }
    }
  };
  await Promise.all(Array.from({ length: wanted.some(({ long }) => long) ? 1 : AT_ONCE }, worker));
  if (wrong > 0) {
    process.stdout.write(`${wrong} of what the facts state was not seen\n`);
    process.exitCode ??= 1;
  }
}

function text({ title, variants }: Result): string {
  const lines = variants.map((variant) => {
    const { name, inFlight, streams, newRequests, readiness, exitSeconds, disagreements } = variant;
    const end = exitSeconds === undefined ? 'SIGKILL' : `exit ${exitSeconds} s after the last`;
    const wrong = disagreements.map(
      ({ fact, stated, seen }) => `\n    NOT AS STATED ${fact}: stated ${stated}, seen ${seen}`,
    );
    return `  ${name}: in flight ${inFlight}, streams ${streams}, new requests ${newRequests}, readiness ${readiness}, ${end}${wrong.join('')}\n`;
  });
  return `${title}\n${lines.join('')}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`conformance: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
});
