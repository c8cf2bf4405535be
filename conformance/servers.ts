import { servers as bentoml } from './bentoml/servers';
import { servers as caddy } from './caddy/servers';
import { servers as express } from './express/servers';
import { servers as fastApi } from './fast-api/servers';
import { servers as fastify } from './fastify/servers';
import { servers as goHttp } from './go-http/servers';
import { servers as gunicorn } from './gunicorn/servers';
import { servers as haproxy } from './haproxy/servers';
import type { ServerUnderTest } from './harness/server';
import { servers as httpd } from './httpd/servers';
import { servers as hypercorn } from './hypercorn/servers';
import { servers as kserve } from './kserve/servers';
import { servers as nestJs } from './nest-js/servers';
import { servers as nginx } from './nginx/servers';
import { servers as nodeHttp } from './node-http/servers';
import { servers as springBoot } from './spring-boot/servers';
import { servers as uvicorn } from './uvicorn/servers';
import { servers as vllm } from './vllm/servers';

export const servers: readonly ServerUnderTest[] = [
  ...nodeHttp,
  ...express,
  ...fastify,
  ...nestJs,
  ...uvicorn,
  ...fastApi,
  ...gunicorn,
  ...hypercorn,
  ...springBoot,
  ...goHttp,
  ...nginx,
  ...httpd,
  ...haproxy,
  ...caddy,
  ...vllm,
  ...bentoml,
  ...kserve,
];
