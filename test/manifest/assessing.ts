import { Assessment } from '../../src/manifest/assessment';
import { fleetOf, type Workload } from '../../src/manifest/fleet';
import { INTENT_PREFIX } from '../../src/manifest/intent';
import type { JsonObject } from '../../src/manifest/json';
import { type Changes, deploymentOf, deploymentStating, service } from '../rules/cases/manifests';

/** Keys of the intent without their prefix; undefined: not stated. */
export type Keys = Readonly<Record<string, string | undefined>>;

/** The assessment of the first workload among these objects. */
export function assess(...objects: readonly JsonObject[]): Assessment {
  return new Assessment(fleetOf(objects.map((json) => ({ json }))).workloads[0] as Workload);
}

export function stating(keys: Keys, changes?: Changes): Assessment {
  return assess(deploymentStating(keys, changes), service());
}

/** The usual workload with another preStop hook; none where `preStop` is empty. */
export function sleeping(preStop: Changes, keys: Keys = {}, podChanges: Changes = {}): Assessment {
  const lifecycle = Object.keys(preStop).length === 0 ? undefined : { preStop: { sleep: undefined, ...preStop } };
  return assess(deploymentOf({ lifecycle }, podChanges, stated(keys)), service());
}

export function stated(keys: Keys): Changes {
  const annotations = Object.fromEntries(Object.entries(keys).map(([key, value]) => [INTENT_PREFIX + key, value]));
  return { metadata: { annotations } };
}

export function script(text: string): Changes {
  return { exec: { command: ['sh', '-c', text] } };
}
