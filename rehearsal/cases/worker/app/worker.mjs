// Takes one job after the other. On SIGTERM it takes no more, finishes the one that it has, and ends.
import { setTimeout as pause } from 'node:timers/promises';

const QUEUE = 'http://queue';
let ending = false;
process.on('SIGTERM', () => {
  ending = true;
});

const ask = (path) => fetch(`${QUEUE}${path}`, { method: 'POST' });

while (!ending) {
  const job = await ask('/take')
    .then((response) => response.json())
    .catch(() => undefined);
  if (!job) {
    await pause(500);
    continue;
  }
  for (let second = 0; second < job.seconds; second++) {
    await pause(1000);
    await ask(`/alive?id=${job.id}`).catch(() => {});
  }
  await finished(job.id);
}

async function finished(id) {
  for (;;) {
    if (
      await ask(`/done?id=${id}`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await pause(500);
  }
}
