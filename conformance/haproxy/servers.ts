import { join } from 'node:path';
import { proxyServer } from '../harness/proxy-server';

export const servers = [
  proxyServer({
    runtime: 'haproxy',
    name: 'HAProxy',
    program: 'haproxy',
    package: 'haproxy',
    versionArgs: ['-v'],
    config: join(__dirname, 'haproxy.cfg'),
    port: 18112,
    backendPort: 18212,
    variants: [
      { name: 'SIGUSR1, as its own image asks for', stopSignal: 'SIGUSR1' },
      { name: 'SIGTERM, as in any other image', application: 'aborts' },
      { name: 'under sh -c', stopSignal: 'SIGTERM', underShell: true },
    ],
    command: (folder) => ['haproxy', '-W', '-db', '-f', join(folder, 'haproxy.cfg')],
  }),
];
