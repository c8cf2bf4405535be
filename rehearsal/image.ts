import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended } from './stage';

/** A command that takes an image archive, as `docker save` writes it, and loads it into every node. */
const LOAD_IMAGE = 'CDK8S_GRACEFUL_LOAD_IMAGE';

/** Says what is missing where images cannot be loaded. */
export function cannotLoad(): string | undefined {
  return process.env[LOAD_IMAGE]
    ? undefined
    : `${LOAD_IMAGE} names no command that loads an image archive into the nodes, such as kind load image-archive`;
}

export interface Image {
  readonly name: string;
  /** The root of its file system. */
  readonly root: string;
  readonly command: readonly string[];
  readonly user?: string;
  readonly stopSignal?: string;
  readonly env?: readonly string[];
  readonly architecture: string;
}

/** Makes an image of one layer, and loads it into the nodes. */
export async function loadImage(image: Image): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-graceful-image-'));
  try {
    const layer = join(folder, 'layer.tar');
    const owner = ['--numeric-owner', '--owner=0', '--group=0'];
    await ended(spawn('tar', [...owner, '-C', image.root, '-cf', layer, '.']), 'tar');
    const config = JSON.stringify(configOf(image, await sha256(layer)));
    const configName = `${createHash('sha256').update(config).digest('hex')}.json`;
    writeFileSync(join(folder, configName), config);
    const manifest = [{ Config: configName, RepoTags: [image.name], Layers: ['layer.tar'] }];
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    const archive = join(folder, 'image.tar');
    await ended(spawn('tar', ['-C', folder, '-cf', archive, 'manifest.json', configName, 'layer.tar']), 'tar');
    const command = `${process.env[LOAD_IMAGE]} "$1"`;
    await ended(
      spawn('sh', ['-c', command, 'sh', archive], { stdio: ['ignore', 'ignore', 'inherit'] }),
      `${LOAD_IMAGE} (${process.env[LOAD_IMAGE]})`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A folder /tmp that everybody may write to. */
export function makeTemporary(root: string): void {
  mkdirSync(join(root, 'tmp'));
  chmodSync(join(root, 'tmp'), 0o1777);
}

function configOf({ command, user, stopSignal, env = [], architecture }: Image, layerDigest: string): unknown {
  return {
    architecture,
    os: 'linux',
    created: '2026-01-01T00:00:00Z',
    config: {
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...env],
      Cmd: command,
      WorkingDir: '/',
      ...(user === undefined ? {} : { User: user }),
      ...(stopSignal === undefined ? {} : { StopSignal: stopSignal }),
    },
    rootfs: { type: 'layers', diff_ids: [`sha256:${layerDigest}`] },
    history: [{ created_by: 'npm run rehearse' }],
  };
}

async function sha256(file: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(file)) digest.update(chunk as Buffer);
  return digest.digest('hex');
}
