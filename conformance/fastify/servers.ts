import { nodeServer } from '../harness/node-server';

export const servers = [
  nodeServer({
    runtime: 'fastify',
    title: 'Fastify 5.12.8',
    version: '5.12.8',
    port: 18102,
    packages: ['fastify@5.12.8'],
  }),
];
