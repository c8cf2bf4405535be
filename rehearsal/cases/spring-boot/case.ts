import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../../src/problem';
import type { ProofCase } from '../../case';
import { cannotLoad, loadImage, makeTemporary } from '../../image';
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
    execFileSync('mvn', ['-q', '-B', '-Dstyle.color=never', 'package'], {
      cwd: APP,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch {
    throw new Problem('mvn -q package failed: see above');
  }
  const root = mkdtempSync(join(tmpdir(), 'cdk8s-graceful-orders-'));
  try {
    const java = await stage.tell('sh', '-c', 'dirname $(dirname $(readlink -f $(command -v java)))');
    const folders = ['bin', 'lib', 'conf'].map((folder) => `${java}/${folder}`);
    const programs = ['bin/java', 'lib/server/libjvm.so', 'lib/libnio.so'].map((file) => `${java}/${file}`);
    await stage.copyFromImage(folders, programs, root);
    mkdirSync(join(root, 'app'));
    makeTemporary(root);
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
