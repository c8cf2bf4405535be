import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingFor } from '../../conformance/harness/conformance';
import { runTrial } from '../../conformance/harness/trial';
import { verdictOf } from '../../conformance/harness/verdict';
import { servers } from '../../conformance/node-http/servers';

const [server] = servers;
const missing = server && missingFor(server);
if (missing) process.stdout.write(`skipped: the harness on a real server: ${missing}\n`);

(missing ? test.skip : test)(
  'a real Node.js as PID 1: SIGTERM is lost without a handler, and drains with one',
  async () => {
    if (!server) throw new Error('no server');
    const folder = mkdtempSync(join(tmpdir(), 'harness-'));
    await server.install(folder);
    const [without, closes] = server.variants;
    const verdicts = [];
    for (const variant of [without, closes]) {
      if (variant) verdicts.push(verdictOf(await runTrial(server, { ...variant, requestSeconds: 2 }, folder)));
    }
    expect(verdicts.map(({ inFlight, killed }) => [inFlight, killed])).toEqual([
      ['ignored', true],
      ['drains', false],
    ]);
  },
  60_000,
);
