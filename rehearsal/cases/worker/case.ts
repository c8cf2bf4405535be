import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE_IMAGE, baseImage, type Counted, type ProofCase } from '../../case';
import type { Stage } from '../../stage';

export const worker: ProofCase = {
  name: 'worker',
  number: 7,
  title: 'A worker without a Service, plain cdk8s-plus, jobs of 10 to 18 s',
  deployment: 'worker',
  naive: 'a shell as PID 1',
  requests: [],
  prepare,
  count,
  server: async (stage) => `Node.js ${await stage.tell('node', '--version')}`,
};

/** The queue stays as it is while its workers come and go. */
async function prepare(stage: Stage): Promise<void> {
  const queue = readFileSync(join(stage.folder, 'queue.yaml'), 'utf8').replaceAll(BASE_IMAGE, baseImage());
  await stage.kubectl.run(['apply', '-n', stage.namespace, '-f', '-'], { input: queue });
  await stage.kubectl.run(['rollout', 'status', 'deployment/queue', '-n', stage.namespace, '--timeout=120s']);
}

interface Job {
  readonly begunAt: number;
  readonly aliveAt: number;
  readonly finished: boolean;
}

/** Twice the time after which a worker says that it still works on its job, and a second. */
const SILENT_MILLISECONDS = 3000;

/** A job is lost when nobody worked on it any more before the rehearsal ended, which removes the workers. */
async function count({ kubectl, namespace }: Stage, endedAt: number): Promise<Counted> {
  const ask = ['exec', 'deployment/queue', '-n', namespace, '--', 'curl', '-s', 'http://127.0.0.1:8080/forget'];
  const { now, jobs } = JSON.parse(await kubectl.run(ask)) as { readonly now: number; readonly jobs: readonly Job[] };
  const offset = Date.now() - now;
  const lost = jobs.filter(({ finished, aliveAt }) => !finished && aliveAt + offset < endedAt - SILENT_MILLISECONDS);
  return {
    what: 'jobs',
    begunAt: jobs.map(({ begunAt }) => begunAt + offset),
    lostAt: lost.map(({ aliveAt }) => aliveAt + offset),
  };
}
