import type { Demonstration, Seen } from '../demonstration';
import { budget, manifests } from '../manifests';
import type { Stage } from '../stage';

const ASKED_SECONDS = 20;
const SLOW_START = { START_SECONDS: '10' };
const SLOW = { 'cold-start': '12s' };

/** Evicts one pod, and asks again for a while where that is refused. */
async function evictOne(stage: Stage, replicas = 2): Promise<Seen> {
  await stage.up(replicas);
  const answers = await stage.evictFor(stage.onePod(), ASKED_SECONDS);
  const refused = answers.filter(({ granted }) => !granted);
  const [first] = refused;
  const seconds = answers.length;
  if (!first) return { harmed: false, text: 'the eviction was granted at once', numbers: { refused: 0 } };
  return {
    harmed: refused.length === answers.length,
    text: `all ${refused.length} evictions asked for in ${seconds} s were refused with ${first.status}: ${first.answer}`,
    numbers: { refused: refused.length, status: first.status },
  };
}

/** Evicts every pod at the same moment, as the drains of two nodes do. */
async function evictAll(stage: Stage): Promise<Seen> {
  await stage.up(2);
  await stage.putLoad(20, '/?ms=100');
  const answers = await Promise.all(stage.observation.running.map((pod) => stage.evict(pod)));
  const granted = answers.filter((answer) => answer.granted).length;
  const seconds = await stage.secondsWithoutEndpoint(5);
  await stage.ready(2);
  await stage.settled();
  const lost = stage.lost();
  return {
    harmed: seconds > 0 && lost.count > 0,
    text: `${granted} of 2 evictions were granted at once, no endpoint was ready for ${seconds} s, ${lost.text}`,
    numbers: { granted, secondsWithoutEndpoint: seconds, lost: lost.count },
  };
}

async function evictTwo(stage: Stage): Promise<Seen> {
  await stage.up(3);
  const startedAt = Date.now();
  const [first, second] = stage.observation.running;
  if (!first || !second) throw new Error('there are not two pods');
  const answers = [await stage.evict(first), await stage.evict(second)];
  await stage.pause(5);
  const lowest = stage.observation.lowestReady(startedAt, Date.now())?.ready ?? 0;
  const granted = answers.filter((answer) => answer.granted).length;
  return {
    harmed: lowest < 2,
    text: `${granted} of 2 evictions were granted at once, ${lowest} of 3 endpoints stayed ready where 2 are needed`,
    numbers: { granted, lowestReady: lowest, required: 2 },
  };
}

/** Evicts a pod that serves nobody, as no other does either. */
async function evictUnready(stage: Stage): Promise<Seen> {
  await stage.up(2);
  const pod = stage.onePod();
  for (const each of stage.observation.running) await stage.ask(each, '/unready');
  await stage.until('no pod is ready', 20, () => stage.observation.readyEndpoints === 0);
  await stage.pause(2);
  const answers = await stage.evictFor(pod, ASKED_SECONDS);
  const refused = answers.filter(({ granted }) => !granted).length;
  return {
    harmed: refused === answers.length,
    text:
      refused === 0
        ? 'no pod was ready: the eviction of one was granted at once'
        : `no pod was ready, and none could be evicted: all ${refused} evictions asked for in ${answers.length} s were refused with 429`,
    numbers: { refused },
  };
}

async function isRefusedByServer(stage: Stage): Promise<Seen> {
  const complaint = await stage.apply().then(
    () => '',
    (error: Error) => error.message,
  );
  const invalid = /invalid: .*cannot be both set/s.exec(complaint)?.[0] ?? '';
  if (complaint !== '' && invalid === '') throw new Error(complaint);
  const { length } = (await stage.run('get', 'poddisruptionbudgets', '-o', 'name')).split('\n').filter(Boolean);
  return {
    harmed: length === 0,
    text:
      length === 0
        ? `the API server refused it and there is no budget: ${invalid.replace(/\s+/g, ' ')}`
        : 'the budget is there',
    numbers: { budgets: length },
  };
}

export const evictions: readonly Demonstration[] = [
  {
    rule: 'pdb-blocks-eviction',
    refused: {
      what: 'minAvailable 2 of 2 replicas',
      objects: manifests({ budgets: [budget({ maxUnavailable: undefined, minAvailable: 2 })] }),
    },
    twin: { what: 'maxUnavailable 1', objects: manifests() },
    watch: evictOne,
  },
  {
    rule: 'pdb-overlap',
    refused: { what: 'two budgets for the same pods', objects: manifests({ budgets: [budget(), budget({}, 'shop')] }) },
    twin: { what: 'one budget', objects: manifests() },
    watch: evictOne,
  },
  {
    rule: 'pdb-missing',
    refused: { what: 'no budget', objects: manifests({ budgets: [], env: SLOW_START, states: SLOW }) },
    twin: { what: 'maxUnavailable 1', objects: manifests({ env: SLOW_START, states: SLOW }) },
    watch: evictAll,
  },
  {
    rule: 'pdb-selects-nothing',
    also: ['pdb-missing'],
    refused: {
      what: 'a budget whose selector has a typing error',
      objects: manifests({
        budgets: [budget({ selector: { matchLabels: { app: 'sever' } } })],
        env: SLOW_START,
        states: SLOW,
      }),
    },
    watch: evictAll,
  },
  {
    rule: 'pdb-keeps-unhealthy-pods',
    refused: {
      what: 'unhealthyPodEvictionPolicy not set',
      objects: manifests({ budgets: [budget({ unhealthyPodEvictionPolicy: undefined })] }),
    },
    twin: { what: 'unhealthyPodEvictionPolicy AlwaysAllow', objects: manifests() },
    watch: evictUnready,
  },
  {
    rule: 'pdb-both-fields',
    refused: {
      what: 'minAvailable and maxUnavailable',
      objects: manifests({ budgets: [budget({ minAvailable: 1 })] }),
    },
    twin: { what: 'maxUnavailable alone', objects: manifests() },
    watch: isRefusedByServer,
  },
  {
    rule: 'evictions-exceed-headroom',
    refused: {
      what: 'maxUnavailable 2 of 3 replicas, of which 2 are needed at peak',
      objects: manifests({
        states: { ...SLOW, 'required-replicas': '2' },
        env: SLOW_START,
        deployment: { replicas: 3 },
        budgets: [budget({ maxUnavailable: 2 })],
      }),
    },
    twin: {
      what: 'maxUnavailable 1',
      objects: manifests({
        states: { ...SLOW, 'required-replicas': '2' },
        env: SLOW_START,
        deployment: { replicas: 3 },
      }),
    },
    watch: evictTwo,
  },
  {
    rule: 'no-headroom',
    refused: {
      what: 'a single replica',
      objects: manifests({ deployment: { replicas: 1 }, env: SLOW_START, states: SLOW }),
    },
    watch: async (stage) => {
      await stage.up(1);
      await stage.putLoad(20, '/?ms=100');
      await stage.evict(stage.onePod());
      const seconds = await stage.secondsWithoutEndpoint(5);
      await stage.ready(1);
      await stage.settled();
      const lost = stage.lost();
      return {
        harmed: seconds > 0 && lost.count > 0,
        text: `after one eviction no endpoint was ready for ${seconds} s, ${lost.text}`,
        numbers: { secondsWithoutEndpoint: seconds, lost: lost.count },
      };
    },
  },
];
