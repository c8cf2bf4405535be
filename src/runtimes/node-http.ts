import { measured, read, unverified } from '../fact';
import { builtIntoAnImage, closedWhileLoading, onlyInOwnImages, writesNothing } from './common-facts';
import type { RuntimeFacts } from './runtime';

const WITHOUT_HANDLER = 'run: Node.js 20.20.2 as PID 1 without a SIGTERM handler';
const BEST_PRACTICES = 'nodejs/docker-node docs/BestPractices.md';
const HTTP = 'nodejs.org/api/http.html';
const APPLICATION = "the application's own code decides; Node.js itself does nothing on SIGTERM as PID 1";

/** Node's http module: SIGTERM does what the application's own handler does. */
export const nodeHttp: RuntimeFacts = {
  id: 'node-http',
  title: 'Node.js http',
  kind: 'web',
  ...builtIntoAnImage('Node.js http', 'port', 'readinessPath', 'livenessPath'),
  bindAddress: read({ address: '::' }, 'nodejs.org/api/net.html, server.listen() without a host'),
  images: onlyInOwnImages('Node.js http: the node images run any program'),
  writablePaths: writesNothing('Node.js'),
  pid1: read('the command itself: the entrypoint of the node images ends with exec', BEST_PRACTICES),
  whileLoading: closedWhileLoading(`${HTTP}: the port opens with server.listen()`),
  webSockets: read('cut', `${HTTP}: server.close() does not know upgraded sockets, the end of the process cuts them`),
  endlessStreams: read('waited-for', `${HTTP}, server.close()`),
  backgroundTasks: unverified('unknown', APPLICATION),
  versions: [
    {
      sigterm: {
        inFlight: unverified('unknown', APPLICATION),
        bound: read({}, `${HTTP}: server.close() waits for the connections and takes no timeout`),
        exitSeconds: unverified(0, APPLICATION),
        // Of the two things that the application may do, the one that asks for more care.
        newRequests: unverified('refused', APPLICATION),
        readiness: unverified('unchanged', APPLICATION),
      },
    },
  ],
  notes: [
    measured('As PID 1 without a handler SIGTERM is ignored: the server goes on until SIGKILL.', WITHOUT_HANDLER),
    measured(
      'Behind an init process and without a handler the process dies at once and drops what is in flight.',
      'run: Node.js 20.20.2 not as PID 1, without a SIGTERM handler',
    ),
    read('npm start puts npm between the kubelet and the server; start node itself.', BEST_PRACTICES),
    measured(
      'From Node.js 19 on server.close() closes idle kept-alive connections itself.',
      'run: Node.js 20.20.2, server.close() with an idle connection',
    ),
  ],
};
