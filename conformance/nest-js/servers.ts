import { nodeServer } from '../harness/node-server';

const VERSION = '12.5.1';
const packages = ['common', 'core', 'platform-express'].map((name) => `@nestjs/${name}@${VERSION}`);

export const servers = [
  nodeServer({
    runtime: 'nest-js',
    title: `NestJS ${VERSION}`,
    version: VERSION,
    port: 18103,
    packages: [...packages, 'reflect-metadata@0.2', 'rxjs@7'],
  }),
];
