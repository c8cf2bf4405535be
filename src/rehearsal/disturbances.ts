import { objectAt, objectsAt, textAt } from '../manifest/json';
import { KubectlProblem } from './kubectl';
import type { PodRecord } from './observation';
import type { DisturbanceName } from './options';
import { Blocked, NotPossible, type Scene, until, wholeAfter } from './scene';
import type { Target } from './target';

/** One way in which pods go. */
export interface Disturbance {
  readonly name: DisturbanceName;
  readonly what: string;
  /** The commands, as a person would type them. */
  commands(target: Target): readonly string[];
  /** Why it cannot be done with this workload, before anything is tried. */
  impossible?(target: Target): string | undefined;
  /** Returns when the workload is whole again. */
  run(scene: Scene): Promise<void>;
}

const on = ({ namespace, deployment }: Target) => [`deployment/${deployment}`, '-n', namespace];

async function restart({ kubectl, target }: Scene): Promise<number> {
  const now = Date.now();
  await kubectl.run(['rollout', 'restart', ...on(target)]);
  return now;
}

const rollout: Disturbance = {
  name: 'rollout',
  what: 'every pod is replaced by a new one',
  commands: (target) => [`kubectl rollout restart ${on(target).join(' ')}`],
  run: async (scene) => wholeAfter(scene, scene.target.replicas, await restart(scene)),
};

const storm: Disturbance = {
  name: 'storm',
  what: 'a second rollout starts while the first one runs',
  commands: (target) => Array(2).fill(`kubectl rollout restart ${on(target).join(' ')}`),
  run: async (scene) => {
    const first = await restart(scene);
    const { observation } = scene;
    // kubectl restarts at most once in a second.
    await until(scene, 'the first rollout takes a pod away', scene.settleSeconds, () => {
      return Date.now() > first + 2000 && observation.deletedBetween(first, Infinity).length > 0;
    });
    await wholeAfter(scene, scene.target.replicas, await restart(scene));
  },
};

const remove: Disturbance = {
  name: 'delete',
  what: 'one pod is deleted',
  commands: ({ namespace }) => [`kubectl delete pod POD -n ${namespace} --wait=false`],
  run: async (scene) => {
    const { kubectl, target } = scene;
    const now = Date.now();
    await kubectl.run(['delete', 'pod', onePod(scene).name, '-n', target.namespace, '--wait=false']);
    await wholeAfter(scene, target.replicas, now);
  },
};

const EVICTION_SECONDS = 60;

const eviction: Disturbance = {
  name: 'eviction',
  what: 'one pod is evicted, as the PodDisruptionBudget allows',
  commands: ({ namespace }) => [`kubectl create --raw ${evictionPath(namespace, 'POD')} -f -`],
  run: async (scene) => {
    const { kubectl, target } = scene;
    const { namespace } = target;
    const { name } = onePod(scene);
    const now = Date.now();
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
    let refusal = '';
    const evict = async () => {
      try {
        await kubectl.run(['create', '--raw', evictionPath(namespace, name), '-f', '-'], {
          input: JSON.stringify(body),
        });
        return true;
      } catch (error) {
        if (!(error instanceof KubectlProblem) || !/disruption budget/i.test(error.complaint)) throw error;
        refusal = error.complaint;
        return false;
      }
    };
    const seconds = Math.min(EVICTION_SECONDS, scene.settleSeconds);
    await until(scene, 'the pod is evicted', seconds, evict).catch((error) => {
      throw error instanceof Blocked ? new Blocked(`the eviction was refused for ${seconds} s: ${refusal}`) : error;
    });
    await wholeAfter(scene, target.replicas, now);
  },
};

const scaleDown: Disturbance = {
  name: 'scale-down',
  what: 'one replica fewer, and back',
  commands: (target) =>
    [target.replicas - 1, target.replicas].map((count) => `kubectl scale ${on(target).join(' ')} --replicas=${count}`),
  impossible: ({ replicas, assessment }) => {
    if (replicas === 1) return 'there is only one replica';
    return assessment.workload.autoscalers.length > 0 ? 'an autoscaler decides how many replicas there are' : undefined;
  },
  run: async (scene) => {
    const { kubectl, target, journal } = scene;
    const { replicas } = target;
    const now = Date.now();
    const fewer = replicas - 1;
    const scale = (from: number, to: number) =>
      kubectl.run(['scale', ...on(target), `--current-replicas=${from}`, `--replicas=${to}`]);
    await journal.note({ scaled: { from: replicas, to: fewer } });
    await scale(replicas, fewer);
    await wholeAfter(scene, fewer, now);
    await scale(fewer, replicas);
    await journal.note({ scaled: undefined });
    await wholeAfter(scene, replicas, now);
  },
};

const drain: Disturbance = {
  name: 'drain',
  what: 'a node is cordoned, and the pods of this workload are evicted from it; others stay',
  commands: (target) => [`kubectl ${drainArgs('NODE', target).join(' ')}`, 'kubectl uncordon NODE'],
  run: async (scene) => {
    const { kubectl, target, journal } = scene;
    const node = await nodeToDrain(scene);
    const now = Date.now();
    await journal.note({ cordoned: node });
    try {
      const ends = AbortSignal.any([scene.signal, AbortSignal.timeout(scene.settleSeconds * 1000)]);
      await kubectl.run(drainArgs(node, target), { signal: ends }).catch((error) => {
        scene.signal.throwIfAborted();
        throw ends.aborted ? new Blocked(`${node} was not drained within ${scene.settleSeconds} s`) : error;
      });
      await wholeAfter(scene, target.replicas, now);
    } finally {
      await kubectl.run(['uncordon', node]);
      await journal.note({ cordoned: undefined });
    }
  },
};

function drainArgs(node: string, { selector }: Target): string[] {
  return ['drain', node, '--ignore-daemonsets', '--delete-emptydir-data', `--pod-selector=${selector}`];
}

/** A node with pods of this workload and neither the load nor anybody else's pods with the same labels. */
async function nodeToDrain(scene: Scene): Promise<string> {
  const { kubectl, target, observation, loadNode } = scene;
  const nodes = objectsAt(await kubectl.json(['get', 'nodes']), 'items')
    .filter(isOpen)
    .map(nameOf);
  const busy = nodes.filter((node) => node !== loadNode && observation.running.some((pod) => pod.node === node));
  if (nodes.length < 2) throw new NotPossible('there is no second node that takes pods');
  const [node] = busy;
  if (!node) throw new NotPossible(`every pod is on ${loadNode ?? 'a node'}, where the load comes from`);
  const fields = `spec.nodeName=${node}`;
  const pods = await kubectl.json(['get', 'pods', '-A', '-l', target.selector, '--field-selector', fields]);
  const known = new Set(observation.pods.map(({ uid }) => uid));
  const stranger = objectsAt(pods, 'items').find((pod) => !known.has(textAt(pod, 'metadata', 'uid') ?? ''));
  if (stranger) {
    const name = `${textAt(stranger, 'metadata', 'namespace')}/${nameOf(stranger)}`;
    throw new NotPossible(`pod ${name} on ${node} has the labels of this workload, and would be evicted as well`);
  }
  return node;
}

function isOpen(node: unknown): boolean {
  const spec = objectAt(node, 'spec');
  const closed = objectsAt(spec, 'taints').some(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute');
  const ready = objectsAt(node, 'status', 'conditions').some((each) => each.type === 'Ready' && each.status === 'True');
  return ready && !closed && spec?.unschedulable !== true;
}

function nameOf(object: unknown): string {
  return textAt(object, 'metadata', 'name') ?? '';
}

function onePod({ observation }: Scene): PodRecord {
  const [pod] = observation.running;
  if (!pod) throw new Blocked('no pod is ready');
  return pod;
}

function evictionPath(namespace: string, pod: string): string {
  return `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`;
}

export const disturbances: readonly Disturbance[] = [rollout, eviction, drain, scaleDown, remove, storm];
