// On SIGTERM it takes no new connection. Clients that keep theirs are told to leave with their next answer, and idle ones
// are closed only after a while: so none sends a request on a connection that is being closed.
import http from 'node:http';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const CLIENTS_PAUSE_MS = 1500;
let draining = false;

const server = http.createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname === '/events') return events(response, Number(searchParams.get('seconds')));
  await pause(Number(searchParams.get('ms')));
  closeWhileDraining(response);
  response.end('done');
});

async function events(response, seconds) {
  closeWhileDraining(response);
  response.setHeader('content-type', 'text/event-stream');
  for (let second = 0; second < seconds; second++) {
    response.write(`data: ${second}\n\n`);
    await pause(1000);
  }
  response.end('data: [DONE]\n\n');
}

function closeWhileDraining(response) {
  if (draining) response.setHeader('connection', 'close');
}

server.listen(8080);
process.on('SIGTERM', async () => {
  draining = true;
  server.keepAliveTimeout = CLIENTS_PAUSE_MS; // for those whose answer had begun
  net.Server.prototype.close.call(server, () => process.exit(0)); // http.Server's own closes idle connections at once
  await pause(CLIENTS_PAUSE_MS);
  server.closeIdleConnections();
});
