import { join } from 'node:path';
import { proxyServer } from '../harness/proxy-server';

export const servers = [
  proxyServer({
    runtime: 'caddy',
    name: 'Caddy',
    program: 'caddy',
    package: 'caddy',
    versionArgs: ['version'],
    config: join(__dirname, 'Caddyfile'),
    port: 18113,
    backendPort: 18213,
    variants: [{ name: 'as it comes' }, { name: 'under sh -c', underShell: true }],
    command: (folder) => ['caddy', 'run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'],
  }),
];
