import { remembered } from '../remembered';
import { fastApi } from './fast-api';
import { parseImageReference } from './image-reference';
import { nginx } from './nginx';
import { nodeHttp } from './node-http';
import type { RuntimeFacts, RuntimeImage } from './runtime';
import { sglang } from './sglang';
import { springBoot } from './spring-boot';
import { uvicorn } from './uvicorn';
import { parseVersion } from './version';
import { vllm } from './vllm';

export * from './image-reference';
export * from './runtime';
export * from './sigterm-behaviour';
export * from './version';

export const runtimes: readonly RuntimeFacts[] = [springBoot, uvicorn, fastApi, nginx, nodeHttp, vllm, sglang];

export function runtime(id: string): RuntimeFacts | undefined {
  return runtimes.find((facts) => facts.id === id);
}

/** A runtime that an image reference gives away. */
export interface RecognisedRuntime {
  readonly facts: RuntimeFacts;
  readonly image: RuntimeImage;

  /** As major.minor.patch, where the tag says it. */
  readonly version?: string;

  /** What it was recognised by, for a message. */
  readonly recognisedBy: string;
}

const byRepository = new Map(
  runtimes.flatMap((facts) =>
    facts.images.value.map((image) => [parseImageReference(image.repository).repository, { facts, image }] as const),
  ),
);

/** The runtime in a public image that is certain to run it; a copy in another registry is not certain. */
export const runtimeOfImage = remembered(readRuntime, (image) => image);

function readRuntime(image: string): RecognisedRuntime | undefined {
  const { repository, tag } = parseImageReference(image);
  const found = byRepository.get(repository);
  if (found === undefined) return undefined;
  const version = found.image.tagIsVersion && tag !== undefined ? parseVersion(tag) : undefined;
  return { ...found, version, recognisedBy: `image repository ${found.image.repository}` };
}
