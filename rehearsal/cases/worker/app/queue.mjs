// Hands out jobs of 10 to 18 s, and remembers which were begun and finished, and when somebody last worked on each.
import http from 'node:http';

let jobs = new Map();
let next = 0;

const server = http.createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const job = jobs.get(Number(searchParams.get('id')));
  const answer = (value) => response.end(JSON.stringify(value));
  const now = Date.now();
  switch (pathname) {
    case '/take': {
      const id = next++;
      jobs.set(id, { begunAt: now, aliveAt: now, finished: false });
      return answer({ id, seconds: 10 + ((id * 7) % 9) });
    }
    case '/alive':
      if (job) job.aliveAt = now;
      return answer({});
    case '/done':
      if (job) job.finished = true;
      return answer({});
    case '/forget': {
      const known = [...jobs.values()];
      jobs = new Map();
      return answer({ now, jobs: known });
    }
    default:
      return answer({});
  }
});
server.listen(8080);
