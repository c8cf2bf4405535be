import { hostname } from 'node:os';
import { isObject, type JsonObject, textAt } from '../manifest/json';
import { Problem } from '../problem';
import { type Disturbance, disturbances } from './disturbances';
import { deploymentIn, kindsOf, labelled, readFiles } from './files';
import { Journal, leftoversIn, stateOf, undo } from './journal';
import { Kubectl } from './kubectl';
import { newRun } from './labels';
import { LoadLog } from './load-log';
import { LOAD_START_SECONDS, loadOptionsOf, startLoad } from './load-start';
import { Observation } from './observation';
import type { RehearsalOptions } from './options';
import { planText } from './plan';
import { Progress } from './progress';
import { type Phase, resultOf } from './reckoning';
import type { RehearsalResult } from './result';
import { Blocked, NotPossible, type Scene, until, whole } from './scene';
import { liveTarget, targetOf } from './target';
import { Watches } from './watches';

export interface Surroundings {
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  /** Ends the rehearsal early; what it made is removed all the same. */
  readonly signal: AbortSignal;
}

/** What is rehearsed, before anything was made. */
interface Script {
  readonly namespace: string;
  readonly deployment: string;
  /** From files, where there are any. */
  readonly objects: readonly JsonObject[];
}

export function kubectlOf({ context, kubeconfig }: Pick<RehearsalOptions, 'context' | 'kubeconfig'>): Kubectl {
  return new Kubectl([
    ...(context === undefined ? [] : [`--context=${context}`]),
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
  ]);
}

/** The text that `--dry-run` shows. */
export async function planOf(options: RehearsalOptions): Promise<string> {
  const kubectl = kubectlOf(options);
  const script = await scriptOf(kubectl, options);
  const { namespace, deployment, objects } = script;
  const target =
    objects.length > 0
      ? targetOf(objects, deployment, namespace, options)
      : await liveTarget(kubectl, namespace, deployment, options);
  return planText(target, options, loadOptionsOf(target, options), await contextOf(kubectl, options), kindsOf(objects));
}

export async function rehearse(options: RehearsalOptions, surroundings: Surroundings): Promise<RehearsalResult> {
  const kubectl = kubectlOf(options);
  const context = await contextOf(kubectl, options);
  if (options.context === undefined && !options.yes) {
    throw new Problem(
      context === undefined
        ? 'there is no current context: name one with --context, or confirm with --yes'
        : `the current context is ${context}: name it with --context ${context}, or confirm with --yes`,
    );
  }
  const script = await scriptOf(kubectl, options);
  await tidyUp(kubectl, script, surroundings);
  surroundings.signal.throwIfAborted();

  const run = newRun();
  const lifeSeconds = 2 * LOAD_START_SECONDS + (options.disturbances.length + 1) * lifeOfPhase(options);
  const entries = { run, host: hostname(), pid: process.pid, deployment: script.deployment };
  const endsBy = Date.now() + lifeSeconds * 1000;
  const kinds = script.objects.length > 0 ? kindsOf(script.objects) : undefined;
  const journal = new Journal(kubectl, script.namespace, { ...entries, endsBy, kinds });
  const watches = new Watches(kubectl);
  const load = new LoadLog();
  const progress = new Progress(surroundings.stderr, () =>
    load.started ? `${load.sent().sent} requests, ${load.failures().length} lost` : '',
  );
  const performed = (async () => {
    await journal.open();
    const { stderr } = surroundings;
    const of = { kubectl, context, options, script, run, journal, watches, load, progress, stderr, lifeSeconds };
    return perform(of, surroundings.signal);
  })();
  const failure: Error | undefined = await performed.then(
    () => undefined,
    (error) => error,
  );
  watches.stop();
  progress.begin('tidying up');
  try {
    await journal.undo();
  } catch (error) {
    // What went wrong first explains why the rest did.
    throw failure ? new Problem(`${failure.message}\n${(error as Error).message}`) : error;
  } finally {
    progress.end();
  }
  return performed;
}

function lifeOfPhase({ settleSeconds, quietSeconds }: RehearsalOptions): number {
  return 2 * settleSeconds + 2 * quietSeconds + 60;
}

interface Stage {
  readonly kubectl: Kubectl;
  readonly context?: string;
  readonly options: RehearsalOptions;
  readonly script: Script;
  readonly run: string;
  readonly journal: Journal;
  readonly watches: Watches;
  readonly load: LoadLog;
  readonly progress: Progress;
  readonly stderr: Surroundings['stderr'];
  readonly lifeSeconds: number;
}

async function perform(stage: Stage, signal: AbortSignal): Promise<RehearsalResult> {
  const { kubectl, options, script, run, journal, watches, load, progress, stderr } = stage;
  const { namespace, deployment } = script;
  if (script.objects.length > 0) {
    progress.begin(`creating ${script.objects.length} objects`);
    const items = script.objects.map((object) => labelled(object, run));
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    await kubectl.run(['create', '-n', namespace, '-f', '-'], { input: list });
  }
  signal.throwIfAborted();
  const target = await liveTarget(kubectl, namespace, deployment, options);
  const observation = new Observation(Date.now());
  watches.observe(observation, target);
  const { settleSeconds } = options;
  const waiting: Scene = { kubectl, target, observation, load, journal, settleSeconds, signal };
  progress.begin(`waiting for ${target.replicas} ready pods`);
  await whole(waiting, target.replicas, script.objects.length > 0 ? settleSeconds : 20).catch((error) => {
    throw error instanceof Blocked ? new Problem(`Deployment ${deployment} is not whole: ${error.message}`) : error;
  });

  const loadOptions = loadOptionsOf(target, options);
  if (loadOptions) progress.begin('starting the load');
  else stderr.write(`without load: ${target.withoutLoad}\n`);
  const loadNode = loadOptions && (await startLoad(stage, namespace, loadOptions, signal));
  const scene: Scene = { ...waiting, loadNode };
  const startedAt = Date.now();
  progress.begin(`quiet check of ${options.quietSeconds} s`);
  const phases: Phase[] = [];
  const calm = (await quiet(scene, options, startedAt)) && load.failures().length === 0;
  for (const name of calm ? options.disturbances : []) {
    const disturbance = disturbances.find((each) => each.name === name) as Disturbance;
    const phase = await disturb(scene, disturbance, options, progress);
    phases.push(phase);
    if (!phase.calmAfterwards) break;
  }
  const { context } = stage;
  return resultOf({ context, options, target, observation, load, startedAt, endedAt: Date.now(), calm, phases });
}

async function disturb(
  scene: Scene,
  disturbance: Disturbance,
  options: RehearsalOptions,
  progress: Progress,
): Promise<Phase> {
  const { name } = disturbance;
  const startedAt = Date.now();
  const why = disturbance.impossible?.(scene.target);
  if (why !== undefined) return { name, outcome: 'skipped', why, startedAt, endedAt: startedAt, calmAfterwards: true };
  progress.begin(`${name}: ${disturbance.what}`);
  let blocked: string | undefined;
  try {
    await disturbance.run(scene);
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    if (error instanceof NotPossible) {
      return { name, outcome: 'skipped', why: error.message, startedAt, endedAt: startedAt, calmAfterwards: true };
    }
    blocked = error.message;
  }
  const endedAt = Date.now();
  progress.begin(`quiet check of ${options.quietSeconds} s after ${name}`);
  const again = await whole(scene, scene.target.replicas, blocked === undefined ? undefined : 20).then(
    () => true,
    (error) => {
      if (error instanceof Blocked) return false;
      throw error;
    },
  );
  const calmAfterwards = again && (await quiet(scene, options, endedAt));
  return {
    name,
    outcome: blocked === undefined ? 'done' : 'blocked',
    why: blocked,
    startedAt,
    endedAt,
    calmAfterwards,
  };
}

/** Whether, within a while, requests are answered as they use to be and nothing is lost for so long. */
async function quiet(scene: Scene, options: RehearsalOptions, from: number): Promise<boolean> {
  const { load, target } = scene;
  const { quietSeconds, settleSeconds } = options;
  const calm = () => {
    const since = Date.now() - quietSeconds * 1000;
    if (target.withoutLoad !== undefined) return since >= from;
    return since >= from && load.calmAt(since, quietSeconds * 1000) && load.lastFailureAt < since;
  };
  const longest = loadOptionsOf(target, options)?.timeoutSeconds ?? 0;
  try {
    await until(scene, 'nothing is lost', Math.min(settleSeconds, 3 * quietSeconds + 60 + longest), calm);
    return true;
  } catch (error) {
    if (error instanceof Blocked) return false;
    throw error;
  }
}

async function contextOf(kubectl: Kubectl, options: RehearsalOptions): Promise<string | undefined> {
  if (options.context !== undefined) return options.context;
  try {
    return (await kubectl.run(['config', 'current-context'])).trim() || undefined;
  } catch (error) {
    if (error instanceof Problem && /not found: put kubectl/.test(error.message)) throw error;
    return undefined;
  }
}

async function scriptOf(kubectl: Kubectl, options: RehearsalOptions): Promise<Script> {
  if (options.files.length > 0) {
    const objects = await readFiles(kubectl, options.files, options.namespace);
    const found = deploymentIn(objects, options.deployment);
    const namespace = textAt(found, 'metadata', 'namespace') ?? '';
    return { namespace, deployment: textAt(found, 'metadata', 'name') ?? '', objects: objects.filter(isObject) };
  }
  const namespace =
    options.namespace ??
    ((await kubectl.run(['config', 'view', '--minify', '-o', 'jsonpath={..namespace}'])).trim() || 'default');
  return { namespace, deployment: options.deployment ?? '', objects: [] };
}

/** Removes what rehearsals left in the namespace whose processes are gone; one that still goes on is left alone. */
async function tidyUp(kubectl: Kubectl, { namespace, deployment }: Script, { stderr }: Surroundings): Promise<void> {
  for (const { entries } of await leftoversIn(kubectl, namespace)) {
    const state = stateOf(entries);
    if (state === 'abandoned') {
      stderr.write(`removing what rehearsal ${entries.run} left behind\n`);
      await undo(kubectl, namespace, entries);
    } else if (entries.deployment === deployment) {
      const where = `process ${entries.pid} on ${entries.host}`;
      throw new Problem(
        `rehearsal ${entries.run} of deployment/${deployment} is under way (${where})` +
          (state === 'elsewhere' ? '; if it was killed: cdk8s-graceful rehearse --clean' : ''),
      );
    }
  }
}
