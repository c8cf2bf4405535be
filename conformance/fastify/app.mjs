import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';

const app = Fastify();
app.get('/healthz', () => 'ok');
app.get('/slow', async ({ query }) => {
  await sleep(query.seconds * 1000);
  return 'done';
});
app.get('/stream', ({ query }, reply) => reply.type('text/event-stream').send(Readable.from(parts(query.seconds * 2))));

async function* parts(count) {
  for (let left = count; left > 0; left--) {
    yield 'data: part\n\n';
    await sleep(500);
  }
  yield 'data: [DONE]\n\n';
}

if (process.env.CLOSE) process.on('SIGTERM', () => app.close().then(() => process.exit(0)));
await app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });
