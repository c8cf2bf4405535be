import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { textAt } from '../manifest/json';
import { Problem } from '../problem';
import type { Kubectl } from './kubectl';
import type { LoadOptions } from './load/load';
import type { LoadLog } from './load-log';
import { loadName, loadObjects, whyNoLoad } from './load-pod';
import type { RehearsalOptions } from './options';
import type { Target } from './target';
import type { Watches } from './watches';

/** How long the load pod may take until it sends. */
export const LOAD_START_SECONDS = 180;

interface LoadStage {
  readonly kubectl: Kubectl;
  readonly options: RehearsalOptions;
  readonly run: string;
  readonly watches: Watches;
  readonly load: LoadLog;
  readonly lifeSeconds: number;
}

/** Makes the load pod, waits until it sends, and says on which node it is. */
export async function startLoad(
  stage: LoadStage,
  namespace: string,
  loadOptions: LoadOptions,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { kubectl, options, run, watches, load, lifeSeconds } = stage;
  const { image } = options;
  const script = readFileSync(options.loadScript, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/gm, '');
  const pod = { run, namespace, image, script, options: loadOptions, deadlineSeconds: lifeSeconds };
  const list = { apiVersion: 'v1', kind: 'List', items: loadObjects(pod) };
  await kubectl.run(['create', '-n', namespace, '-f', '-'], { input: JSON.stringify(list) });
  watches.readLoad(load, loadName(run), namespace);
  const deadline = Date.now() + LOAD_START_SECONDS * 1000;
  let doubts = 0;
  for (;;) {
    await pause(500, undefined, { signal });
    const state = await kubectl.json(['get', 'pod', loadName(run), '-n', namespace]);
    if (load.started) return textAt(state, 'spec', 'nodeName');
    const why = whyNoLoad(state);
    doubts = why === undefined ? 0 : doubts + 1;
    if (doubts > 5 || Date.now() > deadline) {
      throw new Problem(`the load pod (image ${image}) sends nothing: ${why ?? `not within ${LOAD_START_SECONDS} s`}`);
    }
  }
}

/** Undefined where no load is sent. */
export function loadOptionsOf(target: Target, options: RehearsalOptions): LoadOptions | undefined {
  if (target.port === undefined) return undefined;
  const longest = target.assessment.longestRequestSeconds;
  return {
    host: `${target.service}.${target.namespace}.svc`,
    port: target.port,
    requests: options.requests,
    requestsPerSecond: options.requestsPerSecond,
    keepAliveClients: options.keepAliveClients,
    timeoutSeconds: options.timeoutSeconds ?? (longest === undefined ? 10 : longest + 5),
  };
}
