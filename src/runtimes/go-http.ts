import { measured, read, unverified } from '../fact';
import { builtIntoAnImage, closedWhileLoading, onlyInOwnImages, writesNothing } from './common-facts';
import type { RuntimeFacts } from './runtime';

const PACKAGE = 'pkg.go.dev/net/http, Server.Shutdown';
const WITHOUT_HANDLER = 'run: Go 1.26.8 net/http as PID 1 of its own PID namespace, without signal.Notify';
const APPLICATION = "the application's own code decides: net/http handles no signal";

export const goHttp: RuntimeFacts = {
  id: 'go-http',
  title: 'Go net/http',
  kind: 'web',
  ...builtIntoAnImage('Go net/http', 'port', 'readinessPath', 'livenessPath'),
  bindAddress: read({ address: '::' }, 'pkg.go.dev/net/http, Server.Addr as in ":8080"'),
  images: onlyInOwnImages('Go net/http'),
  writablePaths: writesNothing('net/http'),
  pid1: measured('the program; without a handler SIGTERM ends it also as PID 1, with code 2', WITHOUT_HANDLER),
  whileLoading: closedWhileLoading('pkg.go.dev/net/http, Server.ListenAndServe'),
  webSockets: read('cut', `${PACKAGE}: hijacked connections are neither closed nor waited for`),
  endlessStreams: read('waited-for', PACKAGE),
  backgroundTasks: unverified('unknown', APPLICATION),
  versions: [
    {
      sigterm: {
        inFlight: unverified('unknown', APPLICATION),
        bound: read({ configuredBy: 'the context passed to Shutdown' }, PACKAGE),
        exitSeconds: unverified(0, APPLICATION),
        newRequests: unverified('refused', APPLICATION),
        readiness: unverified('unchanged', APPLICATION),
      },
    },
  ],
  notes: [
    measured(
      'Without a handler the process is gone at once, and requests in flight get an empty reply.',
      WITHOUT_HANDLER,
    ),
    read(
      'Serve returns ErrServerClosed as soon as Shutdown is called: main must wait for Shutdown to return, or what is in flight is cut.',
      PACKAGE,
    ),
  ],
};
