import http from 'node:http';

/** What the paths of every application under test do; a proxy under test forwards to this one. */
export function startBackend(port: number): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const seconds = Number(searchParams.get('seconds') ?? 0);
    if (pathname === '/slow') setTimeout(() => response.end('done'), seconds * 1000);
    else if (pathname === '/stream') stream(response, seconds);
    else response.end('ok');
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function stream(response: http.ServerResponse, seconds: number): void {
  response.setHeader('content-type', 'text/event-stream');
  let left = seconds * 2;
  const timer = setInterval(() => {
    if (left-- > 0) response.write('data: part\n\n');
    else {
      clearInterval(timer);
      response.end('data: [DONE]\n\n');
    }
  }, 500);
  response.on('close', () => clearInterval(timer));
}
