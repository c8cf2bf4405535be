import { join } from 'node:path';
import { proxyServer } from '../harness/proxy-server';

export const servers = [
  proxyServer({
    runtime: 'nginx',
    name: 'nginx',
    program: 'nginx',
    package: 'nginx-light',
    versionArgs: ['-v'],
    config: join(__dirname, 'nginx.conf'),
    port: 18110,
    backendPort: 18210,
    variants: [
      { name: 'SIGQUIT, as its own images ask for', stopSignal: 'SIGQUIT' },
      { name: 'SIGTERM, as in any other image', application: 'aborts' },
      { name: 'under sh -c', stopSignal: 'SIGTERM', underShell: true },
    ],
    command: (folder) => ['nginx', '-p', folder, '-c', join(folder, 'nginx.conf')],
  }),
];
