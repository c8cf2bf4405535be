import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import type { ProofCase } from '../../case';
import { cannotLoad, loadImage, makeTemporary } from '../../image';
import type { Stage } from '../../stage';
import { architectureOf } from '../../versions';

export const nginx: ProofCase = {
  name: 'nginx',
  number: 4,
  title: 'nginx with keep-alive in front of a Node.js service',
  deployment: 'edge',
  naive: 'no preStop',
  requests: ['/', '/?ms=50', '/', '/?ms=200', '/?ms=1500', '/events?seconds=3:stream=[DONE]'],
  missing: cannotLoad,
  prepare,
  server: (stage) => stage.tell('nginx', '-v'),
};

/** The likeness of nginxinc/nginx-unprivileged, and the service behind it, which stays as it is. */
async function prepare(stage: Stage): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'cdk8s-graceful-nginx-'));
  try {
    const program = await stage.tell('sh', '-c', 'command -v nginx');
    await stage.copyFromImage(['/etc/nginx/mime.types'], [program], root);
    makeTemporary(root);
    for (const folder of ['run', 'var/log/nginx', 'var/cache/nginx', 'var/lib/nginx']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    cpSync(join(stage.folder, 'app/nginx.conf'), join(root, 'etc/nginx/nginx.conf'));
    await loadImage({
      name: 'localhost/nginx-unprivileged:1',
      root,
      command: [program, '-g', 'daemon off;'],
      user: '101',
      stopSignal: 'SIGQUIT',
      architecture: await architectureOf(stage.kubectl),
    });
  } finally {
    rmSync(root, { recursive: true });
  }
  await stage.applyFiles('backend', join(stage.folder, '../node/app'));
  await stage.apply(...Yaml.load(join(stage.folder, 'backend.yaml')));
  await stage.kubectl.run(['rollout', 'status', 'deployment/backend', '-n', stage.namespace, '--timeout=120s']);
}
