import { read, unverified } from '../fact';
import { builtIntoAnImage, closedWhileLoading, onlyInOwnImages, writesNothing } from './common-facts';
import { nodeHttp } from './node-http';
import type { RuntimeFacts } from './runtime';

const SERVER = 'fastify/fastify docs/Reference/Server.md v5 and main (v6)';
const HOOKS = 'fastify/fastify docs/Reference/Hooks.md v5';
const CLI = 'unpkg.com/fastify-cli@7.4.0 templates/eject/server.js';
const APPLICATION = 'the application decides whether SIGTERM calls fastify.close(); the core handles no signal';

export const fastify: RuntimeFacts = {
  id: 'fastify',
  title: 'Fastify',
  kind: 'web',
  ...builtIntoAnImage('Fastify', 'port', 'readinessPath', 'livenessPath'),
  bindAddress: read(
    { address: 'localhost', needed: '0.0.0.0' },
    `${SERVER}, listen(): only the interfaces of localhost without a host`,
  ),
  images: onlyInOwnImages('Fastify'),
  commands: read(['fastify start'], 'fastify/fastify-cli README.md', '2026-11'),
  writablePaths: writesNothing('Fastify'),
  pid1: nodeHttp.pid1,
  whileLoading: closedWhileLoading(`${SERVER}, listen(): after all plugins are loaded`),
  webSockets: unverified(
    'unknown',
    '@fastify/websocket has a preClose hook that closes its clients; nobody measured it',
  ),
  endlessStreams: read('waited-for', `${SERVER}, close()`),
  backgroundTasks: read('waited-for', `${HOOKS}, onClose: as far as a hook waits for them`),
  versions: [
    {
      sigterm: {
        inFlight: unverified('unknown', APPLICATION),
        bound: read({}, `${SERVER}, close(): waits for the requests and takes no timeout`),
        exitSeconds: unverified(0, APPLICATION),
        newRequests: unverified('refused', APPLICATION),
        readiness: unverified('unchanged', APPLICATION),
      },
    },
  ],
  notes: [
    ...nodeHttp.notes,
    read(
      'fastify.close() answers 503 to late requests on kept-alive connections (return503OnClosing), closes idle connections, and then the listener.',
      SERVER,
    ),
    read(
      'fastify start (fastify-cli) closes on SIGTERM by itself but ends the process 500 ms later: raise FASTIFY_CLOSE_GRACE_DELAY, in milliseconds, to the longest request.',
      `${CLI}; mcollina/close-with-grace README.md`,
      '2026-11',
    ),
  ],
};
