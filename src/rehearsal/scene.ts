import { setTimeout as pause } from 'node:timers/promises';
import { numberAt } from '../manifest/json';
import type { Journal } from './journal';
import type { Kubectl } from './kubectl';
import type { LoadLog } from './load-log';
import type { Observation } from './observation';
import type { Target } from './target';

/** What a disturbance works with. */
export interface Scene {
  readonly kubectl: Kubectl;
  readonly target: Target;
  readonly observation: Observation;
  readonly load: LoadLog;
  readonly journal: Journal;
  readonly loadNode?: string;
  readonly settleSeconds: number;
  readonly signal: AbortSignal;
}

/** A disturbance could not be done, or did not end. */
export class Blocked extends Error {}

/** A disturbance cannot be done in this cluster, and was not begun. */
export class NotPossible extends Blocked {}

/** Asks until the answer is yes. */
export async function until(
  scene: Pick<Scene, 'signal'>,
  what: string,
  seconds: number,
  ask: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Blocked(`not within ${seconds} s: ${what}`);
    await pause(200, undefined, { signal: scene.signal });
  }
}

/** Returns when the Deployment has so many pods and no other, all of its newest template, ready, and in its Service. */
export function whole(scene: Scene, replicas: number, seconds = scene.settleSeconds): Promise<void> {
  const { observation, target } = scene;
  const { deployment, service } = target;
  return until(scene, `${replicas} pods of ${deployment} are ready, and no other is left`, seconds, () =>
    isWhole(observation, replicas, service !== undefined),
  );
}

export function isWhole(observation: Observation, replicas: number, inService: boolean): boolean {
  const { deployment, present, running, readyEndpoints } = observation;
  const status = (field: string) => numberAt(deployment, 'status', field) ?? 0;
  return (
    status('observedGeneration') >= (numberAt(deployment, 'metadata', 'generation') ?? 0) &&
    numberAt(deployment, 'spec', 'replicas') === replicas &&
    ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas'].every(
      (field) => status(field) === replicas,
    ) &&
    present.length === replicas &&
    running.length === replicas &&
    (!inService || readyEndpoints === replicas)
  );
}

/** Returns when the Deployment is whole again after a change that the watches have not told of yet. */
export async function wholeAfter(scene: Scene, replicas: number, changedAt: number): Promise<void> {
  const { observation } = scene;
  await until(
    scene,
    'a pod leaves',
    scene.settleSeconds,
    () => observation.deletedBetween(changedAt, Infinity).length > 0,
  );
  await whole(scene, replicas);
}
