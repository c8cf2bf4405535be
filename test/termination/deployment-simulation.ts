/**
 * A small model of the Deployment controller, written from pkg/controller/deployment/rolling.go and not from the formulas
 * under test: it adds and takes pods away one sync after the other, and a scheduler gives accelerators to pending pods.
 */
export interface Simulation {
  readonly finished: boolean;
  readonly seconds: number;
  readonly peakPods: number;
  readonly peakPodsWithTerminating: number;
  readonly peakDevices: number;
  readonly lowestAvailable: number;

  /** The longest time without a pod that was added, taken away, or became available. */
  readonly longestStepSeconds: number;
}

export interface Fleet {
  readonly replicas: number;
  readonly surge: number;
  readonly unavailable: number;
  readonly devicesPerPod: number;
  readonly spareDevices: number;
  readonly terminationSeconds: number;
  readonly replacementSeconds: number;
}

export function simulate(fleet: Fleet): Simulation {
  const { replicas, surge, devicesPerPod } = fleet;
  const minAvailable = replicas - Math.min(fleet.unavailable, replicas);
  let now = 0;
  let old = replicas;
  let created = 0;
  let pending = 0;
  let available = 0;
  let free = fleet.spareDevices;
  let starting: number[] = [];
  let terminating: number[] = [];
  let lastProgress = 0;
  let longestStepSeconds = 0;
  const peak = { pods: replicas, all: replicas, devices: replicas * devicesPerPod };
  let lowestAvailable = replicas;

  const progress = () => {
    longestStepSeconds = Math.max(longestStepSeconds, now - lastProgress);
    lastProgress = now;
  };
  const observe = () => {
    peak.pods = Math.max(peak.pods, old + created);
    peak.all = Math.max(peak.all, old + created + terminating.length);
    peak.devices = Math.max(peak.devices, (old + created - pending + terminating.length) * devicesPerPod);
    lowestAvailable = Math.min(lowestAvailable, old + available);
  };
  const passTime = () => {
    const gone = terminating.filter((end) => end <= now).length;
    terminating = terminating.filter((end) => end > now);
    free += gone * devicesPerPod;
    const ready = starting.filter((end) => end <= now).length;
    starting = starting.filter((end) => end > now);
    available += ready;
    if (ready > 0) progress();
    while (pending > 0 && free >= devicesPerPod) {
      pending -= 1;
      free -= devicesPerPod;
      starting.push(now + fleet.replacementSeconds);
    }
    return gone + ready;
  };
  const sync = () => {
    const add = Math.min(replicas + surge - old - created, replicas - created);
    if (add > 0) {
      created += add;
      pending += add;
      return true;
    }
    const unavailableNew = created - available;
    const take = Math.min(old, old + created - minAvailable - unavailableNew, old + available - minAvailable);
    if (take <= 0) return false;
    old -= take;
    for (let pod = 0; pod < take; pod++) terminating.push(now + fleet.terminationSeconds);
    return true;
  };

  for (;;) {
    passTime();
    observe();
    if (sync()) {
      progress();
      observe();
      continue;
    }
    if (passTime() > 0) continue;
    const next = Math.min(...starting, ...terminating);
    if (next === Number.POSITIVE_INFINITY) break;
    now = next;
  }
  return {
    finished: old === 0 && available === replicas,
    seconds: now,
    peakPods: peak.pods,
    peakPodsWithTerminating: peak.all,
    peakDevices: peak.devices,
    lowestAvailable,
    longestStepSeconds,
  };
}
