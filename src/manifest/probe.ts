import { countAt, isObject, type JsonObject, numberAt, textAt, textsAt, valueAt } from './json';

/** A probe as the kubelet takes it, its defaults filled in. */
export interface Probe {
  readonly kind: 'httpGet' | 'tcpSocket' | 'exec' | 'grpc' | 'none';
  /** The part of the probe that says what is asked, for comparing two probes. */
  readonly action: unknown;
  readonly path?: string;
  readonly port?: number | string;
  readonly command?: readonly string[];
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
  readonly terminationGracePeriodSeconds?: number;
}

/** Defaults: kubernetes/kubernetes pkg/apis/core/v1/defaults.go, v1.36.2. */
export function probeOf(json: JsonObject | undefined): Probe | undefined {
  if (!json) return undefined;
  const kind = (['httpGet', 'tcpSocket', 'exec', 'grpc'] as const).find((key) => isObject(json[key])) ?? 'none';
  const action = json[kind];
  const port = valueAt(action, 'port');
  return {
    kind,
    action,
    path: kind === 'httpGet' ? (textAt(action, 'path') ?? '/') : undefined,
    port: typeof port === 'number' || typeof port === 'string' ? port : undefined,
    command: kind === 'exec' ? (textsAt(action, 'command') ?? []) : undefined,
    initialDelaySeconds: countAt(json, 'initialDelaySeconds') ?? 0,
    periodSeconds: atLeastOne(countAt(json, 'periodSeconds'), 10),
    timeoutSeconds: atLeastOne(countAt(json, 'timeoutSeconds'), 1),
    successThreshold: atLeastOne(countAt(json, 'successThreshold'), 1),
    failureThreshold: atLeastOne(countAt(json, 'failureThreshold'), 3),
    terminationGracePeriodSeconds: numberAt(json, 'terminationGracePeriodSeconds'),
  };
}

/** The longest time from the moment when the answer turns bad until the kubelet acts on it. */
export function secondsToFail(probe: Probe): number {
  return probe.periodSeconds * probe.failureThreshold + probe.timeoutSeconds;
}

/** As in `5 s x 3 + 1 s = 16 s`: period, failureThreshold, timeout. */
export function secondsToFailText(probe: Probe): string {
  return `${probe.periodSeconds} s x ${probe.failureThreshold} + ${probe.timeoutSeconds} s = ${secondsToFail(probe)} s`;
}

/** How long a startup probe lets a container take to start. */
export function startupBudgetSeconds(probe: Probe): number {
  return probe.initialDelaySeconds + probe.periodSeconds * probe.failureThreshold;
}

function atLeastOne(value: number | undefined, fallback: number): number {
  return value === undefined || value < 1 ? fallback : value;
}
