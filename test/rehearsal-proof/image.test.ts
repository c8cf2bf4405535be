import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cannotLoad, loadImage } from '../../rehearsal/image';

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-graceful-test-image-'));
const before = process.env.CDK8S_GRACEFUL_LOAD_IMAGE;
afterAll(() => {
  rmSync(folder, { recursive: true });
  if (before === undefined) delete process.env.CDK8S_GRACEFUL_LOAD_IMAGE;
  else process.env.CDK8S_GRACEFUL_LOAD_IMAGE = before;
});

test('where no command loads images, it says so', () => {
  delete process.env.CDK8S_GRACEFUL_LOAD_IMAGE;
  expect(cannotLoad()).toContain('CDK8S_GRACEFUL_LOAD_IMAGE');
  process.env.CDK8S_GRACEFUL_LOAD_IMAGE = 'kind load image-archive';
  expect(cannotLoad()).toBeUndefined();
});

test('an image is one layer of a folder, with its command, user and stop signal', async () => {
  const [root, unpacked] = [join(folder, 'root'), join(folder, 'unpacked')];
  for (const each of [root, unpacked]) mkdirSync(each);
  writeFileSync(join(root, 'server'), 'program');
  process.env.CDK8S_GRACEFUL_LOAD_IMAGE = `tar -C ${unpacked} -xf`;

  const about = { user: '101', stopSignal: 'SIGQUIT', architecture: 'arm64' };
  await loadImage({ name: 'localhost/server:1', root, command: ['/server'], ...about });

  const read = (file: string) => readFileSync(join(unpacked, file));
  const [manifest] = JSON.parse(read('manifest.json').toString());
  expect(manifest.RepoTags).toEqual(['localhost/server:1']);
  const config = JSON.parse(read(manifest.Config).toString());
  expect(config).toMatchObject({
    architecture: 'arm64',
    os: 'linux',
    config: { Cmd: ['/server'], User: '101', StopSignal: 'SIGQUIT' },
  });
  const digest = (file: string) => createHash('sha256').update(read(file)).digest('hex');
  expect(manifest.Config).toBe(`${digest(manifest.Config)}.json`);
  expect(config.rootfs.diff_ids).toEqual([`sha256:${digest(manifest.Layers[0])}`]);
  expect(execFileSync('tar', ['-tf', join(unpacked, manifest.Layers[0])], { encoding: 'utf8' })).toContain('./server');
});

test('a command that fails is named', async () => {
  process.env.CDK8S_GRACEFUL_LOAD_IMAGE = 'false';
  const image = { name: 'localhost/server:1', root: folder, command: ['/server'], architecture: 'amd64' };
  await expect(loadImage(image)).rejects.toThrow('CDK8S_GRACEFUL_LOAD_IMAGE (false) ended with exit code 1');
});
