import express from 'express';

const app = express();
app.get('/healthz', (_request, response) => response.send('ok'));
app.get('/slow', ({ query }, response) => setTimeout(() => response.send('done'), query.seconds * 1000));
app.get('/stream', ({ query }, response) => stream(response, query.seconds * 2));

function stream(response, left) {
  if (left > 0) {
    response.write('data: part\n\n');
    setTimeout(stream, 500, response, left - 1);
  } else response.end('data: [DONE]\n\n');
}

const server = app.listen(Number(process.env.PORT));
if (process.env.CLOSE) process.on('SIGTERM', () => server.close(() => process.exit(0)));
