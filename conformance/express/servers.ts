import { nodeServer } from '../harness/node-server';

export const servers = [
  nodeServer({
    runtime: 'express',
    title: 'Express 5.3.0',
    version: '5.3.0',
    port: 18101,
    packages: ['express@5.3.0'],
  }),
];
