import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../../src/rehearsal/problem';
import type { ProofCase } from '../../case';
import { cannotLoad, loadImage } from '../../image';
import type { Stage } from '../../stage';
import { architectureOf } from '../../versions';

const APP = join(__dirname, 'app');

export const springBoot: ProofCase = {
  name: 'spring-boot',
  number: 3,
  title: 'Spring Boot on Java 17',
  deployment: 'orders',
  naive: 'no preStop',
  requests: [
    '/orders',
    '/orders?ms=50',
    '/orders',
    '/orders?ms=200',
    '/orders?ms=1500',
    '/events?seconds=3:stream=[DONE]',
  ],
  missing: () => cannotLoad() ?? withoutMaven(),
  prepare: buildImage,
  server: async (stage) => `Spring Boot 3.5.0, ${(await stage.tell('java', '-version')).split('\n')[0]}`,
};

function withoutMaven(): string | undefined {
  try {
    execFileSync('mvn', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'there is no mvn, which builds the application';
  }
}

async function buildImage(stage: Stage): Promise<void> {
  try {
    execFileSync('mvn', ['-q', '-B', 'package'], { cwd: APP, stdio: ['ignore', 'ignore', 'inherit'] });
  } catch {
    throw new Problem('mvn -q package failed: see above');
  }
  const root = mkdtempSync(join(tmpdir(), 'cdk8s-graceful-orders-'));
  try {
    const java = await stage.tell('sh', '-c', 'dirname $(dirname $(readlink -f $(command -v java)))');
    await stage.copyFromImage(
      [java],
      [`${java}/bin/java`, `${java}/lib/server/libjvm.so`, `${java}/lib/libnio.so`],
      root,
    );
    for (const folder of ['app', 'tmp', 'etc']) mkdirSync(join(root, folder), { recursive: true, mode: 0o1777 });
    cpSync(join(APP, 'target/orders.jar'), join(root, 'app/orders.jar'));
    await loadImage({
      name: 'localhost/orders:1',
      root,
      command: [`${java}/bin/java`, '-jar', '/app/orders.jar'],
      env: [`JAVA_HOME=${java}`, 'JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx160m'],
      user: '10001',
      architecture: await architectureOf(stage.kubectl),
    });
  } finally {
    rmSync(root, { recursive: true });
  }
}
