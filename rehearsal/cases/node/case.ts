import type { ProofCase } from '../../case';

export const node: ProofCase = {
  name: 'node',
  number: 1,
  title: 'Node.js web service',
  deployment: 'shop',
  short: true,
  naive: 'no preStop',
  requests: ['/', '/?ms=50', '/', '/?ms=200', '/?ms=1500', '/events?seconds=3:stream=[DONE]'],
  server: async (stage) => `Node.js ${await stage.tell('node', '--version')}`,
};
