// After SIGTERM every answer says `Connection: close`, and kept-alive connections end with their next answer: without
// that a busy client keeps the server alive until SIGKILL.
import http from 'node:http';

let draining = false;
const server = http.createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname === '/healthz') return response.end('ok');
  setTimeout(
    () => {
      if (draining) response.setHeader('connection', 'close');
      response.end('done');
    },
    Number(searchParams.get('ms')),
  );
});
server.listen(8080);

process.on('SIGTERM', () => {
  console.log('SIGTERM');
  draining = true;
  server.close(() => process.exit(0));
});
