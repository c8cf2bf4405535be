import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** What is written and printed in a process with this environment, and another folder each time. */
function synthesized(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'synth-elsewhere-'));
  const script = path.join(__dirname, 'synth-elsewhere.ts');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['-r', require.resolve('ts-node/register/transpile-only'), script],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, TS_NODE_PROJECT: path.join(__dirname, '../tsconfig.json'), ...env },
      encoding: 'utf8',
    },
  );
  const files = fs.readdirSync(folder).sort();
  const contents = files.map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')] as const);
  fs.rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(stderr);
  return { ...Object.fromEntries(contents), stdout, stderr };
}

test('what is synthesized depends on no folder, time zone or language', () => {
  const here = synthesized({ TZ: 'UTC', LANG: 'C', LC_ALL: 'C' });
  const elsewhere = synthesized({ TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' });
  expect(Object.keys(here)).toEqual(['hasty.k8s.yaml', 'inference.k8s.yaml', 'shop.k8s.yaml', 'stdout', 'stderr']);
  expect(here['shop.k8s.yaml']).toContain('terminationGracePeriodSeconds: 40');
  expect(here.stdout).toContain('[grace-shorter-than-shutdown]');
  expect(elsewhere).toEqual(here);
}, 120_000);
