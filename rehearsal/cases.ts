import type { ProofCase } from './case';
import { fastapi } from './cases/fastapi/case';
import { nginx } from './cases/nginx/case';
import { noShell } from './cases/no-shell/case';
import { node } from './cases/node/case';
import { sglangStandIn } from './cases/sglang-stand-in/case';
import { sidecarProxy } from './cases/sidecar-proxy/case';
import { springBoot } from './cases/spring-boot/case';
import { vllm } from './cases/vllm/case';
import { worker } from './cases/worker/case';

export const cases: readonly ProofCase[] = [
  node,
  fastapi,
  springBoot,
  nginx,
  vllm,
  sidecarProxy,
  worker,
  noShell,
  sglangStandIn,
];
