import { aspNetCore } from './aspnet-core';
import { bentoMl } from './bentoml';
import { caddy } from './caddy';
import { celery } from './celery';
import { dynamo } from './dynamo';
import { envoy } from './envoy';
import { express } from './express';
import { fastApi } from './fast-api';
import { fastify } from './fastify';
import { goHttp } from './go-http';
import { gunicorn } from './gunicorn';
import { haProxy } from './haproxy';
import { httpd } from './httpd';
import { hypercorn } from './hypercorn';
import { type ImageReference, parseImageReference } from './image-reference';
import { infinity } from './infinity';
import { jetty } from './jetty';
import { kserve } from './kserve';
import { llamaCpp } from './llama-cpp';
import { lmDeploy } from './lmdeploy';
import { micronaut } from './micronaut';
import { nestJs } from './nest-js';
import { nginx } from './nginx';
import { nim } from './nim';
import { nodeHttp } from './node-http';
import { ollama } from './ollama';
import { phpFpm } from './php-fpm';
import { puma } from './puma';
import { quarkus } from './quarkus';
import { rayServe } from './ray-serve';
import type { RuntimeFacts, RuntimeImage } from './runtime';
import { sglang } from './sglang';
import { sidekiq } from './sidekiq';
import { springBoot } from './spring-boot';
import { tei } from './tei';
import { temporal } from './temporal';
import { tensorRtLlm } from './tensorrt-llm';
import { tgi } from './tgi';
import { tomcat } from './tomcat';
import { torchServe } from './torchserve';
import { traefik } from './traefik';
import { triton } from './triton';
import { uvicorn } from './uvicorn';
import { parseVersion } from './version';
import { vllm } from './vllm';

export * from './image-reference';
export * from './runtime';
export * from './sigterm-behaviour';
export * from './version';

export const runtimes: readonly RuntimeFacts[] = [
  springBoot,
  uvicorn,
  fastApi,
  gunicorn,
  hypercorn,
  nodeHttp,
  express,
  fastify,
  nestJs,
  goHttp,
  aspNetCore,
  quarkus,
  micronaut,
  tomcat,
  jetty,
  puma,
  phpFpm,
  nginx,
  httpd,
  haProxy,
  envoy,
  caddy,
  traefik,
  vllm,
  sglang,
  tgi,
  tei,
  triton,
  nim,
  tensorRtLlm,
  llamaCpp,
  ollama,
  lmDeploy,
  rayServe,
  torchServe,
  kserve,
  infinity,
  bentoMl,
  dynamo,
  celery,
  sidekiq,
  temporal,
];

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

interface Candidate {
  readonly facts: RuntimeFacts;
  readonly image: RuntimeImage;
}

const byRepository = new Map<string, Candidate[]>();
/** The same without the registry; one word alone, such as nginx, may be anybody's image. */
const byPath = new Map<string, Candidate[]>();
for (const facts of runtimes) {
  for (const image of facts.images.value) {
    const { repository } = parseImageReference(image.repository);
    const path = repository.slice(repository.indexOf('/') + 1);
    byRepository.set(repository, [...(byRepository.get(repository) ?? []), { facts, image }]);
    if (path.includes('/')) byPath.set(path, [...(byPath.get(path) ?? []), { facts, image }]);
  }
}

/** The runtime in a public image that is certain to run it; a copy in another registry is not certain. */
export function runtimeOfImage(image: string): RecognisedRuntime | undefined {
  return runtimeOfReference(parseImageReference(image));
}

/** The runtime in an image of another registry whose path ends in the organisation and name of a public one. */
export function runtimeOfMirror({ repository, tag }: ImageReference): RecognisedRuntime | undefined {
  for (let at = repository.indexOf('/'); at >= 0; at = repository.indexOf('/', at + 1)) {
    const path = repository.slice(at + 1);
    const found = byPath.get(path);
    if (found)
      return chosen(found, tag, (original) => `image path ${path}, taken for a mirror of ${original.repository}`);
  }
  return undefined;
}

/** The same for an image that is taken apart already. */
export function runtimeOfReference({ repository, tag }: ImageReference): RecognisedRuntime | undefined {
  const found = byRepository.get(repository);
  return found && chosen(found, tag, ({ repository: original }) => `image repository ${original}`);
}

function chosen(
  candidates: readonly Candidate[],
  tag: string | undefined,
  recognisedBy: (image: RuntimeImage) => string,
): RecognisedRuntime | undefined {
  const words = tag?.split(/[-_.]/) ?? [];
  const found =
    candidates.find(({ image: { tagWord } }) => tagWord !== undefined && words.includes(tagWord)) ??
    candidates.find(({ image: { tagWord } }) => tagWord === undefined);
  if (found === undefined) return undefined;
  const version = found.image.tagIsVersion && tag !== undefined ? parseVersion(tag) : undefined;
  return { ...found, version, recognisedBy: recognisedBy(found.image) };
}
