import { nodeServer } from '../harness/node-server';

export const servers = [
  nodeServer({
    runtime: 'node-http',
    title: `Node.js ${process.versions.node}, http`,
    version: process.versions.node,
    port: 18100,
  }),
];
