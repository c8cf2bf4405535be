import { join } from 'node:path';
import { proxyServer } from '../harness/proxy-server';

export const servers = [
  proxyServer({
    runtime: 'httpd',
    name: 'Apache httpd',
    program: 'apache2',
    package: 'apache2-bin',
    versionArgs: ['-v'],
    config: join(__dirname, 'httpd.conf'),
    port: 18111,
    backendPort: 18211,
    variants: [
      { name: 'SIGWINCH, as its own image asks for', stopSignal: 'SIGWINCH' },
      { name: 'SIGTERM, as in any other image', application: 'aborts' },
      { name: 'under sh -c', stopSignal: 'SIGTERM', underShell: true },
    ],
    command: (folder) => ['apache2', '-d', folder, '-f', join(folder, 'httpd.conf'), '-D', 'FOREGROUND'],
  }),
];
