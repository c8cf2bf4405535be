// With CLOSE it does what a program that drains does; without, Node.js has no handler for SIGTERM at all.
import http from 'node:http';

const server = http.createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const seconds = Number(searchParams.get('seconds'));
  if (pathname === '/slow') setTimeout(() => response.end('done'), seconds * 1000);
  else if (pathname === '/stream') stream(response, seconds * 2);
  else response.end('ok');
});

function stream(response, left) {
  if (left > 0) {
    response.write('data: part\n\n');
    setTimeout(stream, 500, response, left - 1);
  } else response.end('data: [DONE]\n\n');
}

if (process.env.CLOSE) process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.listen(Number(process.env.PORT));
