import { read, unverified } from '../fact';
import { builtIntoAnImage, closedWhileLoading, onlyInOwnImages, writesNothing } from './common-facts';
import { nodeHttp } from './node-http';
import type { RuntimeFacts } from './runtime';

const LIFECYCLE = 'nestjs/docs.nestjs.com content/fundamentals/lifecycle-events.md';
const CONTEXT = 'nestjs/nest packages/core/nest-application-context.ts 11, listenToShutdownSignals()';
const APPLICATION = 'the application decides: the shutdown hooks are off until enableShutdownHooks() is called';

export const nestJs: RuntimeFacts = {
  id: 'nest-js',
  title: 'NestJS',
  kind: 'web',
  ...builtIntoAnImage('NestJS', 'port', 'readinessPath', 'livenessPath'),
  bindAddress: read(
    { address: '::' },
    'nodejs.org/api/net.html, server.listen() without a host; localhost with Fastify',
  ),
  images: onlyInOwnImages('NestJS'),
  commands: read(['nest start'], 'nestjs/docs.nestjs.com content/cli/usages.md', '2026-11'),
  writablePaths: writesNothing('NestJS'),
  pid1: nodeHttp.pid1,
  whileLoading: closedWhileLoading(`${LIFECYCLE}: listening is the last step`),
  webSockets: unverified('unknown', 'the gateway adapter decides; nobody measured it'),
  endlessStreams: read('waited-for', 'nodejs.org/api/http.html, server.close()'),
  backgroundTasks: read('waited-for', `${LIFECYCLE}: as far as a shutdown hook waits for them`),
  versions: [
    {
      sigterm: {
        inFlight: unverified('unknown', APPLICATION),
        bound: read({}, `${CONTEXT}: no timeout`, '2026-11'),
        exitSeconds: unverified(0, APPLICATION),
        newRequests: unverified('refused', APPLICATION),
        readiness: unverified('unchanged', APPLICATION),
      },
    },
  ],
  notes: [
    ...nodeHttp.notes,
    read(
      'After the hooks NestJS sends the signal to itself again, which PID 1 ignores: the process ends only when nothing is left to wait for, so an open timer or pool keeps it until SIGKILL. enableShutdownHooks([], { useProcessExit: true }) ends it at once.',
      `${CONTEXT}; nestjs/nest#14432`,
      '2026-11',
    ),
    read('A handler of the application for the same signal is called twice.', 'nestjs/nest#14998', '2026-11'),
    read(
      'nest start runs the application as a child process and is for development; start node dist/main.',
      'nestjs/nest#6234',
      '2026-11',
    ),
  ],
};
