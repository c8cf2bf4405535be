import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../../src/problem';
import type { ProofCase } from '../../case';
import { cannotLoad, loadImage } from '../../image';
import type { Stage } from '../../stage';
import { architectureOf } from '../../versions';

export const noShell: ProofCase = {
  name: 'no-shell',
  number: 8,
  title: 'An image without a shell: a static Go program',
  deployment: 'quotes',
  short: true,
  naive: 'preStop runs `sleep 10`, which the image does not have',
  requests: ['/', '/?ms=50', '/', '/?ms=200', '/?ms=1500', '/events?seconds=3:stream=[DONE]'],
  missing: () => cannotLoad() ?? (goVersion() === undefined ? 'there is no go, which builds the program' : undefined),
  prepare: buildImage,
  server: async () => `${goVersion()}, net/http`,
};

function goVersion(): string | undefined {
  try {
    return execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

async function buildImage(stage: Stage): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'cdk8s-graceful-quotes-'));
  try {
    const architecture = await architectureOf(stage.kubectl);
    const env = { ...process.env, CGO_ENABLED: '0', GOOS: 'linux', GOARCH: architecture };
    const args = ['build', '-trimpath', '-ldflags', '-s -w', '-o', join(root, 'quotes'), 'main.go'];
    try {
      execFileSync('go', args, { cwd: join(stage.folder, 'app'), env, stdio: 'inherit' });
    } catch {
      throw new Problem('go build failed: see above');
    }
    await loadImage({ name: 'localhost/quotes:1', root, command: ['/quotes'], user: '65532', architecture });
  } finally {
    rmSync(root, { recursive: true });
  }
}
