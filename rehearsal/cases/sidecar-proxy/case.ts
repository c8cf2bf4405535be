import { join } from 'node:path';
import type { ProofCase } from '../../case';

export const sidecarProxy: ProofCase = {
  name: 'sidecar-proxy',
  number: 6,
  title: 'HAProxy as a native sidecar in front of a Node.js service',
  deployment: 'shop',
  naive: 'proxy and server as two plain containers, no preStop',
  requests: ['/', '/?ms=50', '/', '/?ms=200', '/?ms=1500', '/events?seconds=3:stream=[DONE]'],
  prepare: (stage) => stage.applyFiles('server', join(stage.folder, '../node/app')),
  server: async (stage) => {
    const [haproxy = ''] = (await stage.tell('haproxy', '-v')).split('\n');
    return `${haproxy.replace(/ - .*/, '')}, Node.js ${await stage.tell('node', '--version')}`;
  },
};
