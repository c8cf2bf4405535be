// The server of every demonstration: it drains as it should, unless its environment says otherwise.
const http = require('node:http');
const net = require('node:net');

const { START_SECONDS = '0', ON_SIGTERM = 'drain', DRAIN_SECONDS } = process.env;
let [ready, draining] = [true, false];

const server = http.createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const milliseconds = Number(searchParams.get('ms'));
  if (pathname === '/unready') ready = false;
  if (pathname === '/busy') for (const until = Date.now() + milliseconds; Date.now() < until; );
  if (pathname === '/readyz') response.statusCode = ready ? 200 : 503;
  setTimeout(
    () => {
      if (draining) response.setHeader('connection', 'close');
      response.end('done');
    },
    pathname === '/' ? milliseconds : 0,
  );
});

// As PID 1 it has to end by itself also while it starts.
process.on('SIGTERM', () => {
  console.log('{"signal": "SIGTERM"}');
  if (ON_SIGTERM === 'abort' || !server.listening) process.exit(0);
  draining = true;
  // New connections are refused from now on; kept-alive ones end with their next answer, or soon.
  net.Server.prototype.close.call(server, () => process.exit(0));
  setTimeout(() => server.closeIdleConnections(), 1500);
  if (DRAIN_SECONDS) setTimeout(() => process.exit(0), Number(DRAIN_SECONDS) * 1000);
});

setTimeout(() => server.listen(8080), Number(START_SECONDS) * 1000);
